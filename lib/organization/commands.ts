import { randomUUID } from 'node:crypto';
import { actorOf, type Administrator } from '@/lib/coordinator/access';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { insertAll } from '@/lib/platform/db/insert-all';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { nameRows, type Names } from './names';

export type Link =
  { ok: true; organizationId: string } | { ok: false; reason: 'organization-has-signed' };

/** An organization that is made for an endorsement; `names` as in {@link linkOrganization}. */
export interface NewOrganization {
  id: string;
  names: Names | null;
  website: string | null;
  country: string;
}

/** Makes organizations, of as many endorsements. */
export async function createOrganizations(
  tx: Db,
  organizations: readonly NewOrganization[],
): Promise<void> {
  await insertAll(
    tx,
    'organization',
    organizations.map(({ id, names, website, country }) => ({
      id,
      country,
      website: names && website,
    })),
  );
  await insertAll(
    tx,
    'organization_name',
    organizations.flatMap(({ id, names }) =>
      names ? nameRows(names).map((row) => ({ organization_id: id, ...row })) : [],
    ),
  );
}

/** Adds names in languages in which the organization has none; existing names stay. */
export async function addNames(tx: Db, organizationId: string, names: Names): Promise<void> {
  await tx.organizationName.createMany({
    data: nameRows(names).map((row) => ({ ...row, organizationId })),
    skipDuplicates: true,
  });
}

/**
 * Finds or creates the organization that an endorsement is linked to on approval. Must run in the
 * approving transaction, which has locked the letter.
 * @param organizationId the chosen organization; null, or an id that no longer exists: a new one
 * @param contactIds the contacts who may speak for it from now on
 * @param names null if the endorsement is withheld: its names are not stored with the organization
 */
export async function linkOrganization(
  tx: Db,
  {
    letterId,
    endorsementId,
    organizationId,
    contactIds,
    names,
    website,
    country,
  }: {
    letterId: string;
    endorsementId: string;
    organizationId: string | null;
    contactIds: string[];
    names: Names | null;
    website: string | null;
    country: string;
  },
): Promise<Link> {
  const chosen = organizationId && (await present(tx, organizationId));
  const organization = chosen || randomUUID();
  if (!chosen) await createOrganizations(tx, [{ id: organization, names, website, country }]);
  const signed = await tx.endorsement.count({
    where: {
      letterId,
      organizationId: organization,
      state: 'approved',
      id: { not: endorsementId },
    },
  });
  if (signed > 0) return { ok: false, reason: 'organization-has-signed' };
  if (chosen && names) await addNames(tx, organization, names);
  await tx.organizationContact.createMany({
    data: contactIds.map((contactId) => ({ organizationId: organization, contactId })),
    skipDuplicates: true,
  });
  return { ok: true, organizationId: organization };
}

/**
 * Reverts {@link linkOrganization} when an approval is taken back: the contacts may no longer speak
 * for the organization, and the names that came with the entry are deleted, unless another
 * endorsement of the organization supports them. The entry keeps its reference to the organization,
 * which is offered again on approval. Must run in a transaction that has locked the letter.
 */
export async function unlinkOrganization(
  tx: Db,
  {
    endorsementId,
    organizationId,
    contactIds,
    names,
  }: {
    endorsementId: string;
    organizationId: string;
    contactIds: string[];
    names: Names;
  },
): Promise<void> {
  const others = {
    organizationId,
    id: { not: endorsementId },
    state: { in: ['approved', 'withdrawn'] },
  } satisfies Prisma.EndorsementWhereInput;
  for (const contactId of contactIds) {
    const spoken = { ...others, representatives: { some: { contactId } } };
    if ((await tx.endorsement.count({ where: spoken })) === 0)
      await tx.organizationContact.deleteMany({ where: { organizationId, contactId } });
  }
  for (const { language, name } of nameRows(names)) {
    const named = { ...others, visibility: 'named', names: { some: { language } } } as const;
    if ((await tx.endorsement.count({ where: named })) === 0)
      await tx.organizationName.deleteMany({ where: { organizationId, language, name } });
  }
}

/**
 * Deletes the names and website of an organization that only this endorsement has published, since
 * it is withheld from now on, or erased. Must run in a transaction that has locked the letter.
 */
