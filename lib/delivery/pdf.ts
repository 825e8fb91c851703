import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { fullTitle } from '../letter/rules.ts';
import { fontFolders } from './pdf/fonts.ts';
import { printedBlocks, printedName, printedText, printedTitle } from './pdf/tree.ts';
import type { PrintedLetter, PrintedName } from './printed.ts';

interface Typesetter {
  compiler: NodeCompiler;
  template: string;
}

let kept: Typesetter | undefined;

function typesetter(): Typesetter {
  kept ??= {
    compiler: NodeCompiler.create({ fontArgs: [{ fontPaths: fontFolders() }] }),
    template: readFileSync(path.join(/* turbopackIgnore: true */ process.cwd(), 'lib/delivery/pdf/letter.typ'), 'utf8'),
  };
  return kept;
}

const orNull = (text: string | null) => (text === null ? null : printedText(text));

/** The names in the order printed. A name that serves in both languages is written in Latin letters, and stands once. */
function names({ ja, en }: PrintedName, leading: 'ja' | 'en') {
  const given = [
    { lang: 'ja', name: ja === en ? null : ja },
    { lang: 'en', name: en },
  ].flatMap(({ lang, name }) => (name === null ? [] : [{ lang, text: lang === 'ja' ? printedName(name) : printedText(name) }]));
  return leading === 'ja' ? given : given.reverse();
}

/** What the template reads. Texts are data there, never markup: nothing typed can become Typst code. */
function forTemplate({ language, parts, lists, leading, draft, imprint, authors = [] }: PrintedLetter) {
  const titled = language === 'ja' ? printedTitle : printedText;
  return {
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
    lists: lists.map((list) => ({ heading: orNull(list.heading), names: list.names.map((name) => names(name, leading)), others: orNull(list.others) })),
  };
}

/**
 * Sets a letter with its lists as a PDF on A4. The same letter gives the same bytes, in every process and on every machine
 * with the same versions of Typst and the fonts (docs/decisions/0013-pdf-by-typst.md).
 *
 * Blocks the process while it sets: 0.1 s for a letter, longer for a long one.
 */
export function letterPdf(letter: PrintedLetter): Uint8Array<ArrayBuffer> {
  const { compiler, template } = typesetter();
  try {
    const set = compiler.compile({ mainFileContent: template, inputs: { letter: JSON.stringify(forTemplate(letter)) } });
    if (!set.result) throw new Error(`The template failed: ${JSON.stringify(set.takeDiagnostics()?.shortDiagnostics)}`);
    return new Uint8Array(accessible(compiler, set.result, Math.floor(letter.createdAt.getTime() / 1000)));
  } finally {
    // Typst remembers every page it has set.
    compiler.evictCache(0);
  }
}

/** PDF/UA-1. It refuses what shows as an empty box (a rare mark on a letter of the other font); such a letter is tagged only. */
function accessible(compiler: NodeCompiler, document: NodeTypstDocument, creationTimestamp: number): Uint8Array {
  try {
    return compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp });
  } catch {
    return compiler.pdf(document, { creationTimestamp });
  }
}
