import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Role } from '@/lib/platform/db/generated/enums';
import { env } from '@/lib/platform/env';
import { may, type Act, type PERMISSIONS, type Standing } from './permissions';

declare const checked: unique symbol;

/**
 * A coordinator's access to one letter with at least role `R`. Only {@link accessTo} creates
 * it, so that a query or command with such a parameter cannot be called without the check.
 */
export interface LetterAccess<R extends Standing = 'observer'> {
  readonly coordinatorId: string;
  readonly email: string;
  readonly letterId: string;
  readonly letterSlug: string;
  readonly role: Standing;
  readonly [checked]: Record<R, true>;
}

export type Reviewer = LetterAccess<'observer' | 'reviewer'>;
export type Owner = LetterAccess<'observer' | 'reviewer' | 'owner'>;
export type Administrator = LetterAccess<Standing>;

interface Granted {
  observer: LetterAccess;
  reviewer: Reviewer;
  owner: Owner;
  administrator: Administrator;
}

/** The type of access that an act requires. */
export type AccessFor<A extends Act> = Granted[(typeof PERMISSIONS)[A]];

/** A coordinator, as loaded with their session. */
export interface SignedInCoordinator {
  readonly id: string;
  readonly email: string;
  readonly isAdministrator: boolean;
}

/** The fields of a letter from which {@link accessTo} decides. */
export const accessFields = ({ id }: SignedInCoordinator) =>
  ({
    id: true,
    slug: true,
    roles: { where: { coordinatorId: id }, select: { role: true } },
  }) as const satisfies Prisma.LetterSelect;

/**
 * The only access check: a coordinator's access to a letter for an act, or null if their role does
 * not suffice. An instance administrator may do everything on every letter.
 * @param letter read with {@link accessFields} of the same coordinator
 */
export function accessTo<A extends Act>(
  coordinator: SignedInCoordinator,
  letter: { id: string; slug: string; roles: readonly { role: Role }[] },
  act: A,
): AccessFor<A> | null {
  const role = coordinator.isAdministrator ? 'administrator' : letter.roles[0]?.role;
  if (!role || !may(role, act)) return null;
  return {
    coordinatorId: coordinator.id,
    email: coordinator.email,
    letterId: letter.id,
    letterSlug: letter.slug,
    role,
  } as AccessFor<A>;
}

/**
 * A coordinator's access to the letter at `slug` for an act, or null if their role does not suffice
 * or there is no such letter.
 */
export async function letterAccess<A extends Act>(
  coordinator: SignedInCoordinator,
  slug: string,
  act: A,
): Promise<AccessFor<A> | null> {
  if (slug.includes('\0')) return null; // PostgreSQL rejects NUL in text
  const select = accessFields(coordinator);
  const letter = await db().letter.findUnique({ where: { slug }, select });
  return letter && accessTo(coordinator, letter, act);
}

/** The actor in audit events, for actions of somebody with access. */
export const actorOf = ({ coordinatorId }: { coordinatorId: string }) =>
  ({ kind: 'coordinator', id: coordinatorId }) as const;

declare const maker: unique symbol;

/** Permission to create letters. Only {@link letterMaker} creates it. */
export interface LetterMaker {
  readonly coordinatorId: string;
  readonly [maker]: true;
}

/**
 * A coordinator's permission to create letters, or null: administrators have it, others depending
 * on LETTERS_MADE_BY.
 */
export function letterMaker({ id, isAdministrator }: SignedInCoordinator): LetterMaker | null {
  const allowed = isAdministrator || env().LETTERS_MADE_BY === 'coordinators';
  return allowed ? ({ coordinatorId: id } as LetterMaker) : null;
}

declare const administrator: unique symbol;

/** Permission to manage all coordinators. Only {@link instanceAdministrator} creates it. */
export interface InstanceAdministrator {
  readonly coordinatorId: string;
  readonly [administrator]: true;
}

/** A coordinator's permission to manage all coordinators, or null: administrators have it. */
export function instanceAdministrator({
  id,
  isAdministrator,
}: SignedInCoordinator): InstanceAdministrator | null {
  return isAdministrator ? ({ coordinatorId: id } as InstanceAdministrator) : null;
}
