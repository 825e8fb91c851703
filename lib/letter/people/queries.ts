import type { InstanceAdministrator, LetterAccess } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import type { Role } from '@/lib/platform/db/generated/enums';
import type { Language } from '@/lib/platform/languages';

/** A coordinator with a role on the letter. */
export interface Person {
  id: string;
  email: string;
  role: Role;
  /** Of mails to them. */
  language: Language;
  since: Date;
  hasSignedIn: boolean;
  /** The letter's only owner, who cannot leave or have a lower role. */
  isOnlyOwner: boolean;
}

/** The people of a letter: owners first, then by address. */
export async function people({ letterId }: LetterAccess): Promise<Person[]> {
  const rows = await db().letterRole.findMany({
    where: { letterId },
    orderBy: [{ role: 'desc' }, { coordinator: { email: 'asc' } }],
    select: {
      role: true,
      since: true,
      coordinator: { select: { id: true, email: true, language: true, signedInAt: true } },
    },
  });
  const owners = rows.filter(({ role }) => role === 'owner').length;
  return rows.map(({ role, since, coordinator: { signedInAt, ...person } }) => ({
    ...person,
    role,
    since,
    hasSignedIn: signedInAt !== null,
    isOnlyOwner: role === 'owner' && owners === 1,
  }));
}

/** A coordinator, as administrators see them. */
export interface Account {
  id: string;
  email: string;
  isAdministrator: boolean;
  signedInAt: Date | null;
  deactivatedAt: Date | null;
  roles: {
    role: Role;
    letter: {
      slug: string;
      authoritativeLanguage: Language;
      texts: { language: Language; title: string }[];
    };
  }[];
}

/** All coordinators of the instance with their letters: active ones first, then by address. */
export async function accounts(_administrator: InstanceAdministrator): Promise<Account[]> {
  return db().coordinator.findMany({
    orderBy: [{ deactivatedAt: { sort: 'asc', nulls: 'first' } }, { email: 'asc' }],
    select: {
      id: true,
      email: true,
      isAdministrator: true,
      signedInAt: true,
      deactivatedAt: true,
      roles: {
        orderBy: [{ letter: { date: 'desc' } }, { letterId: 'asc' }],
        select: {
          role: true,
          letter: {
            select: {
              slug: true,
              authoritativeLanguage: true,
              texts: { select: { language: true, title: true } },
            },
          },
        },
      },
    },
  });
}
