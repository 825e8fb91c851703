import type common from '../../../messages/en/common.json';
import type letter from '../../../messages/en/letter.json';
import type endorse from '../../../messages/en/endorse.json';
import type admin from '../../../messages/en/admin.json';
import type { Locale } from './routing.ts';

// Message keys are checked by the compiler against the English files.
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: { common: typeof common; letter: typeof letter; endorse: typeof endorse; admin: typeof admin };
  }
}
