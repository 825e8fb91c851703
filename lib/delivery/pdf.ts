import { setImmediate } from 'node:timers/promises';
import { fullTitle } from '@/lib/letter/rules';
import {
  printedBlocks,
  printedName,
  printedText,
  printedTitle,
  type Inline,
} from '@/lib/delivery/pdf/tree';
import palette from '@/lib/platform/palette.json' with { type: 'json' };
import { typesetter, type Job, type JobLimits } from '@/lib/delivery/pdf/typesetter';
import type { ByLanguage, Language } from '@/lib/platform/languages';
import { shownNames } from '@/lib/platform/text/shown-names';
import { CHINESE, LETTER_FACES, OTHER_FACES, type Face } from './pdf/faces';
import { foldersOf } from './pdf/fonts';
import { otherFacesIn } from './pdf/printable';
import { blocksWithOtherWords, withOtherWords } from './pdf/words';
import type { PrintedLetter, PrintedList } from './print';

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
  { heading, names: given, others }: PrintedList,
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
  return { heading: orNull(heading), names: prepared, others: orNull(others) };
}

/** The template's input, and the faces it needs. Texts are data in it, never markup, so no input can become Typst code. */
async function forTemplate({
  language,
  parts,
  lists,
  leading,
  draft,
  imprint,
  authors = [],
}: PrintedLetter) {
  const inJapanese = language === 'ja';
  const marked = (content: Inline[]) => withOtherWords(content, inJapanese);
  const said = (text: string) => marked(printedText(text));
  const titled = (text: string) => marked((inJapanese ? printedTitle : printedText)(text));
  const orNull = (text: string | null) => (text === null ? null : said(text));
  const faces = new Set<Face>();
  const prepared = [];
  for (const list of lists) prepared.push(await preparedList(list, leading, faces));
  const words = {
    colours: palette.light,
    language,
    title: fullTitle({ language, ...parts }),
    authors,
    draft: orNull(draft),
    imprint: orNull(imprint),
    parts: {
      title: titled(parts.title),
      subject: parts.subject === null ? null : titled(parts.subject),
      dateLine: said(parts.dateLine),
      addressee: orNull(parts.addressee),
      salutation: said(parts.salutation),
      body: blocksWithOtherWords(printedBlocks(parts.body), inJapanese),
      callsIntro: orNull(parts.callsIntro),
      calls: parts.calls.map(said),
      closing: orNull(parts.closing),
      valediction: said(parts.valediction),
    },
  };
  const headings = prepared.map(({ heading, others }) => [heading, others]);
  for (const face of otherFacesIn(JSON.stringify([words, headings]))) faces.add(face);
  const others = OTHER_FACES.filter((face) => faces.has(face));
  const letter = { ...words, lists: prepared, faces: others.map(({ family }) => family) };
  return { letter, faces: [...LETTER_FACES, ...others] };
}

/** The job that typesets a letter in the child process. */
export async function typesettingJob(letter: PrintedLetter): Promise<Job> {
  const { letter: input, faces } = await forTemplate(letter);
  return {
    letter: JSON.stringify(input),
    creationTimestamp: Math.floor(letter.createdAt.getTime() / 1000),
    fontPaths: foldersOf(faces),
  };
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
