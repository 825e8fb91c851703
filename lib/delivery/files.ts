import { leadingLanguage } from '@/lib/letter/list-settings';
import { languagesOf, type LetterContent, type LetterTexts } from '@/lib/letter/text/content';
import {
  inOrder,
  languageName,
  LANGUAGES,
  preferred,
  type Language,
} from '@/lib/platform/languages';
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
  type DeliveredName,
  type DeliveryContent,
} from './snapshot';
import { dayIn, fileWords } from './words';

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
    heading: preferred(heading, language)?.said ?? null,
    names: names.map((name) => name.names),
    others: others && (preferred(others, language)?.said ?? null),
  });
  return {
    language,
    parts,
    lists: [lists.coordinating, lists.all, lists.earlier].flatMap((list) =>
      list ? [listIn(list)] : [],
    ),
    leading: leadingLanguage({ leading }, language),
    authors: (lists.coordinating?.names ?? []).map(
      ({ names }) => preferred(names, language)?.said ?? '',
    ),
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
  const { all, earlier } = lists;
  const rows = (names: DeliveredName[], note: string | null) =>
    names.map(({ names, coordinating }, index) => ({
      number: index + 1,
      names,
      coordinating: coordinating ? t('csv.yes') : '',
      note,
    }));
  const used = [...all.names, ...(earlier?.names ?? [])].flatMap(({ names }) => Object.keys(names));
  const columns = inOrder(new Set([...LANGUAGES, ...used]));
  const header = {
    number: t('csv.number'),
    names: Object.fromEntries(
      columns.map((of) => [of, t('csv.name', { language: languageName(of, language), of })]),
    ),
    coordinating: t('csv.coordinating'),
    note: t('csv.note'),
  };
  const counted = [
    all.others?.[language],
    earlier?.others && t('csv.earlierOthers', { others: earlier.others[language] ?? '' }),
  ].filter(Boolean);
  const others = counted.length > 0 ? counted.join(language === 'ja' ? '、' : '; ') : null;
  const table = [
    ...rows(all.names, null),
    ...(earlier ? rows(earlier.names, t('csv.earlier')) : []),
  ];
  return new Uint8Array(Buffer.from(signatoriesCsv(table, header, others)));
}

/**
 * The files of a delivery: the letter in each of its languages, the list in those of the interface.
 * They depend on nothing but the delivery's canonical JSON.
 */
export async function deliveryFilesOf(canonical: string): Promise<MadeFile[]> {
  const content = deliveryContent(canonical);
  const { letter, number, revision, addressee, texts } = content;
  const deliveredAt = new Date(content.deliveredAt);
  const hash = hex(sha256(canonical));
  const files: MadeFile[] = [];
  for (const language of languagesOf(texts, letter.authoritativeLanguage)) {
    const to = preferred(addressee, language);
    const imprint = fileWords(language)('imprint', {
      date: dayIn(language, deliveredAt, letter.timeZone),
      to: to ? inOneLine(to.said, to.language) : '',
      revision: revision.number,
      number,
      hash,
    });
    const bytes = await letterPdf(
      {
        ...printed(content, texts[language]!, language),
        draft: null,
        imprint,
        createdAt: deliveredAt,
      },
      TYPESETTING.delivery,
    );
    files.push({ name: 'letter.pdf', language, bytes });
  }
  for (const language of LANGUAGES)
    files.push({ name: 'signatories.csv', language, bytes: csvOf(content, language) });
  return files;
}