export async function forgetNames(
  tx: Db,
  { endorsementId, organizationId }: { endorsementId: string; organizationId: string },
): Promise<void> {
  const named = {
    organizationId,
    id: { not: endorsementId },
    visibility: 'named',
    state: { in: ['approved', 'withdrawn'] },
  } satisfies Prisma.EndorsementWhereInput;
  const supported = await tx.endorsementName.findMany({
    where: { endorsement: named },
    distinct: ['language'],
    select: { language: true },
  });
  await tx.organizationName.deleteMany({
    where: { organizationId, language: { notIn: supported.map(({ language }) => language) } },
  });
  if (supported.length === 0)
    await tx.organization.update({ where: { id: organizationId }, data: { website: null } });
}

/** Deletes an organization to which nothing refers any more. */
export async function deleteUnusedOrganization(tx: Db, id: string): Promise<void> {
  await tx.organization.deleteMany({
    where: { id, mergedIntoId: null, endorsements: { none: {} }, merged: { none: {} } },
  });
}

/**
 * The id of an organization, or of the one it was merged into; null if there is none. Locks its
 * row, so that no merge moves its endorsements before the transaction ends.
 */
async function present(tx: Db, id: string): Promise<string | null> {
  const organization = await tx.organization.findUnique({
    where: { id },
    select: { mergedIntoId: true },
  });
  if (!organization) return null;
  if (organization.mergedIntoId) return present(tx, organization.mergedIntoId);
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM organization WHERE id = ${id}::uuid AND merged_into_id IS NULL FOR SHARE`;
  return locked.length > 0 ? id : present(tx, id);
}

export type Merged =
  | { ok: true }
  /** One does not exist or has been merged; they are the same; or both have signed a letter. */
  | { ok: false; reason: 'not-found' | 'same' | 'both-signed' };

/**
 * Merges an organization into another that is the same: its endorsements and contacts move to the
 * other, and its names are kept, so that both histories are preserved. Refused if both have an
 * approved endorsement on the same letter.
 */
export async function mergeOrganizations(
  administrator: Administrator,
  { from, into }: { from: string; into: string },
): Promise<Merged> {
  if (from === into) return { ok: false, reason: 'same' };
  return db().$transaction(async (tx): Promise<Merged> => {
    // The same lock order as in an approval: first the letters whose endorsements may move, then
    // the organizations, each in a fixed order, to prevent deadlocks.
    await tx.$queryRaw`
      SELECT FROM letter WHERE id IN (
        SELECT letter_id FROM endorsement WHERE organization_id = ${from}::uuid
      ) ORDER BY id FOR NO KEY UPDATE`;
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM organization WHERE id IN (${from}::uuid, ${into}::uuid) AND merged_into_id IS NULL ORDER BY id FOR UPDATE`;
    if (rows.length < 2) return { ok: false, reason: 'not-found' };
    const approved = await tx.endorsement.groupBy({
      by: ['letterId'],
      where: { organizationId: { in: [from, into] }, state: 'approved' },
      _count: { _all: true },
    });
    if (approved.some(({ _count }) => _count._all > 1)) return { ok: false, reason: 'both-signed' };
    const names = await tx.organizationName.findMany({ where: { organizationId: from } });
    await tx.organizationName.createMany({
      data: names.map((row) => ({ ...row, organizationId: into })),
      skipDuplicates: true,
    });
    await tx.$executeRaw`
      INSERT INTO organization_contact SELECT ${into}::uuid, contact_id FROM organization_contact WHERE organization_id = ${from}::uuid
      ON CONFLICT DO NOTHING`;
    await tx.organizationContact.deleteMany({ where: { organizationId: from } });
    const moved = await tx.endorsement.findMany({
      where: { organizationId: from },
      select: { id: true },
    });
    await tx.endorsement.updateMany({
      where: { organizationId: from },
      data: { organizationId: into },
    });
    await tx.organization.updateMany({
      where: { mergedIntoId: from },
      data: { mergedIntoId: into },
    });
    await tx.organization.update({ where: { id: from }, data: { mergedIntoId: into } });
    await audit(tx, {
      letterId: administrator.letterId,
      actor: actorOf(administrator),
      action: 'merge_organizations',
      before: { organization: from, endorsements: moved.map(({ id }) => id) },
      after: { organization: into },
    });
    return { ok: true };
  });
}
