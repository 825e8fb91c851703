import type { Language } from '@/lib/platform/languages';

/** What HTML and PDF say about a text: its BCP 47 tag, and the direction of its letters. */
export interface Written {
  lang: string;
  dir: 'ltr' | 'rtl';
}

/**
 * The scripts that are told apart (ISO 15924), with the language of those in which practically only
 * one is written. The others are tagged `und-Arab`, for example: who writes them could be Persian.
 */
const SCRIPTS: Readonly<Record<string, Language | null>> = {
  Hani: 'zh',
  Hira: 'ja',
  Kana: 'ja',
  Hang: 'ko',
  Bopo: 'zh',
  Hebr: 'he',
  Thai: 'th',
  Geor: 'ka',
  Armn: 'hy',
  Khmr: 'km',
  Laoo: 'lo',
  Sinh: 'si',
  Grek: 'el',
  Taml: 'ta',
  Telu: 'te',
  Knda: 'kn',
  Mlym: 'ml',
  Gujr: 'gu',
  Guru: 'pa',
  Orya: 'or',
  Thaa: 'dv',
  Arab: null,
  Cyrl: null,
  Deva: null,
  Beng: null,
  Mymr: null,
  Ethi: null,
  Tibt: null,
  Mong: null,
  Syrc: null,
  Nkoo: null,
  Adlm: null,
  Tfng: null,
  Cans: null,
  Cher: null,
};

/** The scripts in which practically one language is written, besides those of East Asia's Han. */
export const LANGUAGE_OF_SCRIPT: readonly (readonly [script: string, language: Language])[] =
  Object.entries(SCRIPTS).flatMap(([script, language]) =>
    language === null || ['ja', 'zh'].includes(language) ? [] : [[script, language] as const],
  );

const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm']);

/** What the scripts of writing systems (also ISO 15924) consist of. */
const SYSTEMS: Readonly<Record<string, readonly string[]>> = {
  Jpan: ['Hani', 'Hira', 'Kana'],
  Kore: ['Hang', 'Hani'],
  Hans: ['Hani', 'Bopo'],
  Hant: ['Hani', 'Bopo'],
};

const LETTERS = Object.keys(SCRIPTS).map(
  (script) => [script, new RegExp(`\\p{Script=${script}}`, 'gu')] as const,
);
/** How many letters of each script a text has, without Latin ones. */
function lettersOf(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [script, letters] of LETTERS) {
    const count = text.match(letters)?.length ?? 0;
    if (count > 0) found.set(script, count);
  }
  return found;
}

interface Home {
  /** The scripts that a language is written in. */
  scripts: readonly string[];
  /** A text in none but these, Latin letters and what all scripts share: the most frequent case. */
  alone: RegExp;
}

const homes = new Map<Language, Home>();

/** How a language is written, according to CLDR. Few languages occur, so they are remembered. */
function homeOf(language: Language): Home {
  const known = homes.get(language);
  if (known) return known;
  const { script = 'Zyyy' } = new Intl.Locale(language).maximize();
  const scripts = SYSTEMS[script] ?? [script];
  const all = ['Latin', 'Common', 'Inherited', ...scripts.filter((own) => own in SCRIPTS)];
  const alone = new RegExp(`^[${all.map((own) => `\\p{Script=${own}}`).join('')}]*$`, 'u');
  const home = { scripts, alone };
  homes.set(language, home);
  return home;
}

/** All characters of two bytes, each of which is in a range, in an encoding. */
function charactersIn(encoding: string, first: number, last: number, lead: number[] = []): string {
  const bytes: number[] = [];
  for (let one = first; one <= last; one += 1)
    for (let two = 0xa1; two <= 0xfe; two += 1) bytes.push(...lead, one, two);
  return new TextDecoder(encoding).decode(Uint8Array.from(bytes));
}

/** Forms of characters that Japanese names have although no old Japanese encoding has them. */
const JAPANESE_FORMS = '俱毗步每涉晚渴揭溉吞偷荆榆强庙呕麽隽虽茌衮';

let simplified: ReadonlySet<string> | undefined;

/**
 * Characters that mainland China writes and Japan does not: those of GB 2312 that are not in
 * JIS X 0208 and 0212. Programs that lack these encodings tell none.
 */
function simplifiedCharacters(): ReadonlySet<string> {
  if (simplified) return simplified;
  try {
    const japanese = new Set(
      charactersIn('euc-jp', 0xa1, 0xfe) +
        charactersIn('euc-jp', 0xa1, 0xfe, [0x8f]) +
        JAPANESE_FORMS,
    );
    const chinese = [...charactersIn('gbk', 0xb0, 0xf7)];
    simplified = new Set(
      chinese.filter((each) => /\p{Script=Han}/u.test(each) && !japanese.has(each)),
    );
  } catch {
    simplified = new Set();
  }
  return simplified;
}

/** Whether a text is Chinese by its characters: simplified ones, and no kana. */
function isSimplifiedChinese(text: string): boolean {
  if (!/\p{Script=Han}/u.test(text) || /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text))
    return false;
  const characters = simplifiedCharacters();
  return [...text].some((character) => characters.has(character));
}

/**
 * The language and direction of a text that was given for `language`. Who fills in a form may write
 * a name in its own script where there is no field for it: 참여연대 under "English" is Korean. Latin
 * letters say nothing, since names of every language have them.
 */
export function writtenIn(text: string, language: Language): Written {
  if (language === 'ja' && isSimplifiedChinese(text)) return { lang: 'zh-Hans', dir: 'ltr' };
  const { scripts, alone } = homeOf(language);
  const isLeftToRight = !scripts.some((script) => RIGHT_TO_LEFT.has(script));
  if (isLeftToRight && alone.test(text)) return { lang: language, dir: 'ltr' };
  const found = lettersOf(text);
  const [script] = [...found].sort(([, a], [, b]) => b - a)[0] ?? [];
  const latin = found.size === 0 ? 0 : (text.match(/\p{Script=Latin}/gu)?.length ?? 0);
  const others = [...found.values()].reduce((sum, count) => sum + count, 0);
  // Where both are as many, the text is a name with an acronym.
  if (script === undefined || latin > others) return { lang: language, dir: 'ltr' };
  const dir = RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr';
  if (scripts.includes(script)) return { lang: language, dir };
  // Japanese and Korean write Chinese characters among their own letters.
  const mixed = ['Hira', 'Kana', 'Hang'].find((own) => script === 'Hani' && found.has(own));
  return { lang: SCRIPTS[mixed ?? script] ?? `und-${script}`, dir };
}

/**
 * A text for a string that has no markup, such as an option or an `aria-label`: what is written from
 * right to left stands between isolating marks, so that it moves nothing around it.
 */
export function isolated(text: string): string {
  return writtenIn(text, 'und').dir === 'rtl' ? `\u2068${text}\u2069` : text;
}
