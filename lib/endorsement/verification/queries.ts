import { categoryOf } from '@/lib/letter/categories';
import { listSettings, type ListSettings } from '@/lib/letter/list-settings';
import { titledFields, type TitledText } from '@/lib/letter/rules';
import { nameFields, namesOf, type Names } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import { ATTEMPTS_SHOWN } from '@/lib/platform/limits';
import { hashToken, isToken } from '@/lib/platform/tokens';
import {
  authorisationFields,
  authorisedDay,
  authorisedOf,
  type Authorised,
} from '../authorisation';
import { FIRST_REPRESENTATIVE } from '../representatives/queries';
import { typedFromNames, type SignUpField } from '../schema';
import { linkState, type LinkState } from './rules';

/** A sign-up, as shown by its confirmation page. */
export interface Attempt extends Names {
  id: string;
  letterSlug: string;
  letterTitles: ByLanguage<TitledText>;
  submittedAt: Date;
  /** The letter's newest revision, which a confirmation applies to. */
  revision: number;
  /** Whether there was a change of substance since the sign-up. */
  changedSince: boolean;
}

export interface KnownConfirmation extends Attempt {
  state: LinkState;
  website: string | null;
  country: string;
  representativeName: string | null;
  representativeRole: string | null;
  authorised: Authorised;
  /** Its category by language; null: none. */
  category: ByLanguage | null;
  categoryId: string | null;
  visibility: Visibility;
  /**
   * Other unconfirmed sign-ups with the same address, newest first. The holder of a link can read
   * the mailbox, so they may confirm any of them. This keeps an address usable even if others have
   * exhausted its mail limit.
   */
  others: Attempt[];
}

export type Confirmation = KnownConfirmation | { state: 'unknown' };

const attemptFields = {
  id: true,
  letterId: true,
  state: true,
  proof: true,
  nameKey: true,
  submittedAt: true,
  revision: true,
  names: { select: nameFields },
  letter: {
    select: {
      slug: true,
      revision: true,
      bindingRevision: true,
      listSettings: true,
      current: titledFields.current,
    },
  },
} as const satisfies Prisma.EndorsementSelect;

const linkFields = {
  expiresAt: true,
  endorsement: {
    select: {
      ...attemptFields,
      website: true,
      category: true,
      country: true,
      visibility: true,
      contact: { select: { emailKey: true } },
      ...authorisationFields,
      // Whoever signed: others join once it is confirmed.
      representatives: {
        orderBy: [...FIRST_REPRESENTATIVE],
        take: 1,
        select: { name: true, role: true },
      },
    },
  },
} as const satisfies Prisma.VerificationSelect;

function toAttempt(row: Prisma.EndorsementGetPayload<{ select: typeof attemptFields }>): Attempt {
  const { letter } = row;
  return {
    ...namesOf(row.names),
    id: row.id,
    letterSlug: letter.slug,
    letterTitles: byLanguage(letter.current?.titles ?? [], (text) => text),
    submittedAt: row.submittedAt,
    revision: letter.revision ?? row.revision,
    changedSince: row.revision < (letter.bindingRevision ?? 1),
  };
}

const linkOf = (token: string) =>
  db().verification.findUnique({ where: { tokenHash: hashToken(token) }, select: linkFields });

type Link = NonNullable<Awaited<ReturnType<typeof linkOf>>>;

/** Whether nothing of a link was deleted while it was read; every unconfirmed sign-up has a contact. */
function isWhole({ endorsement }: Link): boolean {
  const read = endorsement as typeof endorsement | null;
  return read !== null && (read.contact !== null || read.state !== 'submitted');
}

