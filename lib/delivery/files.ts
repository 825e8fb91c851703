import { setImmediate } from 'node:timers/promises';
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
import { ANNEX_NAMES, TYPESETTING, WORD_NAMES } from '@/lib/platform/limits';
import { signatoriesCsv } from './csv';
import { letterPdf } from './pdf';
import type { PrintedLetter, PrintedList } from './print';
import {
  deliveryContent,
  inCategories,
  type DeliveredList,
  type DeliveredLists,
  type DeliveryContent,
} from './snapshot';
import { letterWordFile } from './word';
import { dayIn, fileWords, listWords } from './words';

/** A letter with its current list, before it is delivered. */
export interface PresentLetter {
  texts: LetterTexts;
  lists: DeliveredLists;
  leading: DeliveryContent['leading'];
  timeZone: string;
  revision: { number: number; hash: string };
  /** Time of the last public change. */
  asOf: Date;
  /** The public version. */
  version: number;
}

export interface MadeFile {
  name: 'letter.pdf' | 'letter.docx' | 'signatories.csv';
  language: Language;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The parts that drafts and deliveries have in common.
 * @param format in a Word file, a very long list says where its names are instead
 */
function printed(
  { lists, leading }: Pick<PresentLetter, 'lists' | 'leading'>,
  parts: LetterContent,
  language: Language,
  format: 'pdf' | 'docx',
) {
  const say = listWords(language);
  const words = fileWords(language);
  const headingOf = ({ heading, names }: DeliveredList) => {
    const said = preferred(heading, language)?.said ?? '';
    const isAnnex = format === 'pdf' && names.length > ANNEX_NAMES;
    return isAnnex ? words('annex', { heading: said }) : said;
  };
  /** A list; if it is divided, its heading and then each of its categories. */
  const listsIn = (list: DeliveredList): PrintedList[] => {
    const { categories, names, others } = list;
    const end = others && (preferred(others, language)?.said ?? null);
    const whole = { heading: headingOf(list), isCategory: false };
    if (format === 'docx' && names.length > WORD_NAMES)
      return [{ ...whole, names: [], others: words('namesInPdf') }];
    const all = names.map((name) => name.names);
    if (categories.length === 0) return [{ ...whole, names: all, others: end }];
    const divided = inCategories(categories, all).map(
      ({ name, count, items }, index): PrintedList => ({
        heading: say('category', { name: preferred(name, language)?.said ?? '', count }),
        isCategory: true,
        names: items,
        others: index + 1 === categories.length ? end : null,
      }),
    );
    return [{ ...whole, names: [], others: null }, ...divided];
  };
  return {
    language,
    parts,
    // Nobody may stand behind the text of a draft.
    lists: [lists.coordinating, lists.all, lists.earlier].flatMap((list) =>
      list && (list.names.length > 0 || list.others) ? listsIn(list) : [],
    ),
    leading: leadingLanguage({ leading }, language),
    // Not those who have signed another text only.
    authors: lists.all.names.flatMap(({ names, coordinating }) =>
      coordinating ? [preferred(names, language)?.said ?? ''] : [],
    ),
  };
}

/** The current letter in `language`, marked as a draft. */
function draftOf(
  letter: PresentLetter,
  parts: LetterContent,
  language: Language,
  format: 'pdf' | 'docx',
): PrintedLetter {
  const words = fileWords(language);
  const date = dayIn(language, letter.asOf, letter.timeZone);
  return {
    ...printed(letter, parts, language, format),
    draft: words('draft', { date }),
    imprint: words('draftImprint', {
      revision: letter.revision.number,
      hash: letter.revision.hash,
    }),
    createdAt: letter.asOf,
  };
}

/** A file of the current letter in `language`, marked as a draft. */
export function draftFileOf(
  format: 'pdf' | 'docx',
  letter: PresentLetter,
  parts: LetterContent,
  language: Language,
): Promise<Uint8Array<ArrayBuffer>> {
  const draft = draftOf(letter, parts, language, format);
  return format === 'pdf' ? letterPdf(draft, TYPESETTING.draft) : letterWordFile(draft);
}

/**
 * The delivered list as CSV. Signatories of an earlier text follow with a note, in a numbering of
 * their own.
 */
async function csvOf(
  { lists }: DeliveryContent,
  language: Language,
): Promise<Uint8Array<ArrayBuffer>> {
  const t = fileWords(language);
  const { all, earlier } = lists;
  const isDivided = all.categories.length + (earlier?.categories.length ?? 0) > 0;
  const rows = ({ names, categories }: DeliveredList, note: string | null) => {
    const named = inCategories(categories, names).flatMap(({ name, items }) =>
      items.map(() => preferred(name, language)?.said ?? ''),
    );
    return names.map(({ names, coordinating }, index) => ({
      number: index + 1,
      names,
      ...(isDivided && { category: named[index] ?? '' }),
      coordinating: coordinating ? t('csv.yes') : '',
      note,
    }));
  };
  const used = [...all.names, ...(earlier?.names ?? [])].flatMap(({ names }) => Object.keys(names));
  const columns = inOrder(new Set([...LANGUAGES, ...used]));
  const header = {
    number: t('csv.number'),
    names: Object.fromEntries(
      columns.map((of) => [of, t('csv.name', { language: languageName(of, language), of })]),
    ),
    category: isDivided ? t('csv.category') : null,
    coordinating: t('csv.coordinating'),
    note: t('csv.note'),
  };
  const counted = [
    all.others?.[language],
    earlier?.others && t('csv.earlierOthers', { others: earlier.others[language] ?? '' }),
  ].filter(Boolean);
  const others = counted.length > 0 ? counted.join(language === 'ja' ? '、' : '; ') : null;
  const table = [...rows(all, null), ...(earlier ? rows(earlier, t('csv.earlier')) : [])];
  const parts: Buffer[] = [];
  for (const part of signatoriesCsv(table, header, others)) {
    parts.push(Buffer.from(part));
    // Other requests are not to wait for thousands of names.
    await setImmediate();
  }
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * The files of a delivery: the letter in each of its languages, the list in those of the interface.
 * They depend on nothing but the delivery's canonical JSON.
 * @param told of each file that was made, and at the beginning
 */
export async function deliveryFilesOf(
  canonical: string,
  told: (made: number, total: number) => Promise<unknown> = async () => {},
): Promise<MadeFile[]> {
  const content = deliveryContent(canonical);
  const { letter, number, revision, addressee, texts } = content;
  const deliveredAt = new Date(content.deliveredAt);
  const hash = hex(sha256(canonical));
  const languages = languagesOf(texts, letter.authoritativeLanguage);
  const total = languages.length * 2 + LANGUAGES.length;
  const files: MadeFile[] = [];
  const add = async (file: MadeFile) => {
    files.push(file);
    await told(files.length, total);
  };
  await told(0, total);
  for (const language of languages) {
    const to = preferred(addressee, language);
    const imprint = fileWords(language)('imprint', {
      date: dayIn(language, deliveredAt, letter.timeZone),
      to: to ? inOneLine(to.said, to.language) : '',
      revision: revision.number,
      number,
      hash,
    });
    const letterAs = (format: 'pdf' | 'docx') => ({
      ...printed(content, texts[language]!, language, format),
      draft: null,
      imprint,
      createdAt: deliveredAt,
    });
    const pdf = await letterPdf(letterAs('pdf'), TYPESETTING.delivery);
    await add({ name: 'letter.pdf', language, bytes: pdf });
    const word = await letterWordFile(letterAs('docx'));
    await add({ name: 'letter.docx', language, bytes: word });
  }
  for (const language of LANGUAGES)
    await add({ name: 'signatories.csv', language, bytes: await csvOf(content, language) });
  return files;
}
