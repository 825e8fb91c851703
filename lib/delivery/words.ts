import { createTranslator } from 'use-intl/core';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import type { Language } from '@/lib/platform/languages';
import deliveryEn from '@/messages/en/delivery.json' with { type: 'json' };
import signatoriesEn from '@/messages/en/signatories.json' with { type: 'json' };
import deliveryJa from '@/messages/ja/delivery.json' with { type: 'json' };
import signatoriesJa from '@/messages/ja/signatories.json' with { type: 'json' };

// The compiler holds the Japanese files to the same keys by tests; what is typed here are the English ones.
const MESSAGES: Record<Locale, { signatories: typeof signatoriesEn; delivery: typeof deliveryEn }> =
  {
    ja: {
      signatories: signatoriesJa as typeof signatoriesEn,
      delivery: deliveryJa as typeof deliveryEn,
    },
    en: { signatories: signatoriesEn, delivery: deliveryEn },
  };

/** The language of the interface whose words go with a text in `language`: its own, or English. */
const wordsOf = (language: Language): Locale =>
  routing.locales.find((locale) => locale === language) ?? 'en';

/** The words over and under lists of signatories in a language, as the letter's page has them; for files, which know no page. */
export function listWords(language: Language) {
  return createTranslator({
    locale: wordsOf(language),
    messages: MESSAGES[wordsOf(language)],
    namespace: 'signatories.list',
  });
}

/** The words in a delivery's files. */
export function fileWords(language: Language) {
  return createTranslator({
    locale: wordsOf(language),
    messages: MESSAGES[wordsOf(language)],
    namespace: 'delivery.files',
  });
}

/** A moment's day in a language and a time zone: April 23, 2025; 2025年4月23日. */
export function dayIn(language: Language, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
}