/** The state of the confirmation link with `token`. Reading it changes nothing. */
export async function confirmation(token: string, now: Date = new Date()): Promise<Confirmation> {
  if (!isToken(token)) return { state: 'unknown' };
  // Prisma reads a link, its endorsement and its contact one after the other. If another sign-up of
  // the address was confirmed meanwhile, which deletes this one, they are read again: the link then
  // refers to the confirmed one. Not in a transaction: a thousand at once would wait for connections.
  const found = await linkOf(token);
  const link = found && !isWhole(found) ? await linkOf(token) : found;
  if (!link || !isWhole(link)) return { state: 'unknown' };
  const { endorsement } = link;
  const { contact } = endorsement;
  const sameAddress = contact
    ? await db().endorsement.findMany({
        where: {
          representatives: { some: { contact: { emailKey: contact.emailKey } } },
          id: { not: endorsement.id },
          // An attested endorsement has no confirmed address, so it is excluded.
          OR: [{ state: 'submitted' }, { contact: { verifiedAt: { not: null } } }],
        },
        // Confirmed ones first, since they determine what can still be confirmed.
        orderBy: [{ state: 'desc' }, { submittedAt: 'desc' }, { id: 'asc' }],
        take: 10 * ATTEMPTS_SHOWN,
        select: attemptFields,
      })
    : [];
  const signs = ({ letterId, nameKey }: { letterId: string; nameKey: string }) =>
    `${letterId} ${nameKey}`;
  const confirmed = new Set(
    [endorsement, ...sameAddress].filter(({ state }) => state !== 'submitted').map(signs),
  );
  const open = sameAddress.filter(
    (other) => other.state === 'submitted' && !confirmed.has(signs(other)),
  );
  return {
    ...toAttempt(endorsement),
    state: linkState(link, endorsement, confirmed.has(signs(endorsement)), now),
    website: endorsement.website,
    country: endorsement.country,
    representativeName: endorsement.representatives[0]?.name ?? null,
    representativeRole: endorsement.representatives[0]?.role ?? null,
    authorised: authorisedOf(endorsement),
    category:
      categoryOf(listSettings(endorsement.letter.listSettings), endorsement.category)?.names ??
      null,
    categoryId: endorsement.category,
    visibility: endorsement.visibility,
    others: link.expiresAt <= now ? [] : open.slice(0, ATTEMPTS_SHOWN).map(toAttempt),
  };
}

/** An unconfirmed sign-up, to be corrected by whoever opened its link. */
export interface CorrectableSignUp {
  letterSlug: string;
  letterTitles: ByLanguage<TitledText>;
  /** As the letter asks now; whoever asked for a withheld name can keep asking for it. */
  settings: ListSettings;
  email: string;
  /** The fields of the sign-up form as this sign-up fills them in. */
  typed: Record<Exclude<SignUpField, 'mayEndorse' | 'privacyConsent'>, string>;
}

/** The sign-up of the link with `token`, or null if it cannot be confirmed, and so not corrected. */
export async function correctable(
  token: string,
  now: Date = new Date(),
): Promise<CorrectableSignUp | null> {
  const found = await confirmation(token, now);
  if (found.state !== 'ready') return null;
  const row = await db().endorsement.findUnique({
    where: { id: found.id },
    select: {
      contact: { select: { email: true } },
      letter: { select: { listSettings: true } },
    },
  });
  if (!row?.contact) return null;
  const settings = listSettings(row.letter.listSettings);
  const { email } = row.contact;
  return {
    letterSlug: found.letterSlug,
    letterTitles: found.letterTitles,
    settings: {
      ...settings,
      offersWithheld: settings.offersWithheld || found.visibility === 'withheld',
    },
    email,
    typed: {
      ...typedFromNames(found, found.country),
      category: categoryOf(settings, found.categoryId)?.id ?? '',
      website: found.website ?? '',
      country: found.country,
      representativeName: found.representativeName ?? '',
      representativeRole: found.representativeRole ?? '',
      representativeEmail: email,
      authorisedHow: found.authorised.authorisedHow ?? '',
      authorisedBy: found.authorised.authorisedBy ?? '',
      authorisedOn: authorisedDay(found.authorised),
      visibility: found.visibility,
    },
  };
}
