import { createTranslator } from 'use-intl/core';
import type { Language } from '../letter/parts.ts';
import deliveryEn from '../../messages/en/delivery.json' with { type: 'json' };
import letterEn from '../../messages/en/letter.json' with { type: 'json' };
import deliveryJa from '../../messages/ja/delivery.json' with { type: 'json' };
import letterJa from '../../messages/ja/letter.json' with { type: 'json' };

export const LANGUAGES = ['ja', 'en'] as const satisfies readonly Language[];

// The compiler holds the Japanese files to the same keys by tests; what is typed here are the English ones.
const MESSAGES: Record<Language, { letter: typeof letterEn; delivery: typeof deliveryEn }> = {
  ja: { letter: letterJa as typeof letterEn, delivery: deliveryJa as typeof deliveryEn },
  en: { letter: letterEn, delivery: deliveryEn },
};

/** The words over and under lists of signatories in a language, as the letter's page has them; for files, which know no page. */
export function listWords(language: Language) {
  return createTranslator({ locale: language, messages: MESSAGES[language], namespace: 'letter.signatories' });
}

/** The words in a delivery's files. */
export function fileWords(language: Language) {
  return createTranslator({ locale: language, messages: MESSAGES[language], namespace: 'delivery.files' });
}

/** A moment's day in a language and a time zone: April 23, 2025; 2025年4月23日. */
export function dayIn(language: Language, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
}
