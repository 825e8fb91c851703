import { LANGUAGES, languageName, type Language } from '@/lib/platform/languages';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import type { Category } from '@/lib/letter/categories';
import { COUNTRIES, INTERNATIONAL } from '../schema';

const folded = (text: string) =>
  text
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What people write for a country besides its code and its name in the languages of the interface. */
const OTHER_COUNTRIES: Record<string, string> = {
  US: 'USA|U.S.|United States of America|America|アメリカ|米国',
  GB: 'UK|U.K.|Great Britain|英国',
  KR: 'Korea|South Korea|大韓民国',
  CZ: 'Czech Republic|チェコ共和国',
  CN: 'PRC|中華人民共和国',
  RU: 'Russian Federation|ロシア連邦',
  VN: 'Viet Nam|ヴェトナム',
  TR: 'Turkey',
  CI: 'Ivory Coast|象牙海岸',
  NL: 'Holland',
  [INTERNATIONAL]: 'International|国際|国際団体',
};

let known: Map<string, string> | undefined;

function countries(): Map<string, string> {
  if (known) return known;
  known = new Map();
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of COUNTRIES) {
      const name = code === INTERNATIONAL ? undefined : names.of(code);
      if (name) known.set(folded(name), code);
    }
  }
  for (const [code, names] of Object.entries(OTHER_COUNTRIES))
    for (const name of names.split('|')) known.set(folded(name), code);
  for (const code of COUNTRIES) known.set(folded(code), code);
  return known;
}

/** The code of a country by code or name, in the languages of the interface; what is not known stays. */
export const countryIn = (cell: string): string => countries().get(folded(cell)) ?? cell.trim();

/** Whether a cell names a country. */
export const isCountry = (cell: string): boolean => countries().has(folded(cell));

const OFFERED = new Map<string, Language>(
  LANGUAGES.flatMap((language) =>
    [language, ...LANGUAGES.map((reader) => languageName(language, reader))].map(
      (name) => [folded(name), language] as const,
    ),
  ),
);

/** A language of the interface by its tag or name; what is not known stays. */
export const languageIn = (cell: string): string => OFFERED.get(folded(cell)) ?? cell.trim();

/** What people write about whether a name is published. */
const VISIBILITIES: Record<Visibility, string> = {
  named:
    'named|public|publish|published|yes|y|ok|○|〇|◯|公開|公表|掲載|掲載可|公開可|公表可|可|する|はい|公開する|公表する|掲載する',
  withheld:
    'withheld|anonymous|not public|private|not published|unnamed|no|n|×|✕|非公開|非公表|匿名|掲載不可|公開不可|公表不可|不可|しない|いいえ|公開しない|公表しない|掲載しない',
};

/** As {@link folded}; signs, of which nothing is left, as they are. */
const foldedSign = (text: string) => folded(text) || text.trim();

const VISIBILITY = new Map<string, Visibility>(
  (['named', 'withheld'] as const).flatMap((visibility) =>
    VISIBILITIES[visibility]
      .split('|')
      .map((written) => [foldedSign(written), visibility] as const),
  ),
);

/** Whether a cell says that the name is published; what is not known stays. */
export const visibilityIn = (cell: string): string =>
  VISIBILITY.get(foldedSign(cell)) ?? cell.trim();

/** The id of a category by its name in any language; what is not known stays. */
export const categoryIn = (cell: string, categories: readonly Category[]): string =>
  categories.find(({ names }) => Object.values(names).some((name) => folded(name) === folded(cell)))
    ?.id ?? cell.trim();
