import { createTranslator } from 'use-intl/core';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import type { Language } from '@/lib/platform/languages';
import deliveryEn from '@/messages/en/delivery.json' with { type: 'json' };
import endorsementEn from '@/messages/en/endorsement.json' with { type: 'json' };
import entryEn from '@/messages/en/entry.json' with { type: 'json' };
import signatoriesEn from '@/messages/en/signatories.json' with { type: 'json' };
import deliveryJa from '@/messages/ja/delivery.json' with { type: 'json' };
import endorsementJa from '@/messages/ja/endorsement.json' with { type: 'json' };
import entryJa from '@/messages/ja/entry.json' with { type: 'json' };
import signatoriesJa from '@/messages/ja/signatories.json' with { type: 'json' };

const EN = {
  signatories: signatoriesEn,
  delivery: deliveryEn,
  entry: entryEn,
  endorsement: endorsementEn,
};
// The types are those of the English files. A test checks that the Japanese ones have the same
// keys.
const MESSAGES: Record<Locale, typeof EN> = {
  ja: {
    signatories: signatoriesJa as typeof signatoriesEn,
    delivery: deliveryJa as typeof deliveryEn,
    entry: entryJa as typeof entryEn,
    endorsement: endorsementJa as typeof endorsementEn,
  },
  en: EN,
};

/** The interface language for the messages around a text in `language`: the same, or English. */
export const wordsOf = (language: Language): Locale =>
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

/** The messages of a receipt: its own, and those that the entry's page and its forms have too. */
export function receiptWords(language: Language) {
  const from = { locale: wordsOf(language), messages: MESSAGES[wordsOf(language)] };
  return {
    t: createTranslator({ ...from, namespace: 'delivery.receipt' }),
    tally: createTranslator({ ...from, namespace: 'delivery.tally' }),
    history: createTranslator({ ...from, namespace: 'entry.history' }),
    endorsement: createTranslator({ ...from, namespace: 'endorsement' }),
  };
}

/** The date at a moment in a time zone, in long format: April 23, 2025; 2025年4月23日. */
export function dayIn(language: Language, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
}

/** What signatories are told of a delivery. */
export function toldWords(language: Language) {
  return createTranslator({
    locale: wordsOf(language),
    messages: MESSAGES[wordsOf(language)],
    namespace: 'delivery.mailing',
  });
}

/** The date and time at a moment in a time zone. */
export function momentIn(language: Language, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(at);
}

/** The name of a time zone: Japan Standard Time; 日本標準時. */
export function zoneIn(language: Language, at: Date, timeZone: string): string {
  return (
    new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'long' })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  );
}
