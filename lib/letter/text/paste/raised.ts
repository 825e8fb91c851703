import { BREAK, type Run } from './inline';

const SUPERSCRIPTS: Record<string, string> = {
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((raised, digit) => [String(digit), raised])),
  ...{ '+': '⁺', '-': '⁻', '−': '⁻', '–': '⁻', '=': '⁼', n: 'ⁿ', i: 'ⁱ', x: 'ˣ' },
};
const SUBSCRIPTS: Record<string, string> = {
  ...Object.fromEntries([...'₀₁₂₃₄₅₆₇₈₉'].map((lowered, digit) => [String(digit), lowered])),
  ...{ '+': '₊', '-': '₋', '−': '₋', '–': '₋', '=': '₌' },
};

/** Units that are squared or cubed, or stand under a fraction's line. */
const UNIT =
  /(?:^|[^\p{L}\p{M}])(?:[kcdmµμn]?m|k?g|s|h|ha|l|yd|ft|mi|sec|(?:[kMGTm]|µ)?(?:Bq|Sv|Gy|W|J|N|Pa|mol|V|A))$/u;
/** A letter that stands alone, as in formulas: `x²`, `E = mc²`. */
const VARIABLE = /(?:^|[^\p{L}\p{M}\p{N}])(?:mc|[\p{Script=Latin}\p{Script=Greek}])$/u;
/** Ten, the base of powers. Any other number has footnotes rather than exponents. */
const TEN = /(?:^|[^\p{N}.,])10$/u;
/** Chemical symbols carry charges: `Ca²⁺`. */
const CHARGE = /^\d*[+−–-]$/;
const EXPONENT = /^[+−–-]?(?:\d+|[nix])$/;
const ORDINAL = /^(?:st|nd|rd|th|e|er|re|ère|ème)$/i;
const SIGNS: Record<string, string> = { TM: '™', SM: '℠', '®': '®', '©': '©' };

const mapped = (text: string, signs: Record<string, string>) =>
  [...text].map((character) => signs[character] ?? character).join('');

/** Text that is kept apart from its neighbours by brackets, unless it is neither word nor number. */
export function apart(text: string): string {
  const bare = text.replace(/^[\[(（［]|[\])）］.]$/g, '').trim();
  return /[\p{L}\p{N}]/u.test(bare) ? `[${bare}]` : text;
}

/** Raised text in a plain text, after what stands before it. */
function superscript(text: string, before: string): string {
  const base = before.normalize('NFKC');
  if (EXPONENT.test(text)) {
    const isNegative = /^[−–-]/.test(text);
    if (TEN.test(base)) return mapped(text, SUPERSCRIPTS);
    if (UNIT.test(base) && (isNegative || /^[234]$/.test(text) || /\/[^\s/]*$/.test(base)))
      return mapped(text, SUPERSCRIPTS);
    if (VARIABLE.test(base) || (/^[nix]$/.test(text) && /\d$/.test(base)))
      return mapped(text, SUPERSCRIPTS);
  }
  if (CHARGE.test(text) && /\p{L}[₀-₉]*$/u.test(before)) return mapped(text, SUPERSCRIPTS);
  if (SIGNS[text]) return SIGNS[text];
  if (/^[oO]$/.test(text) && /[\dnN]$/.test(base)) return 'º';
  if (ORDINAL.test(text) && /[\dIVXLCDM]$/.test(base)) return text;
  return apart(text);
}

/** Lowered text: digits have characters of their own, the rest is kept apart. */
function subscript(text: string): string {
  const [, digits = '', rest = ''] = /^([\d+−–=-]*)(.*)$/su.exec(text) ?? [];
  if (digits === '') return apart(text);
  return mapped(digits, SUBSCRIPTS) + rest;
}

/**
 * Writes raised and lowered text so that no number changes in plain text: as characters that are
 * raised themselves in powers, units and formulas, in brackets elsewhere. White space around it
 * stays outside.
 * @param changed is told how often this happened
 */
export function settleRaised(runs: Run[], changed: (times: number) => void): Run[] {
  const settled: Run[] = [];
  let before = '';
  for (let at = 0; at < runs.length; at += 1) {
    const run = runs[at]!;
    const { raised } = run;
    if (!raised || run.note || run.text === BREAK || run.text.trim() === '') {
      settled.push({ ...run, raised: null });
      before = run.text === BREAK ? '' : (before + run.text).slice(-40);
      continue;
    }
    let text = run.text;
    for (
      let next = runs[at + 1];
      next && next.raised === raised && !next.note;
      next = runs[at + 1]
    ) {
      if (next.text === BREAK) break;
      text += next.text;
      at += 1;
    }
    const bare = text.trim().replace(/\s+/g, ' ');
    const written = raised === 'super' ? superscript(bare, before) : subscript(bare);
    // An opening space is the text's own; a mark of a note stands close to its word.
    const spaced = /^\s/.test(text) ? ` ${written}` : written;
    settled.push({ ...run, raised: null, text: /\s$/.test(text) ? `${spaced} ` : spaced });
    if (written !== bare) changed(1);
    before = spaced;
  }
  return settled;
}
