import { listSettings, type ListSettings } from '@/lib/letter/list-settings';
import { titledFields, type TitledText } from '@/lib/letter/rules';
import { nameFields, namesOf, openNames, type Names } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type {
  ActorKind,
  DeclineReason,
  NominationKind,
  Visibility,
} from '@/lib/platform/db/generated/enums';
import { byLanguage, present, type ByLanguage } from '@/lib/platform/languages';
import { hashToken, isToken } from '@/lib/platform/tokens';
import { authorisationFields, authorisedOf, type Authorised } from '../authorisation';
import { FIRST_REPRESENTATIVE } from '../representatives/queries';
import { deletionOf } from '../retention/queries';
import type { Deletion } from '../retention/rules';
import { declineWords } from '../review/reasons/queries';
import type { State } from '../rules';
import { SHOWN_STEPS, type ShownStep } from './rules';

/** A step in the history of an entry, as its organization sees it: not which coordinator took it. */
export interface EntryStep {
  step: ShownStep | 'sign' | 'confirm';
  by: ActorKind;
  at: Date;
}

/** Another letter that the organization has signed with the same address. */
export interface OtherEntry {
  letterSlug: string;
  letterTitles: ByLanguage<TitledText>;
  state: State;
}

/** A change that waits for a coordinator. */
export interface ProposedChange extends Names {
  website: string | null;
  category: string | null;
  visibility: Visibility;
  proposedAt: Date;
}

/** A representative of an entry, as the others see them. */
export interface OwnRepresentative {
  id: string;
  name: string | null;
  role: string | null;
  email: string | null;
  /** Whether the link is theirs. */
  isReader: boolean;
}

/** Somebody who has been nominated and has not answered. */
export interface PendingNomination {
  id: string;
  kind: NominationKind;
  name: string;
  role: string;
  email: string;
  /** The id of the representative who nominated them. */
  nominatedById: string;
  expiresAt: Date;
}

/** An entry as its organization sees it. */
export interface OwnEntry extends Names {
  id: string;
  version: number;
  state: Exclude<State, 'submitted'>;
  letterSlug: string;
  letterTitles: ByLanguage<TitledText>;
  timeZone: string;
  settings: ListSettings;
  visibility: Visibility;
  website: string | null;
  category: string | null;
  country: string;
  /** The first one first. */
  representatives: OwnRepresentative[];
  nominations: PendingNomination[];
  /** The representative whose link it is. */
  reader: OwnRepresentative & { email: string };
  authorised: Authorised;
  /** The revision it signed, and the one it stands behind now. */
  signedRevision: number;
  revision: number;
  /** Whether it has yet to reaffirm for the binding revision. */
  isEarlier: boolean;
  /** Whether it has been asked to, and can answer. */
  isAsked: boolean;
  /** Newest delivery whose list holds it. */
  delivery: number | null;
  /** One of the usual ones; null: none, or one of the letter's own, of which `declineTexts` says all. */
  declineReason: DeclineReason | null;
  /** What it is told of the reason in the letter's own words. */
  declineTexts: ByLanguage;
  declineNote: string | null;
  withdrawnBy: ActorKind | null;
  /** What it wants changed and no coordinator has decided on yet. */
  proposed: ProposedChange | null;
  erasureRequestedAt: Date | null;
  /** What becomes of its contact data; null while the letter has no end. */
  deletion: Deletion | null;
  /** When the link expires. */
  expiresAt: Date;
  /** Oldest first. */
  history: EntryStep[];
  /** Newest first. */
  others: OtherEntry[];
}

/** A proposed change from its row. */
export function proposedChange({
  names,
  reading,
  website,
  category,
  visibility,
  proposedAt,
}: Omit<Prisma.ProposedChangeGetPayload<object>, 'endorsementId'>): ProposedChange {
  return {
    ...openNames({ names: present(names as ByLanguage), reading }),
    website,
    category,
    visibility,
    proposedAt,
  };
}

/** Steps of an entry's history, and other letters, that its page shows at most. */
const SHOWN = 100;

const letterFields = { slug: true, current: titledFields.current } as const;

const entryFields = {
  id: true,
  letterId: true,
  version: true,
  state: true,
  nameKey: true,
  organizationId: true,
  visibility: true,
  website: true,
  category: true,
  country: true,
  signedRevision: true,
  revision: true,
  delivery: true,
  declineReason: true,
  ownDeclineReasonId: true,
  declineNote: true,
  withdrawnBy: true,
  erasureRequestedAt: true,
  proposedChange: true,
  reaffirmations: { select: { revision: true, answer: true, expiresAt: true } },
  submittedAt: true,
  verifiedAt: true,
  names: { select: nameFields },
  ...authorisationFields,
  representatives: {
    orderBy: [...FIRST_REPRESENTATIVE],
    select: { id: true, name: true, role: true, contact: { select: { email: true } } },
  },
  letter: {
    select: {
      ...letterFields,
      timeZone: true,
      listSettings: true,
      bindingRevision: true,
    },
  },
} as const satisfies Prisma.EndorsementSelect;

