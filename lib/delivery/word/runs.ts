import { TextRun, type IRunOptions } from 'docx';
import type { Written } from '@/lib/platform/text/written-language';

/**
 * Bidirectional controls, with which a text could read differently than it is stored, and what is no
 * character, or none that XML has.
 */
const CONTROLS = /[\u202A-\u202E\u2066-\u2069]|(?![\t\n\r])\p{Cc}|[\ufdd0-\ufdef\ufffe\uffff]/gu;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text as a Word file can hold it. */
export const writable = (text: string) => text.replace(CONTROLS, '').replace(LONE_SURROGATES, '');

/**
 * The fonts of a letter, which Word and LibreOffice have or replace. Each character takes the one of
 * its kind of script.
 */
export const FONTS = {
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia: 'Yu Mincho',
};
/** The languages of a letter's text, by the same kinds. */
export const LANGUAGES_OF_TEXT = { value: 'en-GB', eastAsia: 'ja-JP', bidirectional: 'ar-SA' };

/** The fonts of Chinese and Korean names, whose characters have other forms than Japanese ones. */
const EAST_ASIAN: Record<string, { tag: string; font: string }> = {
  ja: { tag: 'ja-JP', font: FONTS.eastAsia },
  zh: { tag: 'zh-CN', font: 'SimSun' },
  ko: { tag: 'ko-KR', font: 'Batang' },
};
/** Languages of scripts that Word calls complex: their letters are joined, stacked, or reordered. */
const COMPLEX = ['he', 'th', 'lo', 'km', 'si', 'ta', 'te', 'kn', 'ml', 'gu', 'pa', 'or', 'dv'];

/** The font for the East Asian characters of a name. */
export const eastAsianOf = ({ lang }: Written): string | undefined =>
  EAST_ASIAN[lang.split('-')[0]!]?.font;

/** What a run says of its language. `und-Arab` and the like name a script alone, which Word sees itself. */
export function inLanguage({ lang, dir }: Written): Pick<IRunOptions, 'language' | 'rightToLeft'> {
  const [language = ''] = lang.split('-');
  const tag = EAST_ASIAN[lang]?.tag ?? lang;
  const said = EAST_ASIAN[language]
    ? { eastAsia: tag }
    : COMPLEX.includes(language)
      ? { bidirectional: tag }
      : language === 'und'
        ? {}
        : { value: tag === 'en' ? LANGUAGES_OF_TEXT.value : tag };
  return { ...(dir === 'rtl' && { rightToLeft: true }), language: said };
}

/** The look of the text of a letter in a language, for each of its runs. */
export const usualLook = (language: string): IRunOptions =>
  // Quotation marks and dashes, which both have, come from the Japanese font.
  language === 'ja' ? { font: { ...FONTS, hint: 'eastAsia' } } : {};

/** A text as runs; its line ends become line breaks. */
export function runsOf(text: string, look: IRunOptions): TextRun[] {
  return writable(text)
    .split(/\r\n?|\n/)
    .map((line, index) => new TextRun({ ...look, text: line, ...(index > 0 && { break: 1 }) }));
}
