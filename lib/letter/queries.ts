import { LRUCache } from 'lru-cache';
import {
  accessFields,
  accessTo,
  type AccessFor,
  type SignedInCoordinator,
} from '@/lib/coordinator/access';
import type { Act } from '@/lib/coordinator/permissions';
import { db, PREPARED } from '@/lib/platform/db/client';
import type { PressureMode, Role } from '@/lib/platform/db/generated/enums';
import type { Language } from '@/lib/platform/languages';
import { listSettings, type ListSettings } from './list-settings';
import { isSlug, letterStatus, loneTitle, textFor, titledFields } from './rules';
import { timesFields, toRounds, toTimes } from './times/queries';
import type { Round, Times } from './times/rules';

/** What sign-ups need of a letter. Whatever writes its titles writes its row, too. */
async function readSignedLetter(slug: string) {
  const letter = await db().letter.findUniqueOrThrow({
    where: { slug },
    select: {
      ...titledFields,
      id: true,
      slug: true,
      opensAt: true,
      closesAt: true,
      archivedAt: true,
      pausedAt: true,
      pressure: true,
      pressureUntil: true,
      afterClosing: true,
      timeZone: true,
      contactEmail: true,
      revision: true,
      bindingRevision: true,
      listSettings: true,
    },
  });
  return { ...letter, listSettings: listSettings(letter.listSettings) };
}

export type SignedLetter = Awaited<ReturnType<typeof readSignedLetter>>;

/** How many letters a process remembers; the least recently used is forgotten. */
const REMEMBERED = 200;

const remembered = new LRUCache<string, { version: string; letter: SignedLetter }>({
  max: REMEMBERED,
});

/**
 * The letter at `slug` as a sign-up signs it, or null if there is none: every one of thousands a
 * minute asks for it. It is read when its row has changed since this
 * process last did: PostgreSQL gives each version of a row another `xmin`. That is asked for first,
 * so that a change meanwhile is seen the next time.
 */
export async function signedLetter(slug: string): Promise<SignedLetter | null> {
  if (!isSlug(slug)) return null;
  const [row] = await db().$queryRaw<{ version: string }[]>`
    ${PREPARED} SELECT id || ' ' || xmin::text AS version FROM letter WHERE slug = ${slug}`;
  if (!row) return null;
  const known = remembered.get(slug);
  if (known?.version === row.version) return known.letter;
  const letter = await readSignedLetter(slug);
  remembered.set(slug, { version: row.version, letter });
  return letter;
}

/**
 * The current slug of the letter that formerly had `slug`; null if there is none or the letter has
 * not opened, so that its existence is not revealed.
 */
export async function movedTo(slug: string): Promise<string | null> {
  if (!isSlug(slug)) return null;
  const found = await db().letterSlug.findUnique({
    where: { slug },
    select: {
      letter: { select: { slug: true, opensAt: true, closesAt: true, archivedAt: true } },
    },
  });
  if (!found || found.letter.slug === slug) return null;
  return letterStatus(found.letter, new Date()) === 'draft' ? null : found.letter.slug;
}

/** A letter, as shown to its coordinators. */
export interface ManagedLetter extends Times {
  id: string;
  slug: string;
  /** Title of the working text, in the reader's language if available. */
  title: string;
  titleLanguage: Language;
  authoritativeLanguage: Language;
  date: Date;
  contactEmail: string | null;
  /** Whether unconfirmed sign-ups are reminded. */
  reminds: boolean;
  archivedAt: Date | null;
  pausedAt: Date | null;
  pressure: PressureMode;
  pressureUntil: Date | null;
  /** Number of the newest published revision; null if nothing is published. */
  revision: number | null;
  bindingRevision: number | null;
  delivery: number | null;
  /** Incremented by every public change. */
  publicVersion: number;
  listSettings: ListSettings;
}

/**
 * A coordinator's access to the letter at `slug` for an act, and the letter with its current state,
 * for every admin page of it. Null like {@link letterAccess}.
 */
export async function managedLetter<A extends Act>(
  coordinator: SignedInCoordinator,
  slug: string,
  act: A,
  reader: Language,
): Promise<{ access: AccessFor<A>; letter: ManagedLetter } | null> {
  if (!isSlug(slug)) return null;
  const row = await db().letter.findUnique({
    where: { slug },
    select: {
      ...accessFields(coordinator),
      ...timesFields,
      authoritativeLanguage: true,
      date: true,
      contactEmail: true,
      reminds: true,
      archivedAt: true,
      pausedAt: true,
      pressure: true,
      pressureUntil: true,
      revision: true,
      bindingRevision: true,
      delivery: true,
      publicVersion: true,
      listSettings: true,
      texts: { select: { language: true, title: true } },
    },
  });
  const access = row && accessTo(coordinator, row, act);
  if (!access) return null;
  const { texts, roles: _roles, rounds: _rounds, deadlineLabels: _labels, ...letter } = row;
  const text = textFor(texts, reader, letter.authoritativeLanguage);
  return {
    access,
    letter: {
      ...letter,
      ...toTimes(row),
      title: text?.title ? loneTitle(text.title) : letter.slug,
      titleLanguage: text?.language ?? reader,
      listSettings: listSettings(letter.listSettings),
    },
  };
}

/** An item in a coordinator's list of letters. */
export interface ManagedLetterSummary {
  id: string;
  slug: string;
  role: Role;
  titles: { language: Language; title: string }[];
  authoritativeLanguage: Language;
  opensAt: Date | null;
  closesAt: Date | null;
  archivedAt: Date | null;
  timeZone: string;
  rounds: Round[];
  internalDeadlineAt: Date | null;
}

/**
 * The letters on which a coordinator has a role (for administrators, all letters).
 */
export async function managedLetters(
  coordinator: SignedInCoordinator,
): Promise<ManagedLetterSummary[]> {
  const letters = await db().letter.findMany({
    where: coordinator.isAdministrator
      ? {}
      : { roles: { some: { coordinatorId: coordinator.id } } },
    orderBy: [{ date: 'desc' }, { slug: 'asc' }],
    select: {
      id: true,
      slug: true,
      authoritativeLanguage: true,
      timeZone: true,
      opensAt: true,
      internalDeadlineAt: true,
      rounds: timesFields.rounds,
      closesAt: true,
      archivedAt: true,
      texts: { select: { language: true, title: true } },
      roles: { where: { coordinatorId: coordinator.id }, select: { role: true } },
    },
  });
  return letters.map(({ texts, roles, rounds, ...letter }) => ({
    ...letter,
    rounds: toRounds(rounds),
    titles: texts,
    role: coordinator.isAdministrator ? 'owner' : roles[0]!.role,
  }));
}
