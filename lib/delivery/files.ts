import type { Language, LetterContent, LetterTexts } from '@/lib/letter/text/content';
import { inOneLine } from '@/lib/letter/rules';
import { hex, sha256 } from '@/lib/platform/canonical-json';
import { TYPESETTING } from '@/lib/platform/limits';
import { signatoriesCsv } from './csv';
import { letterPdf } from './pdf';
import type { PrintedList } from './print';
import {
  deliveryContent,
  type DeliveredList,
  type DeliveredLists,
  type DeliveryContent,
} from './snapshot';
import { dayIn, fileWords, LANGUAGES } from './words';

/** A letter with its current list, before it is delivered. */
export interface PresentLetter {
  texts: LetterTexts;
  lists: DeliveredLists;
  leading: DeliveryContent['leading'];
  timeZone: string;
  revision: { number: number; hash: string };
  /** Time of the last public change. */
  asOf: Date;
}

export interface MadeFile {
  name: 'letter.pdf' | 'signatories.csv';
  language: Language;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The parts that drafts and deliveries have in common. */
function printed(
  { lists, leading }: Pick<PresentLetter, 'lists' | 'leading'>,
  parts: LetterContent,
  language: Language,
) {
  const listIn = ({ heading, names, others }: DeliveredList): PrintedList => ({
    heading: heading[language],
    names,
    others: others && others[language],
  });
  return {
    language,
    parts,
    lists: [lists.coordinating, lists.all, lists.earlier].flatMap((list) =>
      list ? [listIn(list)] : [],
    ),
    leading: leading === 'reader' ? language : leading,
    authors:
      lists.coordinating?.names.map((name) => name[language] ?? name.ja ?? name.en ?? '') ?? [],
  };
}

/** The current letter in `language` as a PDF marked as a draft. */
export function draftPdfOf(
  letter: PresentLetter,
  parts: LetterContent,
  language: Language,
): Promise<Uint8Array<ArrayBuffer>> {
  const words = fileWords(language);
  const date = dayIn(language, letter.asOf, letter.timeZone);
  return letterPdf(
    {
      ...printed(letter, parts, language),
      draft: words('draft', { date }),
      imprint: words('draftImprint', {
        revision: letter.revision.number,
        hash: letter.revision.hash,
      }),
      createdAt: letter.asOf,
    },
    TYPESETTING.draft,
  );
}

/**
 * The delivered list as CSV. Signatories of an earlier text follow with a note, in a numbering of
 * their own.
 */
function csvOf({ lists }: DeliveryContent, language: Language): Uint8Array<ArrayBuffer> {
  const t = fileWords(language);
  const rows = ({ names }: DeliveredList, note: string | null) =>
    names.map(({ ja, en, coordinating }, index) => ({
      number: index + 1,
      nameJa: ja,
      nameEn: en,
      coordinating: coordinating ? t('csv.yes') : '',
      note,
    }));
  const { all, earlier } = lists;
  const header = {
    number: t('csv.number'),
    nameJa: t('csv.nameJa'),
    nameEn: t('csv.nameEn'),
    coordinating: t('csv.coordinating'),
    note: t('csv.note'),
  };
  const others = [
    all.others?.[language],
    earlier?.others && t('csv.earlierOthers', { others: earlier.others[language] }),
  ].filter(Boolean);
  const table = [...rows(all, null), ...(earlier ? rows(earlier, t('csv.earlier')) : [])];
  return new Uint8Array(
    Buffer.from(
      signatoriesCsv(
        table,
        header,
        others.length > 0 ? others.join(language === 'ja' ? '、' : '; ') : null,
      ),
    ),
  );
}

/**
 * The files of a delivery: the letter in each of its languages, the list in both. They depend on
 * nothing but the delivery's canonical JSON.
 */
export async function deliveryFilesOf(canonical: string): Promise<MadeFile[]> {
  const content = deliveryContent(canonical);
  const { letter, number, revision, addressee, texts } = content;
  const deliveredAt = new Date(content.deliveredAt);
  const hash = hex(sha256(canonical));
  const files: MadeFile[] = [];
  for (const language of LANGUAGES) {
    const parts = texts[language];
    if (parts) {
      const to = inOneLine(
        addressee[language] ?? addressee.ja ?? addressee.en ?? '',
        addressee[language] ? language : addressee.ja ? 'ja' : 'en',
      );
      const imprint = fileWords(language)('imprint', {
        date: dayIn(language, deliveredAt, letter.timeZone),
        to,
        revision: revision.number,
        number,
        hash,
      });
      const bytes = await letterPdf(
        { ...printed(content, parts, language), draft: null, imprint, createdAt: deliveredAt },
        TYPESETTING.delivery,
      );
      files.push({ name: 'letter.pdf', language, bytes });
    }
    files.push({ name: 'signatories.csv', language, bytes: csvOf(content, language) });
  }
  return files;
}
