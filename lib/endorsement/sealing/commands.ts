/** Seals names of endorsements that are withheld, where they still stand in the clear (ADR 52). */
import { listSettings } from '@/lib/letter/list-settings';
import { nameFields, nameRows, namesOf, openNames, storedNames } from '@/lib/organization/names';
import { sealAudit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { ByLanguage } from '@/lib/platform/languages';
import { formerHashes, hashPrefix, isHash, keyedHash, sealedPrefix } from '@/lib/platform/sealing';
import { nameHash, storedFromNames } from '../keys';
import { nameKey } from '../rules';

const fields = {
  id: true,
  nameKey: true,
  visibility: true,
  website: true,
  submittedAt: true,
  names: { select: nameFields },
  proposedChange: { select: { names: true, reading: true } },
  letter: { select: { listSettings: true } },
} as const satisfies Prisma.EndorsementSelect;

type Row = Prisma.EndorsementGetPayload<{ select: typeof fields }>;

/**
 * The name key of a row under the present secret. That of a name that coordinators have corrected
 * since cannot be computed from the hash of another secret, and matches nothing from then on.
 */
function presentKey(row: Row): string {
  const { nameKey: stored } = row;
  if (stored.startsWith(hashPrefix())) return stored;
  if (!isHash(stored)) return keyedHash(stored);
  const names = namesOf(row.names);
  return formerHashes(nameKey(names)).includes(stored) ? nameHash(names) : keyedHash(stored);
}

/** Writes the columns that are derived from names. */
async function writeDerived(tx: Db, rows: Row[]): Promise<void> {
  const derived = rows.map((row) => ({
    id: row.id,
    key: presentKey(row),
    isWithheld: row.visibility === 'withheld',
    ...storedFromNames(
      {
        ...namesOf(row.names),
        website: row.website,
        signedAt: row.submittedAt,
        visibility: row.visibility,
      },
      listSettings(row.letter.listSettings),
    ),
  }));
  const column = <Key extends keyof (typeof derived)[number]>(key: Key) =>
    derived.map((row) => row[key]);
  // The order of named ones is renewed for a whole letter at a time, elsewhere.
  await tx.$executeRaw`
    UPDATE endorsement SET name_key = stored.key,
      sort_key = CASE WHEN stored.withheld THEN stored.sort_key ELSE endorsement.sort_key END,
      search_text = CASE WHEN stored.withheld THEN stored.search_text ELSE endorsement.search_text END
    FROM unnest(${column('id')}::uuid[], ${column('key')}::text[], ${column('isWithheld')}::boolean[],
      ${column('sortKey')}::text[], ${column('searchText')}::text[]) AS stored (id, key, withheld, sort_key, search_text)
    WHERE endorsement.id = stored.id`;
}

/** Writes names, pending changes and mails sealed. */
async function sealNames(tx: Db, rows: Row[]): Promise<void> {
  const sealed = rows.map((row) => ({
    ...row,
    stored: storedNames(namesOf(row.names), 'withheld'),
  }));
  const names = sealed.flatMap(({ id, stored }) => nameRows(stored).map((row) => ({ id, ...row })));
  await tx.$executeRaw`
    UPDATE endorsement_name SET name = stored.name, reading = stored.reading
    FROM unnest(${names.map(({ id }) => id)}::uuid[], ${names.map(({ language }) => language)}::text[],
      ${names.map(({ name }) => name)}::text[], ${names.map(({ reading }) => reading)}::text[])
      AS stored (id, language, name, reading)
    WHERE endorsement_id = stored.id AND endorsement_name.language = stored.language`;
  await tx.$executeRaw`
    UPDATE mail SET props = props || jsonb_build_object('organization', stored.names::jsonb)
    FROM unnest(${sealed.map(({ id }) => id)}::uuid[], ${sealed.map(({ stored }) => JSON.stringify(stored.names))}::text[])
      AS stored (id, names)
    WHERE endorsement_id = stored.id AND props ? 'organization'`;
  for (const { id, proposedChange } of rows) {
    if (!proposedChange) continue;
    const { reading } = proposedChange;
    const wanted = openNames({ names: proposedChange.names as ByLanguage, reading });
    const stored = storedNames(wanted, 'withheld');
    await tx.proposedChange.update({
      where: { endorsementId: id },
      data: { names: { ...stored.names }, reading: stored.reading },
    });
  }
}

/**
 * Seals what the database holds of the names of endorsements that are withheld, under the present
 * secret; of named ones, renews the keyed hash. The rows must not change until the transaction ends.
 */
export async function sealEntries(tx: Db, ids: string[]): Promise<void> {
  const rows = await tx.endorsement.findMany({ where: { id: { in: ids } }, select: fields });
  await writeDerived(tx, rows);
  const withheld = rows.filter(({ visibility }) => visibility === 'withheld');
  if (withheld.length === 0) return;
  await sealNames(tx, withheld);
  await sealAudit(
    tx,
    withheld.map(({ id }) => id),
  );
}

/** Endorsements sealed in one transaction. */
const AT_ONCE = 500;

/**
 * Seals names that an older version of the product, or another secret, has left: piece by piece, so
 * that nobody waits long. What is being changed is left to the next time. Running it in several
 * processes is safe.
 * @returns the number of endorsements written
 */
export async function sealWithheld(atOnce = AT_ONCE): Promise<number> {
  let written = 0;
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const found = await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM endorsement
      WHERE id > ${last}::uuid AND (NOT starts_with(name_key, ${hashPrefix()}) OR visibility = 'withheld' AND EXISTS (
        SELECT FROM endorsement_name WHERE endorsement_id = endorsement.id AND NOT starts_with(name, ${sealedPrefix()})))
      ORDER BY id LIMIT ${atOnce}`;
    if (found.length === 0) return written;
    last = found.at(-1)!.id;
    await db().$transaction(async (tx) => {
      const locked = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM endorsement WHERE id = ANY(${found.map(({ id }) => id)}::uuid[]) FOR UPDATE SKIP LOCKED`;
      await sealEntries(
        tx,
        locked.map(({ id }) => id),
      );
      written += locked.length;
    });
  }
}
