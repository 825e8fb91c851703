import type { MailLanguage } from './words';
import type { CSSProperties } from 'react';

import palette from '@/lib/platform/palette.json' with { type: 'json' };

// Mail programs know no variables and few units: every style stands on its element, in pixels. The
// classes are there for the dark scheme alone.
const colours = palette.light;

/** What an element is given: its style, and the class by which it takes its colours in the dark. */
interface Look {
  style: CSSProperties;
  className: string;
}

/** The same look with some properties of its own. */
export const varied = ({ style, className }: Look, over: CSSProperties): Look => ({
  className,
  style: { ...style, ...over },
});

const dark = palette.dark;
const DARK: Record<
  string,
  Partial<Record<'color' | 'background-color' | 'border-color', string>>
> = {
  paper: { 'background-color': dark.paper },
  'paper td': { 'background-color': dark.paper },
  ink: { color: dark.ink },
  quiet: { color: dark.quiet },
  line: { 'border-color': dark.line },
  link: { color: dark.indigo },
  'button-indigo': { color: dark['on-indigo'], 'background-color': dark.indigo },
  'button-seal': { color: dark['on-seal'], 'background-color': dark.seal },
  removed: { color: dark.alert, 'background-color': dark['alert-wash'] },
  added: { color: dark['indigo-strong'], 'background-color': dark['indigo-wash'] },
};

/** Rules of the dark scheme; `before` a class stands what a program asks for. */
const darkRules = (before: (property: string) => string) =>
  Object.entries(DARK)
    .flatMap(([name, colours]) =>
      Object.entries(colours).map(
        ([property, value]) => `${before(property)}.${name}{${property}:${value} !important}`,
      ),
    )
    .join('\n');

/**
 * The style sheet of the dark scheme: for programs that follow the reader's setting, and for those
 * of Outlook that mark what they have darkened themselves (`data-ogsc` colours, `data-ogsb`
 * backgrounds). Others keep the light scheme or darken it on their own.
 */
export const darkScheme = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
${darkRules(() => '')}
}
${darkRules((property) => (property === 'background-color' ? '[data-ogsb] ' : '[data-ogsc] '))}`;

// Struck out and underlined as well as coloured: neither colour nor a style alone says what changed.
export const marks: Record<'removed' | 'added', Look> = {
  removed: {
    className: 'removed',
    style: {
      color: colours.alert,
      backgroundColor: colours['alert-wash'],
      textDecoration: 'line-through',
    },
  },
  added: {
    className: 'added',
    style: {
      color: colours['indigo-strong'],
      backgroundColor: colours['indigo-wash'],
      textDecoration: 'underline',
    },
  },
};

const sans = {
  ja: '"Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic", YuGothic, "Noto Sans JP", "Noto Sans CJK JP", Meiryo, sans-serif',
  en: '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans JP", "Noto Sans CJK JP", sans-serif',
};

const serif = {
  ja: '"Hiragino Mincho ProN", "Yu Mincho", YuMincho, "Noto Serif JP", "Noto Serif CJK JP", serif',
  en: 'Georgia, "Times New Roman", "Hiragino Mincho ProN", "Noto Serif JP", "Noto Serif CJK JP", serif',
};

/** Japanese is set a little smaller and wider apart than Latin. */
export function styles(language: MailLanguage) {
  const text: CSSProperties = {
    fontFamily: sans[language],
    fontSize: language === 'ja' ? '15px' : '16px',
    lineHeight: language === 'ja' ? '1.9' : '1.6',
    color: colours.ink,
    margin: '0 0 20px',
    textWrap: 'pretty',
  };
  const small: CSSProperties = {
    ...text,
    fontSize: '13px',
    lineHeight: language === 'ja' ? '1.8' : '1.55',
    color: colours.quiet,
  };
  const look = (className: string, style: CSSProperties): Look => ({ className, style });
  return {
    body: look('paper', {
      backgroundColor: colours.paper,
      margin: '0',
      padding: '0',
      ...(language === 'ja' ? { lineBreak: 'strict' } : {}),
    }),
    container: { maxWidth: '560px', margin: '0 auto', padding: '40px 24px 56px' },
    kicker: look('quiet', {
      ...small,
      margin: '0 0 6px',
      ...(language === 'ja' ? { letterSpacing: '0.08em' } : {}),
    }),
    title: look('ink', {
      fontFamily: serif[language],
      fontSize: language === 'ja' ? '22px' : '23px',
      lineHeight: language === 'ja' ? '1.55' : '1.35',
      fontWeight: 600,
      color: colours.ink,
      margin: '0',
      textWrap: 'balance',
    }),
    rule: look('line', {
      border: 'none',
      borderTop: `1px solid ${colours.line}`,
      width: '100%',
      margin: '28px 0',
    }),
    text: look('ink', text),
    quotation: look('ink line', {
      ...text,
      borderLeft: `2px solid ${colours.line}`,
      paddingLeft: '12px',
    }),
    label: look('quiet', { ...small, margin: '0 0 4px' }),
    aside: look('line', {
      borderLeft: `2px solid ${colours.line}`,
      paddingLeft: '16px',
      margin: '0 0 24px',
    }),
    name: look('ink', {
      fontFamily: serif[language],
      fontSize: '18px',
      lineHeight: '1.6',
      fontWeight: 600,
      color: colours.ink,
      margin: '0',
    }),
    otherName: look('quiet', { ...small, margin: '2px 0 0' }),
    button: (colour: 'indigo' | 'seal') =>
      look(`button-${colour}`, {
        fontFamily: sans[language],
        fontSize: '16px',
        lineHeight: '1.4',
        fontWeight: 600,
        color: colours[`on-${colour}`],
        backgroundColor: colours[colour],
        borderRadius: '4px',
        padding: '14px 28px',
        textAlign: 'center',
      }),
    buttonRow: { margin: '8px 0 20px' },
    address: look('quiet', {
      ...small,
      margin: '0 0 24px',
      wordBreak: 'break-all',
      overflowWrap: 'anywhere',
    }),
    link: look('link', { color: colours.indigo, textDecoration: 'underline' }),
    small: look('quiet', { ...small, margin: '0 0 10px' }),
  };
}
