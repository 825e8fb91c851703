/**
 * Legal forms (一般社団法人, NPO法人, ㈱, 【特非】, Inc., e.V., asbl …) at the start or end of an
 * organization's name. Used only for sorting, comparison and line breaks: names are stored and shown
 * as signed.
 */
import { APART, BRACKETED, CASED_ENDINGS, ENDINGS, JAPANESE, WORDS } from './legal-forms';

/** Alternatives sorted by length, longest first, since a pattern takes the first match. */
const oneOf = (forms: string[]) => [...forms].sort((a, b) => b.length - a.length).join('|');

/** A form as it may be spelled: `N.P.O.`, `エヌピーオー`, `NPO 法人`, `認定 NPO法人`. */
const spelled = (form: string) =>
  form
    .replace('NPO', '(?:N[.・]?P[.・]?O\\.?|エヌ・?ピー・?オー)\\s?')
    .replace(/^(仮|特例)?認定/, '$&\\s?');

const full = oneOf(Object.keys(JAPANESE).map(spelled));
const abbreviated = oneOf(Object.keys(BRACKETED).map(spelled));
const japanese = `(?:(?:\\((?:仮|特例)?認定\\)\\s?)?(?:${full})|\\(\\s?(?:${full}|${abbreviated})\\s?\\))`;
/** Those with a certification are no part of a name (認定NPO虹), unlike NPO itself. */
const certified = `(?:仮|特例)?認定\\s?${spelled('NPO')}`;

const AT_START = [
  new RegExp(`^(?:${japanese}|${certified})`, 'i'),
  new RegExp(`^(?:${oneOf(APART)})(?=\\s)`),
  new RegExp(`^(?:${WORDS.join('|')})(?=[\\s,])`, 'iu'),
];
const AT_END = [
  new RegExp(`(?:${japanese}|(?:股份|有限責任)?有限公司)$`, 'i'),
  new RegExp(`(?<=\\s)(?:${oneOf(APART)})$`),
  new RegExp(`(?<=[\\s,])(?:${[...WORDS, ...ENDINGS].join('|')})$`, 'iu'),
  new RegExp(`(?<=[\\s,])(?:${CASED_ENDINGS})$`, 'u'),
  new RegExp(`\\((?:${[...WORDS, ...ENDINGS].join('|')})\\)$`, 'iu'),
];

const NAMES_SOMETHING = /[\p{L}\p{N}]/u;
const SEPARATES = '[\\s,、・:：/／|｜]';
const LEADING = new RegExp(`^${SEPARATES}+`, 'u');
/** Begins only where a run begins, so that long runs within a name take linear time. */
const TRAILING = new RegExp(`(?<!${SEPARATES})${SEPARATES}+$`, 'u');

const OPENING = /[【〈《「『〔［｛〖〘⟨«‹<[{（]/u;
const CLOSING = /[】〉》」』〕］｝〗〙⟩»›>\]}）]/u;

/**
 * A name for the patterns: NFKC character by character (㈱ is `(株)`), with every kind of bracket as
 * a round one, and where in the name each of its characters comes from.
 */
function legible(name: string): { text: string; from: number[] } {
  const from: number[] = [];
  let text = '';
  let at = 0;
  for (const char of name) {
    const read = OPENING.test(char) ? '(' : CLOSING.test(char) ? ')' : char.normalize('NFKC');
    for (let unit = 0; unit < read.length; unit += 1) from.push(at);
    text += read;
    at += char.length;
  }
  return { text, from: [...from, at] };
}

export interface LegalForm {
  /** As written in the name, including brackets. */
  form: string;
  at: 'start' | 'end';
}

/**
 * The legal form at the start of a name, else at its end; null if there is none, or if it is the
 * whole name.
 *
 * NPO counts as a form if separated by a space (NPO Piece of Syria), where it stands for 特定非営利活動法人
 * in Japan, but not in NPOサポートセンター. NGO never counts, because it is not a legal form.
 */
export function legalForm(name: string): LegalForm | null {
  const { text, from } = legible(name);
  for (const pattern of AT_START) {
    const found = pattern.exec(text)?.[0];
    if (!found) continue;
    const form = name.slice(0, from[found.length]);
    if (NAMES_SOMETHING.test(name.slice(form.length))) return { form: form.trimEnd(), at: 'start' };
  }
  for (const pattern of AT_END) {
    const found = pattern.exec(text);
    if (!found) continue;
    const form = name.slice(from[found.index]);
    if (NAMES_SOMETHING.test(name.slice(0, name.length - form.length))) return { form, at: 'end' };
  }
  return null;
}

/**
 * A Japanese form by its usual name: `㈱` and `（株）` are 株式会社, `認定 N.P.O.法人` is 認定NPO法人. The
 * abbreviation, if it is one. Null for a form of another country, and
 * for NPO by itself, which is written and read like that.
 */
export function japaneseForm(form: string): { usual: string; abbreviation: string | null } | null {
  const { text } = legible(form);
  const bare = text.replace(/[()\s.・]/g, '').replace(/npo|エヌピーオー/i, 'NPO');
  if (JAPANESE[bare]) return { usual: bare, abbreviation: null };
  const usual = bare === text && bare === 'NPO' ? undefined : BRACKETED[bare];
  return usual ? { usual, abbreviation: bare } : null;
}

/** A text without its first or last `length` characters and the adjacent spaces or comma. */
export function cut(text: string, length: number, at: LegalForm['at']): string {
  return at === 'start'
    ? text.slice(length).replace(LEADING, '')
    : text.slice(0, text.length - length).replace(TRAILING, '');
}

/** A name without its legal form; never empty: a name that is only a form stays unchanged. */
export function withoutLegalForm(name: string): string {
  const found = legalForm(name);
  return found ? cut(name, found.form.length, found.at) : name;
}
