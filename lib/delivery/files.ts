import type { ListSettings } from '../letter/list-settings.ts';
import type { Language, LetterTexts } from '../letter/parts.ts';
import { hex, sha256 } from '../platform/canonical-json.ts';
import { signatoriesCsv } from './csv.ts';
import { letterPdf } from './pdf.ts';
import type { PrintedLetter, PrintedList } from './printed.ts';
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

const printedList = (list: DeliveredList, language: Language): PrintedList => ({
  heading: list.heading[language],
  names: list.names,
  others: list.others?.[language] ?? null,
});

type Printable = Pick<PresentLetter, 'texts' | 'lists' | 'leading'>;

/** What the PDF of a letter in one of its languages holds. */
function printed({ texts, lists, leading }: Printable, language: Language): Pick<PrintedLetter, 'language' | 'parts' | 'lists' | 'leading' | 'authors'> {
  const parts = texts[language];
  if (!parts) throw new Error('the letter has no text in this language');
  return {
    language,
    parts,
    lists: [lists.coordinating, lists.all, lists.earlier].flatMap((list) => (list ? [printedList(list, language)] : [])),
    leading: leading === 'reader' ? language : leading,
    authors: (lists.coordinating?.names ?? []).flatMap((name) => name[language] ?? name.ja ?? name.en ?? []),
  };
}

function deliveredPdf(content: DeliveryContent, hash: string, language: Language): Uint8Array<ArrayBuffer> {
  const createdAt = new Date(content.deliveredAt);
  const imprint = fileWords(language)('imprint', {
    date: dayIn(language, createdAt, content.letter.timeZone),
    revision: content.revision.number,
    number: content.number,
    hash,
  });
  return new Uint8Array(letterPdf({ ...printed(content, language), draft: null, imprint, createdAt }));
}

function deliveredCsv({ lists }: DeliveryContent, language: Language): Uint8Array<ArrayBuffer> {
  const t = fileWords(language);
  const rows = (list: DeliveredList | null, note: string | null) =>
    (list?.names ?? []).map(({ ja, en, coordinating }) => ({ nameJa: ja, nameEn: en, coordinating, note }));
  const words = {
    number: t('csv.number'),
    nameJa: t('csv.nameJa'),
    nameEn: t('csv.nameEn'),
    coordinating: t('csv.coordinating'),
    note: t('csv.note'),
    yes: t('csv.yes'),
  };
  const others = lists.all.others?.[language] ?? null;
  return new Uint8Array(Buffer.from(signatoriesCsv([...rows(lists.all, null), ...rows(lists.earlier, t('csv.earlier'))], words, others)));
}

/** The files of a delivery, made from its canonical form and from nothing else: PDFs in the letter's languages, and the list. */
export function deliveryFilesOf(canonical: string): MadeFile[] {
  const content = deliveryContent(canonical);
  const hash = hex(sha256(canonical));
  return [
    ...LANGUAGES.filter((language) => content.texts[language]).map((language) => ({
      name: 'letter.pdf' as const,
      language,
      bytes: deliveredPdf(content, hash, language),
    })),
    ...LANGUAGES.map((language) => ({ name: 'signatories.csv' as const, language, bytes: deliveredCsv(content, language) })),
  ];
}

/** The letter with its list as it stands, marked as a draft on every page. The same letter gives the same bytes. */
export function draftPdfOf(letter: PresentLetter, language: Language): Uint8Array<ArrayBuffer> {
  const t = fileWords(language);
  const date = dayIn(language, letter.asOf, letter.timeZone);
  const imprint = t('draftImprint', { date, revision: letter.revision.number, hash: letter.revision.hash });
  return new Uint8Array(letterPdf({ ...printed(letter, language), draft: t('draft', { date }), imprint, createdAt: letter.asOf }));
}