type Row = Prisma.EndorsementGetPayload<{ select: typeof entryFields }>;

/** The Prisma condition of a link with `token` that works. */
export const workingLink = (token: string, now: Date) => ({
  tokenHash: hashToken(token),
  expiresAt: { gt: now },
});

const titlesOf = ({ current }: { current: { titles: TitledText[] } | null }) =>
  byLanguage(current?.titles ?? [], (text) => text);

async function historyOf({ id, submittedAt, verifiedAt }: Row): Promise<EntryStep[]> {
  const events = await db().auditEvent.findMany({
    where: { endorsementId: id, action: { in: [...SHOWN_STEPS] } },
    orderBy: { id: 'desc' },
    take: SHOWN,
    select: { action: true, actorKind: true, at: true },
  });
  const own = { by: 'representative' } as const;
  return [
    { step: 'sign', ...own, at: submittedAt },
    ...(verifiedAt ? [{ step: 'confirm', ...own, at: verifiedAt } as const] : []),
    ...events
      .reverse()
      .map(({ action, actorKind, at }) => ({ step: action as ShownStep, by: actorKind, at })),
  ];
}

/**
 * Other entries of the organization that the same contact represents. Somebody who signs for two
 * organizations may pass the link of one on, so it shows nothing of the other.
 */
async function othersOf(
  { id, organizationId, nameKey }: Row,
  contactId: string | null,
): Promise<OtherEntry[]> {
  if (contactId === null) return [];
  const rows = await db().endorsement.findMany({
    where: {
      representatives: { some: { contactId } },
      id: { not: id },
      proof: 'email',
      state: { not: 'submitted' },
      OR: [{ nameKey }, ...(organizationId ? [{ organizationId }] : [])],
    },
    orderBy: [{ submittedAt: 'desc' }, { id: 'asc' }],
    take: SHOWN,
    select: { state: true, letter: { select: letterFields } },
  });
  return rows.map(({ state, letter }) => ({
    letterSlug: letter.slug,
    letterTitles: titlesOf(letter),
    state,
  }));
}

/** Who has been nominated for an entry and has not answered, the first one first. */
const nominationsOf = async (endorsementId: string, now: Date): Promise<PendingNomination[]> =>
  db().nomination.findMany({
    where: { endorsementId, expiresAt: { gt: now } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      kind: true,
      name: true,
      role: true,
      email: true,
      nominatedById: true,
      expiresAt: true,
    },
  });

/** The entry that the private link with `token` opens. Reading it changes nothing. */
export async function ownEntry(
  token: string,
  now: Date = new Date(),
): Promise<OwnEntry | { state: 'unknown' }> {
  if (!isToken(token)) return { state: 'unknown' };
  const link = await db().entryLink.findUnique({
    where: workingLink(token, now),
    select: {
      expiresAt: true,
      representative: {
        select: {
          id: true,
          contactId: true,
          contact: { select: { email: true } },
          endorsement: { select: entryFields },
        },
      },
    },
  });
  const row = link?.representative.endorsement;
  const email = link?.representative.contact?.email;
  if (!row || email === undefined || row.state === 'submitted') return { state: 'unknown' };
  const [history, others, nominations, declineTexts, deletion] = await Promise.all([
    historyOf(row),
    othersOf(row, link!.representative.contactId),
    nominationsOf(row.id, now),
    row.declineReason
      ? declineWords(row.letterId, { reason: row.declineReason, own: row.ownDeclineReasonId })
      : {},
    deletionOf(db(), row.id, now),
  ]);
  const { letter } = row;
  const representatives = row.representatives.map(({ contact, ...person }) => ({
    ...person,
    email: contact?.email ?? null,
    isReader: person.id === link!.representative.id,
  }));
  const reader = { ...representatives.find(({ isReader }) => isReader)!, email };
  return {
    ...namesOf(row.names),
    id: row.id,
    version: row.version,
    state: row.state,
    letterSlug: letter.slug,
    letterTitles: titlesOf(letter),
    timeZone: letter.timeZone,
    settings: listSettings(letter.listSettings),
    visibility: row.visibility,
    website: row.website,
    category: row.category,
    country: row.country,
    representatives,
    nominations,
    reader,
    authorised: authorisedOf(row),
    signedRevision: row.signedRevision,
    revision: row.revision,
    isEarlier:
      (row.state === 'approved' || row.state === 'verified') &&
      row.revision < (letter.bindingRevision ?? 1),
    isAsked: row.reaffirmations.some(
      ({ revision, answer, expiresAt }) =>
        revision === letter.bindingRevision &&
        answer === null &&
        expiresAt !== null &&
        expiresAt > now,
    ),
    delivery: row.delivery,
    declineReason: row.ownDeclineReasonId === null ? row.declineReason : null,
    declineTexts,
    declineNote: row.declineNote,
    withdrawnBy: row.withdrawnBy,
    proposed: row.proposedChange && proposedChange(row.proposedChange),
    erasureRequestedAt: row.erasureRequestedAt,
    deletion,
    expiresAt: link!.expiresAt,
    history,
    others,
  };
}
