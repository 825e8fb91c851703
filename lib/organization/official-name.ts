/** The language in which an organization's official name is stored. Pure. */
import type { Language } from '@/lib/platform/languages';

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAN = /\p{Script=Han}/u;

/** The language of a name in Chinese characters alone, by the country of the organization. */
const HAN_BY_COUNTRY: Record<string, Language> = {
  CN: 'zh-Hans',
  SG: 'zh-Hans',
  HK: 'zh-Hant',
  MO: 'zh-Hant',
  TW: 'zh-Hant',
  KR: 'ko-Hani',
  KP: 'ko-Hani',
};

/** Scripts of one language, as far as organizations are concerned. */
const BY_SCRIPT: readonly [RegExp, Language][] = [
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Myanmar}/u, 'my'],
  [/\p{Script=Tibetan}/u, 'bo'],
  [/\p{Script=Georgian}/u, 'ka'],
  [/\p{Script=Armenian}/u, 'hy'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Sinhala}/u, 'si'],
  [/\p{Script=Tamil}/u, 'ta'],
  [/\p{Script=Telugu}/u, 'te'],
  [/\p{Script=Kannada}/u, 'kn'],
  [/\p{Script=Malayalam}/u, 'ml'],
  [/\p{Script=Gujarati}/u, 'gu'],
  // Scripts of several languages: the tag says only which script.
  [/\p{Script=Arabic}/u, 'und-Arab'],
  [/\p{Script=Cyrillic}/u, 'und-Cyrl'],
  [/\p{Script=Devanagari}/u, 'und-Deva'],
  [/\p{Script=Bengali}/u, 'und-Beng'],
  [/\p{Script=Ethiopic}/u, 'und-Ethi'],
];

/**
 * The language tag of a name, as far as its script and the country tell. A name in Latin letters
 * counts as the English one: it is the name that readers of English are shown, whatever its
 * language. Chinese characters alone are Japanese in Japan, or with a reading in kana.
 * @param country of the organization, ISO 3166-1 alpha-2; empty if unknown, which counts as Japan
 */
export function languageOfName(
  name: string,
  { country, reading }: { country: string; reading: string },
): Language {
  if (KANA.test(name)) return 'ja';
  const found = BY_SCRIPT.find(([script]) => script.test(name));
  if (found) return found[1];
  if (HAN.test(name))
    return country === 'JP' || country === '' || reading ? 'ja' : (HAN_BY_COUNTRY[country] ?? 'zh');
  return /\p{Script=Latin}/u.test(name) || !/\p{L}/u.test(name) ? 'en' : 'und';
}
