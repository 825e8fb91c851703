import { createTranslator } from 'use-intl/core';
import type { Locale } from '@/lib/platform/i18n/routing';
import entryEn from '@/messages/en/entry.json' with { type: 'json' };
import entryJa from '@/messages/ja/entry.json' with { type: 'json' };

// The type is that of the English file. A test checks that the Japanese one has the same keys.
const MESSAGES = { ja: { entry: entryJa as typeof entryEn }, en: { entry: entryEn } };

/** The words of texts to share, in the language of the text and not of the page. */
export function sharingWords(locale: Locale) {
  return createTranslator({
    locale,
    messages: MESSAGES[locale],
    namespace: 'entry.share.texts',
  });
}
