import type { MailLanguage } from './words';
import type { CSSProperties } from 'react';

import palette from '@/lib/platform/palette.json' with { type: 'json' };

// Mail programs know no variables and few units: every style stands on its element, in pixels.

/** Mails ask for the light scheme (layout.tsx). */
export const colours = palette.light;

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
  return {
    body: {
      backgroundColor: colours.paper,
      margin: '0',
      padding: '0',
      ...(language === 'ja' ? { lineBreak: 'strict' } : {}),
    } as CSSProperties,
    container: { maxWidth: '560px', margin: '0 auto', padding: '40px 24px 56px' } as CSSProperties,
    kicker: {
      ...small,
      margin: '0 0 6px',
      ...(language === 'ja' ? { letterSpacing: '0.08em' } : {}),
    } as CSSProperties,
    title: {
      fontFamily: serif[language],
      fontSize: language === 'ja' ? '22px' : '23px',
      lineHeight: language === 'ja' ? '1.55' : '1.35',
      fontWeight: 600,
      color: colours.ink,
      margin: '0',
      textWrap: 'balance',
    } as CSSProperties,
    rule: {
      border: 'none',
      borderTop: `1px solid ${colours.line}`,
      width: '100%',
      margin: '28px 0',
    } as CSSProperties,
    text,
    label: { ...small, margin: '0 0 4px' } as CSSProperties,
    aside: {
      borderLeft: `2px solid ${colours.line}`,
      paddingLeft: '16px',
      margin: '0 0 24px',
    } as CSSProperties,
    name: {
      fontFamily: serif[language],
      fontSize: '18px',
      lineHeight: '1.6',
      fontWeight: 600,
      color: colours.ink,
      margin: '0',
    } as CSSProperties,
    otherName: { ...small, margin: '2px 0 0' } as CSSProperties,
    button: (colour: 'indigo' | 'seal'): CSSProperties => ({
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
    buttonRow: { margin: '8px 0 20px' } as CSSProperties,
    address: {
      ...small,
      margin: '0 0 24px',
      wordBreak: 'break-all',
      overflowWrap: 'anywhere',
    } as CSSProperties,
    link: { color: colours.indigo, textDecoration: 'underline' } as CSSProperties,
    small: { ...small, margin: '0 0 10px' } as CSSProperties,
  };
}
