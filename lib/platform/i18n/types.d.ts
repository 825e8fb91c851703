import type common from '@/messages/en/common.json';
import type admin from '@/messages/en/admin.json';
import type coordinator from '@/messages/en/coordinator.json';
import type letter from '@/messages/en/letter.json';
import type endorsement from '@/messages/en/endorsement.json';
import type entry from '@/messages/en/entry.json';
import type revision from '@/messages/en/revision.json';
import type signatories from '@/messages/en/signatories.json';
import type delivery from '@/messages/en/delivery.json';
import type update from '@/messages/en/update.json';
import type mailing from '@/messages/en/mailing.json';
import type { Locale } from './routing';

// The compiler checks message keys against the English files.
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: {
      common: typeof common;
      admin: typeof admin;
      coordinator: typeof coordinator;
      letter: typeof letter;
      endorsement: typeof endorsement;
      entry: typeof entry;
      revision: typeof revision;
      signatories: typeof signatories;
      delivery: typeof delivery;
      update: typeof update;
      mailing: typeof mailing;
    };
  }
}
