import { after } from 'next/server';
import type { LetterAccess } from '@/lib/coordinator/access';
import { markOpened } from '@/lib/endorsement/review/presence/commands';
import { errorName, log } from '@/lib/platform/log';

/**
 * Remembers for a few minutes that the current user has opened an entry, so that colleagues see it
 * there. After the response, which it must not delay or fail; the one thing that a GET writes
 * (docs/decisions/0041-who-looks-at-an-entry.md).
 */
export function rememberOpened(access: LetterAccess, entryId: string): void {
  after(() =>
    markOpened(access, entryId).catch((error: unknown) =>
      log('warn', 'an opened entry could not be noted', { error: errorName(error) }),
    ),
  );
}
