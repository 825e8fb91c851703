/**
 * Proposals for a letter's address, and what an address may be. Server only: a Japanese title is read with a dictionary
 * that takes much memory (ADR 14), loaded when it is needed and dropped again.
 */
import path from 'node:path';
import type { IpadicFeatures, TokenizerBuilder } from '@patdx/kuromoji';
import { errorMessage, log } from '@/lib/platform/log';
import { isSlug, SLUG_MAX } from './rules';

/** Longest proposal; a coordinator may choose a longer address. */
const PROPOSAL_MAX = 60;
/** As much of a title as is read. */
const TITLE_READ = 300;
/** Words that are routes beside letters. */
const RESERVED: ReadonlySet<string> = new Set(['new']);

/** What keeps a text from being a letter's address, or null. */
export function slugProblem(
  slug: string,
): 'required' | 'tooLong' | 'invalidSlug' | 'reserved' | null {
  if (slug === '') return 'required';
  if (slug.length > SLUG_MAX) return 'tooLong';
  if (!isSlug(slug)) return 'invalidSlug';
  return RESERVED.has(slug) ? 'reserved' : null;
}

/** Letters that no normalisation takes apart. */
const PLAIN: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  '&': ' and ',
};
/** Left out of an English proposal that would be too long otherwise. */
const SMALL_WORDS = new Set('a an the of to for in on at by and or with from its our'.split(' '));
/** Particles and the like; at the end of a proposal that was cut they would hang in the air. */
const LEADS_ON: ReadonlySet<string> = new Set([
  ...SMALL_WORDS,
  ...'no o e ni de ga wa to mo ya nitaishi nitaisuru niokeru nikansuru nimuketa'.split(' '),
]);

/** A text in Latin letters as words of a to z and 0 to 9. */
function plainWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[ßæœøđðłþı&]/g, (letter) => PLAIN[letter]!)
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

type Tokenizer = Awaited<ReturnType<TokenizerBuilder['build']>>;

/** How long the dictionary is kept after it was last used, in milliseconds. */
const IDLE = 60_000;

let reader: Promise<Tokenizer> | null = null;
let dropping: NodeJS.Timeout | undefined;

/** The reader of Japanese, loaded when there is none. */
function japaneseReader(): Promise<Tokenizer> {
  clearTimeout(dropping);
  dropping = setTimeout(() => {
    reader = null;
  }, IDLE).unref();
  reader ??= loadReader().catch((error: unknown) => {
    reader = null;
    throw error;
  });
  return reader;
}

async function loadReader(): Promise<Tokenizer> {
  const [{ TokenizerBuilder }, { default: Loader }] = await Promise.all([
    import('@patdx/kuromoji'),
    import('@patdx/kuromoji/node'),
  ]);
  const dictionary = path.join(process.cwd(), 'node_modules', '@patdx', 'kuromoji', 'dict');
  return new TokenizerBuilder({ loader: new Loader({ dic_path: dictionary }) }).build();
}

/** Sounds of other languages, which wanakana writes as an input method has them typed; and を as it is said. */
const SOUNDS: Record<string, string> = {
  ...{
    ふぁ: 'fa',
    ふぃ: 'fi',
    ふぇ: 'fe',
    ふぉ: 'fo',
    てぃ: 'ti',
    でぃ: 'di',
    とぅ: 'tu',
    どぅ: 'du',
    でゅ: 'dyu',
    てゅ: 'tyu',
  },
  ...{
    うぃ: 'wi',
    うぇ: 'we',
    うぉ: 'wo',
    ゔぁ: 'va',
    ゔぃ: 'vi',
    ゔぇ: 've',
    ゔぉ: 'vo',
    つぁ: 'tsa',
    つぇ: 'tse',
    つぉ: 'tso',
  },
  を: 'o',
};

/** How a word is said, in katakana; Latin letters and digits as they are. */
function said(token: IpadicFeatures, tokenizer: Tokenizer): string {
  // The dictionary says ニッポン wherever it stands alone; names of organizations and ministries say ニホン.
  if (token.surface_form === '日本') return 'ニホン';
  if (token.pronunciation) return token.pronunciation;
  if (!/\p{Script=Han}/u.test(token.surface_form)) return token.surface_form;
  return [...token.surface_form]
    .map((char) => tokenizer.tokenize(char)[0]?.pronunciation ?? '')
    .join('');
}

/** Suffixes (要請書) and endings (許さない) belong to the word before them. */
function belongsBefore({ pos, pos_detail_1 }: IpadicFeatures): boolean {
  return (
    pos === '助動詞' ||
    pos_detail_1 === '接尾' ||
    (pos === '動詞' && pos_detail_1 === '非自立') ||
    (pos === '助詞' && pos_detail_1 === '接続助詞')
  );
}

/** A Japanese title's words in Hepburn romanisation without long vowels. */
async function romanised(title: string): Promise<string[]> {
  const [tokenizer, { toRomaji }] = await Promise.all([japaneseReader(), import('wanakana')]);
  const words: string[] = [];
  for (const phrase of title
    .slice(0, TITLE_READ)
    .normalize('NFKC')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)) {
    let joins = false;
    tokenizer.tokenize(phrase).forEach((token, index) => {
      const sound = said(token, tokenizer);
      if (index > 0 && (joins || belongsBefore(token))) words.push((words.pop() ?? '') + sound);
      else words.push(sound);
      joins = token.pos === '接頭詞';
    });
  }
  const latin = words.map((word) =>
    toRomaji(word.replaceAll('ー', ''), { customRomajiMapping: SOUNDS }),
  );
  return latin.map((word) => plainWords(word).join('')).filter(Boolean);
}

/** As many words as fit before the year; a cut does not end with a word that leads on to the next. */
function withYear(words: string[], year: number): string {
  const room = PROPOSAL_MAX - `-${year}`.length;
  const kept: string[] = [];
  for (const word of words) {
    if ([...kept, word].join('-').length > room) break;
    kept.push(word);
  }
  if (kept.length < words.length) while (kept.length > 1 && LEADS_ON.has(kept.at(-1)!)) kept.pop();
  return `${kept.join('-') || words[0]!.slice(0, room)}-${year}`;
}

/** A proposal is a help only: a letter can be made where the dictionary cannot be read. */
function withoutReader(error: unknown): string[] {
  log('warn', 'Japanese titles cannot be read for proposing an address', {
    error: errorMessage(error),
  });
  return [];
}

/**
 * An address for a letter, to be changed at will: the words of its English title, else those of its Japanese title as
 * they are said, with the year behind them; `letter-2025` where neither gives a word.
 * @param titles as typed so far
 * @param year of the date that the letter bears
 */
export async function proposeSlug(
  titles: { ja?: string | null; en?: string | null },
  year: number,
): Promise<string> {
  const saysMore = (word: string) => word !== String(year) && word !== `${year}nen`;
  const english = plainWords((titles.en ?? '').slice(0, TITLE_READ)).filter(saysMore);
  if (english.length > 0) {
    const long = english.join('-').length > PROPOSAL_MAX - `-${year}`.length;
    const telling = english.filter((word) => !SMALL_WORDS.has(word));
    return withYear(long && telling.length > 0 ? telling : english, year);
  }
  const japanese = titles.ja ? await romanised(titles.ja).catch(withoutReader) : [];
  const said = japanese.filter(saysMore);
  return withYear(said.length > 0 ? said : ['letter'], year);
}
