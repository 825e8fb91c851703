/**
 * The Content Security Policy of pages in the page cache: hashes of their inline scripts (ADR 64),
 * computed once, when a page is rendered. Only scripts that Next itself writes get one: whatever
 * else got into a page does not run.
 *
 * Plain JavaScript because Next loads handler.mjs without compiling.
 */
import { createHash } from 'node:crypto';
import { scriptPolicy } from '../security-headers.mjs';

/** The script before a page's data. */
const START = '(self.__next_f=self.__next_f||[]).push([0])';
/** A piece of the data. */
const DATA = /^self\.__next_f\.push\((.*)\)$/s;
/** The script that says which files and modules the page begins with. */
const BOOTSTRAP =
  /^\(globalThis\["TURBOPACK"\] \|\| \(globalThis\["TURBOPACK"\] = \[\]\)\)\.push\((.*)\);$/s;

/**
 * The JSON that a script of this form hands over; undefined if it is another script, or does more.
 * @param {RegExp} form @param {string} script
 */
function handedOver(form, script) {
  try {
    return JSON.parse(form.exec(script)?.[1] ?? '');
  } catch {
    return undefined;
  }
}

/** @param {string} script */
const hash = (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/**
 * The policy for the scripts of a page. Its data scripts must be, one after the other, exactly the
 * data that Next has of it.
 * @param {string} html
 * @param {string} data what the page was rendered from, which Next caches beside it
 */
export function policyFor(html, data) {
  /** @type {string[]} */
  const hashes = [];
  let read = 0;
  for (const [, script = ''] of html.matchAll(/<script(?:\sid="_R_")?>(.*?)<\/script>/gs)) {
    const piece = handedOver(DATA, script);
    if (piece?.[0] === 1 && data.startsWith(piece[1], read)) read += piece[1].length;
    else if (script !== START && !handedOver(BOOTSTRAP, script)?.runtimeModuleIds) continue;
    hashes.push(hash(script));
  }
  return scriptPolicy(...new Set(hashes));
}
