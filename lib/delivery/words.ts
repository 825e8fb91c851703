import { createTranslator } from 'use-intl/core';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import type { Language } from '@/lib/platform/languages';
import deliveryEn from '@/messages/en/delivery.json' with { type: 'json' };
import signatoriesEn from '@/messages/en/signatories.json' with { type: 'json' };
import deliveryJa from '@/messages/ja/delivery.json' with { type: 'json' };
import signatoriesJa from '@/messages/ja/signatories.json' with { type: 'json' };

// The types are those of the English files. A test checks that the Japanese ones have the same
// keys.
const MESSAGES: Record<Locale, { signatories: typeof signatoriesEn; delivery: typeof deliveryEn }> =
  {
    ja: {
      signatories: signatoriesJa as typeof signatoriesEn,
      delivery: deliveryJa as typeof deliveryEn,
    },
    en: { signatories: signatoriesEn, delivery: deliveryEn },
  };

/** The interface language for the messages around a text in `language`: the same, or English. */
const wordsOf = (language: Language): Locale =>
  routing.locales.find((locale) => locale === language) ?? 'en';

/**
 * The messages around lists of signatories, the same as on the letter's page, for code outside a
 * request.
 */
export function listWords(language: Language) {
  return createTranslator({
    locale: wordsOf(language),
    messages: MESSAGES[wordsOf(language)],
    namespace: 'signatories.list',
  });
}

/** The messages in the files of a delivery. */
export function fileWords(language: Language) {
  return createTranslator({
    locale: wordsOf(language),
    messages: MESSAGES[wordsOf(language)],
    namespace: 'delivery.files',
  });
}

/** The date at a moment in a time zone, in long format: April 23, 2025; 2025年4月23日. */
export function dayIn(language: Language, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
}
