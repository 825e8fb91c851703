import { signing, titledFields } from '@/lib/letter/rules';
import { nameFields, namesOf } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import { byLanguage } from '@/lib/platform/languages';
import { isToken } from '@/lib/platform/tokens';
import { workingLink } from '../entry/queries';
import { mayShowName, type State } from '../rules';
import type { Shared } from './texts';

/** What there is to share of an entry; nothing before it is approved, and after it has left the list. */
export type SharedEntry =
  | ({ state: 'approved' } & Shared)
  | { state: Exclude<State, 'approved' | 'submitted'> | 'unknown' };

/**
 * What the organization whose private link has `token` can share. A withheld name is not even
 * opened.
 */
export async function sharedEntry(token: string, now: Date = new Date()): Promise<SharedEntry> {
  if (!isToken(token)) return { state: 'unknown' };
  const link = await db().entryLink.findUnique({
    where: workingLink(token, now),
    select: {
      representative: {
        select: {
          contactId: true,
          endorsement: {
            select: {
              state: true,
              visibility: true,
              names: { select: nameFields },
              letter: {
                select: {
                  slug: true,
                  current: titledFields.current,
                  opensAt: true,
                  closesAt: true,
                  archivedAt: true,
                  pausedAt: true,
                  afterClosing: true,
                },
              },
            },
          },
        },
      },
    },
  });
  if (!link?.representative.contactId) return { state: 'unknown' };
  const { endorsement: entry } = link.representative;
  if (entry.state === 'submitted') return { state: 'unknown' };
  const { state, visibility, names, letter } = entry;
  if (state !== 'approved') return { state };
  return {
    state,
    letterSlug: letter.slug,
    letterTitles: byLanguage(letter.current?.titles ?? [], (text) => text),
    canSign: ['open', 'late'].includes(signing(letter, now)),
    names: mayShowName(visibility, 'public') ? namesOf(names).names : null,
  };
}
