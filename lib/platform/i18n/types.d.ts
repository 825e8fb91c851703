import type common from '../../../messages/en/common.json';
import type letter from '../../../messages/en/letter.json';
import type endorse from '../../../messages/en/endorse.json';
import type admin from '../../../messages/en/admin.json';
import type running from '../../../messages/en/running.json';
import type writing from '../../../messages/en/writing.json';
import type revision from '../../../messages/en/revision.json';
import type times from '../../../messages/en/times.json';
import type listing from '../../../messages/en/listing.json';
import type delivery from '../../../messages/en/delivery.json';
import type { Locale } from './routing.ts';

// Message keys are checked by the compiler against the English files.
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: {
      common: typeof common;
      letter: typeof letter;
      endorse: typeof endorse;
      admin: typeof admin;
      running: typeof running;
      writing: typeof writing;
      revision: typeof revision;
      times: typeof times;
      listing: typeof listing;
      delivery: typeof delivery;
    };
  }
}
