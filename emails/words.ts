import type { Language } from '@/lib/platform/languages';
import { createTranslator } from 'use-intl/core';

import mailEn from '@/messages/en/mail.json' with { type: 'json' };
import revisionEn from '@/messages/en/revision.json' with { type: 'json' };
import mailJa from '@/messages/ja/mail.json' with { type: 'json' };
import revisionJa from '@/messages/ja/revision.json' with { type: 'json' };

/** The languages that mails are written in. */
export type MailLanguage = 'ja' | 'en';

/** The language of a mail to somebody who is written to in `language`: English where there are no words in it. */
export const mailLanguage = (language: Language): MailLanguage => (language === 'ja' ? 'ja' : 'en');

/** Without a cast, so that the compiler finds a word that the Japanese files lack. */
const MESSAGES: Record<MailLanguage, { mail: typeof mailEn; revision: typeof revisionEn }> = {
  ja: { mail: mailJa, revision: revisionJa },
  en: { mail: mailEn, revision: revisionEn },
};

/** A mail with a key in place of a sentence must not be sent: it fails, and operators see why. */
const onError = (error: Error) => {
  throw error;
};

const translator = (language: MailLanguage) =>
  createTranslator({ locale: language, messages: MESSAGES[language], namespace: 'mail', onError });

const revisionTranslator = (language: MailLanguage) =>
  createTranslator({
    locale: language,
    messages: MESSAGES[language],
    namespace: 'revision',
    onError,
  });

/** The words of the mails. */
export const words = { ja: translator('ja'), en: translator('en') };

/** The names of a letter's parts and languages, as the pages about its revisions have them. */
export const revisionWords = { ja: revisionTranslator('ja'), en: revisionTranslator('en') };
