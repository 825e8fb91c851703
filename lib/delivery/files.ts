import type { ListSettings } from '../letter/list-settings.ts';
import type { Language, LetterTexts } from '../letter/parts.ts';
import { sha256, hex } from '../platform/canonical-json.ts';
import { deliveryContent, type DeliveredList, type DeliveredLists, type DeliveryContent } from './snapshot.ts';
import { dayIn, fileWords, LANGUAGES } from './words.ts';

/** A letter with its list as it stands, before it is delivered. */
export interface PresentLetter {
  texts: LetterTexts;
  lists: DeliveredLists;
  leading: ListSettings['leading'];
  timeZone: string;
  revision: { number: number; hash: string };
  /** When the public last saw it change. */
  asOf: Date;
}

export interface MadeFile {
  name: 'letter.pdf' | 'signatories.csv';
  language: Language;
  bytes: Uint8Array<ArrayBuffer>;
}
const STUB = (x: unknown) => new Uint8Array(Buffer.from(JSON.stringify(x)));
export function deliveryFilesOf(canonical: string): MadeFile[] {
  const c = deliveryContent(canonical);
  return [
    ...LANGUAGES.filter((l) => c.texts[l]).map((language) => ({ name: 'letter.pdf' as const, language, bytes: STUB([canonical, language]) })),
    ...LANGUAGES.map((language) => ({ name: 'signatories.csv' as const, language, bytes: STUB([canonical, language]) })),
  ];
}
export async function draftPdfOf(letter: PresentLetter, language: Language) { return STUB([letter, language]); }
