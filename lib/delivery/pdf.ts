import { setImmediate } from 'node:timers/promises';
import { fullTitle } from '@/lib/letter/rules';
import { printedBlocks, printedName, printedText, printedTitle } from '@/lib/delivery/pdf/tree';
import palette from '@/lib/platform/palette.json' with { type: 'json' };
import { typesetter, type Job, type JobLimits } from '@/lib/delivery/pdf/typesetter';
import { inOrder, type ByLanguage, type Language } from '@/lib/platform/languages';
import type { PrintedLetter, PrintedList } from './print';

/**
 * Names prepared per event loop turn, which takes a few milliseconds, so that other requests are
 * not blocked.
 */
const NAMES_PER_TURN = 500;

const orNull = (text: string | null) => (text === null ? null : printedText(text));

/**
 * An organization's names in printed order. A name that is the same in several languages is in
 * Latin letters, and printed once.
 */
function names(given: ByLanguage, leading: Language) {
  const order = inOrder(Object.keys(given)).sort(
    (a, b) => Number(b === leading) - Number(a === leading),
  );
  const isJapanese = (language: Language) =>
    language === 'ja' && !order.some((other) => other !== 'ja' && given[other] === given.ja);
  return order.flatMap((lang) => {
    const name = given[lang]!;
    if (lang === 'ja' && !isJapanese(lang)) return [];
    return [{ lang, text: lang === 'ja' ? printedName(name) : printedText(name) }];
  });
}

async function preparedList({ heading, names: given, others }: PrintedList, leading: Language) {
  const prepared: ReturnType<typeof names>[] = [];
  for (let from = 0; from < given.length; from += NAMES_PER_TURN) {
    prepared.push(...given.slice(from, from + NAMES_PER_TURN).map((name) => names(name, leading)));
    await setImmediate();
  }
  return { heading: orNull(heading), names: prepared, others: orNull(others) };
}

/** The template's input. Texts are data in it, never markup, so no input can become Typst code. */
async function forTemplate({
  language,
  parts,
  lists,
  leading,
  draft,
  imprint,
  authors = [],
}: PrintedLetter) {
  const titled = language === 'ja' ? printedTitle : printedText;
  const prepared = [];
  for (const list of lists) prepared.push(await preparedList(list, leading));
  return {
    colours: palette.light,
    language,
    title: fullTitle({ language, ...parts }),
    authors,
    draft: orNull(draft),
    imprint: orNull(imprint),
    parts: {
      title: titled(parts.title),
      subject: parts.subject === null ? null : titled(parts.subject),
      dateLine: printedText(parts.dateLine),
      addressee: orNull(parts.addressee),
      salutation: printedText(parts.salutation),
      body: printedBlocks(parts.body),
      callsIntro: orNull(parts.callsIntro),
      calls: parts.calls.map(printedText),
      closing: orNull(parts.closing),
      valediction: printedText(parts.valediction),
    },
    lists: prepared,
  };
}

/** The job that typesets a letter in the child process. */
export async function typesettingJob(letter: PrintedLetter): Promise<Job> {
  return {
    letter: JSON.stringify(await forTemplate(letter)),
    creationTimestamp: Math.floor(letter.createdAt.getTime() / 1000),
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
