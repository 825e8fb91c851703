import { setImmediate } from 'node:timers/promises';
import { fullTitle } from '@/lib/letter/rules';
import { printedBlocks, printedName, printedText, printedTitle } from '@/lib/delivery/pdf/tree';
import palette from '@/lib/platform/palette.json' with { type: 'json' };
import { typesetter, type Job, type JobLimits } from '@/lib/delivery/pdf/typesetter';
import type { PrintedLetter, PrintedList, PrintedName } from './print';

/** So many names are prepared in some milliseconds; between, others get their turn. */
const NAMES_AT_A_TIME = 500;

const orNull = (text: string | null) => (text === null ? null : printedText(text));

/** The names in the order printed. A name that serves in both languages is written in Latin letters, and stands once. */
function names({ ja, en }: PrintedName, leading: 'ja' | 'en') {
  const given = [
    { lang: 'ja', name: ja === en ? null : ja },
    { lang: 'en', name: en },
  ].flatMap(({ lang, name }) =>
    name === null ? [] : [{ lang, text: lang === 'ja' ? printedName(name) : printedText(name) }],
  );
  return leading === 'ja' ? given : given.reverse();
}

async function preparedList({ heading, names: given, others }: PrintedList, leading: 'ja' | 'en') {
  const prepared: ReturnType<typeof names>[] = [];
  for (let from = 0; from < given.length; from += NAMES_AT_A_TIME) {
    prepared.push(...given.slice(from, from + NAMES_AT_A_TIME).map((name) => names(name, leading)));
    await setImmediate();
  }
  return { heading: orNull(heading), names: prepared, others: orNull(others) };
}

/** What the template reads. Texts are data there, never markup: nothing typed can become Typst code. */
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

/** A letter as the child process that sets it is given it. */
export async function typesettingJob(letter: PrintedLetter): Promise<Job> {
  return {
    letter: JSON.stringify(await forTemplate(letter)),
    creationTimestamp: Math.floor(letter.createdAt.getTime() / 1000),
  };
}

/**
 * Sets a letter with its lists as a PDF on A4, in a child process. The same letter gives the same bytes, in every process
 * and on every machine with the same versions of Typst and the fonts (docs/decisions/0013-pdf-by-typst.md).
 * @throws {TypesettingError}
 */
export async function letterPdf(
  letter: PrintedLetter,
  limits: JobLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  return typesetter().set(await typesettingJob(letter), limits);
}
