import { setImmediate } from 'node:timers/promises';
import { fullTitle } from '@/lib/letter/rules';
import { hasKigaki, KIGAKI, marksOf } from '@/lib/letter/text/content';
import { printedBlocks, printedName, printedText, printedTitle } from '@/lib/delivery/pdf/tree';
import { ANNEX_NAMES } from '@/lib/platform/limits';
import palette from '@/lib/platform/palette.json' with { type: 'json' };
import { typesetter, type Job, type JobLimits } from '@/lib/delivery/pdf/typesetter';
import type { ByLanguage, Language } from '@/lib/platform/languages';
import { shownNames } from '@/lib/platform/text/shown-names';
import { CHINESE, LETTER_FACES, OTHER_FACES, type Face } from './pdf/faces';
import { foldersOf } from './pdf/fonts';
import { otherFacesIn } from './pdf/printable';
import { blocksWithOtherWords, withOtherWords } from './pdf/words';
import type { PrintedLetter, PrintedList, PrintedReceipt, PrintedValue } from './print';

/**
 * Names prepared per event loop turn, which takes a few milliseconds, so that other requests are
 * not blocked.
 */
const NAMES_PER_TURN = 50;

/**
 * An organization's names in printed order, with their language, direction and first font.
 * @param faces to which those are added that the names need
 */
function names(given: ByLanguage, leading: Language, faces: Set<Face>) {
  return shownNames(given, leading).map(({ name, lang, dir }) => {
    const needed = otherFacesIn(name);
    for (const face of needed) faces.add(face);
    return {
      lang: lang.split('-')[0]!,
      dir,
      chinese: needed.has(CHINESE),
      text: lang === 'ja' ? printedName(name) : printedText(name),
    };
  });
}

async function preparedList(
  { heading, isCategory = false, names: given, others }: PrintedList,
  leading: Language,
  faces: Set<Face>,
) {
  const prepared: ReturnType<typeof names>[] = [];
  for (let from = 0; from < given.length; from += NAMES_PER_TURN) {
    const some = given.slice(from, from + NAMES_PER_TURN);
    prepared.push(...some.map((name) => names(name, leading, faces)));
    await setImmediate();
  }
  const orNull = (text: string | null) => (text === null ? null : printedText(text));
  return { heading: orNull(heading), isCategory, names: prepared, others: orNull(others) };
}

/** Plain text in a language, with the words of others marked. */
const said = (text: string, language: Language) =>
  withOtherWords(printedText(text), language === 'ja');

/** A letter as a piece for the template, without what makes it one of a document. */
async function letterPiece(
  { language, parts, lists, leading, draft, running, imprint }: PrintedLetter,
  faces: Set<Face>,
) {
  const inJapanese = language === 'ja';
  const titled = (text: string) =>
    withOtherWords((inJapanese ? printedTitle : printedText)(text), inJapanese);
  const orNull = (text: string | null) => (text === null ? null : said(text, language));
  const prepared = [];
  for (const list of lists) prepared.push(await preparedList(list, leading, faces));
  const words = {
    language,
    draft: orNull(draft),
    running: orNull(running ?? null),
    imprint: orNull(imprint),
    parts: {
      title: titled(parts.title),
      subject: parts.subject === null ? null : titled(parts.subject),
      dateLine: said(parts.dateLine, language),
      addressee: orNull(parts.addressee),
      salutation: orNull(parts.salutation),
      body: blocksWithOtherWords(printedBlocks(parts.body), inJapanese),
      callsIntro: orNull(parts.callsIntro),
      calls: parts.calls.map((call) => said(call, language)),
      callMarks: marksOf(parts),
      kigaki: hasKigaki(parts) ? KIGAKI : null,
      closing: orNull(parts.closing),
      valediction: orNull(parts.valediction),
    },
  };
  const headings = prepared.map(({ heading, others }) => [heading, others]);
  addFaces(faces, [words, headings]);
  return { ...words, lists: prepared };
}

/** The first pages of a receipt as a piece for the template. */
function receiptPiece(
  { language, title, state, sections, notes }: PrintedReceipt,
  faces: Set<Face>,
) {
  const valuesOf = (value: PrintedValue): object[] => {
    if (value.kind === 'names')
      return names(value.names, language, faces).map((name) => ({ kind: 'name', name }));
    const { kind, text, href } = value;
    const content = said(text, language);
    return [{ kind, content: href ? [{ kind: 'a', href, content, address: null }] : content }];
  };
  const receipt = {
    title: said(title, language),
    state: said(state, language),
    sections: sections.map(({ heading, facts }) => ({
      heading: said(heading, language),
      facts: facts.map(({ name, values }) => ({
        name: said(name, language),
        values: values.flatMap(valuesOf),
      })),
    })),
    notes: notes.map((note) => said(note, language)),
  };
  addFaces(faces, receipt);
  return { language, draft: null, running: null, receipt };
}

/** Adds the faces that the texts in a value need. */
function addFaces(faces: Set<Face>, content: unknown): void {
  for (const face of otherFacesIn(JSON.stringify(content))) faces.add(face);
}

/**
 * The job that typesets a document of several pieces. Texts are data in the template's input, never
 * markup, so no input can become Typst code.
 */
function jobOf(
  document: { title: string; authors: readonly string[]; pieces: object[]; createdAt: Date },
  needed: ReadonlySet<Face>,
): Job {
  const { title, authors, pieces, createdAt } = document;
  const others = OTHER_FACES.filter((face) => needed.has(face));
  const input = {
    title,
    authors,
    colours: palette.light,
    annexFrom: ANNEX_NAMES,
    faces: others.map(({ family }) => family),
    // The id tells the notes of one piece from those of another.
    pieces: pieces.map((piece, index) => ({ id: String(index), ...piece })),
  };
  return {
    document: JSON.stringify(input),
    creationTimestamp: Math.floor(createdAt.getTime() / 1000),
    fontPaths: foldersOf([...LETTER_FACES, ...others]),
  };
}

/** The job that typesets a letter in the child process. */
export async function typesettingJob(letter: PrintedLetter): Promise<Job> {
  const { language, parts, authors = [], createdAt } = letter;
  const faces = new Set<Face>();
  const pieces = [await letterPiece(letter, faces)];
  return jobOf({ title: fullTitle({ language, ...parts }), authors, pieces, createdAt }, faces);
}

/**
 * Typesets a letter with its lists as a PDF on A4, in a child process. The bytes are reproducible
 * in every process and on every machine with the same versions of Typst and the fonts
 * (docs/decisions/0013-pdf-by-typst.md).
 * @throws {TypesettingError}
 */
export async function letterPdf(
  letter: PrintedLetter,
  limits: JobLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  return typesetter().set(await typesettingJob(letter), limits);
}

/**
 * Typesets a receipt with the texts that belong to it, like {@link letterPdf}.
 * @throws {TypesettingError}
 */
export async function receiptPdf(
  receipt: PrintedReceipt,
  limits: JobLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const faces = new Set<Face>();
  const pieces: object[] = [receiptPiece(receipt, faces)];
  for (const text of receipt.texts) pieces.push(await letterPiece(text, faces));
  const { title, createdAt } = receipt;
  return typesetter().set(jobOf({ title, authors: [], pieces, createdAt }, faces), limits);
}
