import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { Role } from '@/lib/platform/db/generated/enums';

/** What each role may do: an observer reads without contact data, a reviewer decides, an owner also runs the letter. */
const RANK: Record<Role, number> = { observer: 0, reviewer: 1, owner: 2 };

declare const authorised: unique symbol;

/**
 * A coordinator's right to act on one letter as at least `R`. Only {@link letterAccess} makes it, so a query or command
 * that takes one cannot be called without the check.
 */
export interface LetterAccess<R extends Role = 'observer'> {
  readonly coordinatorId: string;
  readonly email: string;
  readonly letterId: string;
  readonly letterSlug: string;
  readonly role: Role;
  readonly [authorised]: Record<R, true>;
}

export type Reviewer = LetterAccess<'observer' | 'reviewer'>;
export type Owner = LetterAccess<'observer' | 'reviewer' | 'owner'>;

interface Granted {
  observer: LetterAccess;
  reviewer: Reviewer;
  owner: Owner;
}

/**
 * The one authorisation check: what a coordinator may do on the letter at `slug`, or null when it is less than
 * `atLeast`, the letter does not exist, or the coordinator has been deactivated. An instance administrator is an owner
 * of every letter.
 */
export async function letterAccess<R extends Role>(
  coordinatorId: string,
  slug: string,
  atLeast: R,
): Promise<Granted[R] | null> {
  if (slug.includes('\0')) return null; // PostgreSQL refuses it
  const [coordinator, letter] = await Promise.all([
    db().coordinator.findFirst({
      where: { id: coordinatorId, deactivatedAt: null },
      select: {
        email: true,
        isAdministrator: true,
        roles: { where: { letter: { slug } }, select: { role: true } },
      },
    }),
    db().letter.findUnique({ where: { slug }, select: { id: true } }),
  ]);
  const role = coordinator?.isAdministrator ? 'owner' : coordinator?.roles[0]?.role;
  if (!coordinator || !letter || !role || RANK[role] < RANK[atLeast]) return null;
  return {
    coordinatorId,
    email: coordinator.email,
    letterId: letter.id,
    letterSlug: slug,
    role,
  } as Granted[R];
}

declare const maker: unique symbol;

/** A coordinator's right to make letters. Only {@link letterMaker} makes it. */
export interface LetterMaker {
  readonly coordinatorId: string;
  readonly [maker]: true;
}

/** The right of a coordinator to make letters, or null: administrators have it, others where LETTERS_MADE_BY says so. */
export async function letterMaker(coordinatorId: string): Promise<LetterMaker | null> {
  const administrators =
    env().LETTERS_MADE_BY === 'administrators' ? { isAdministrator: true } : {};
  const coordinator = await db().coordinator.findFirst({
    where: { id: coordinatorId, deactivatedAt: null, ...administrators },
    select: { id: true },
  });
  return coordinator && ({ coordinatorId } as LetterMaker);
}

/** Whether a right that was granted covers more: what a page needs to know to offer a decision. */
export function mayDecide(authority: LetterAccess): authority is Reviewer {
  return RANK[authority.role] >= RANK.reviewer;
}
