/** Carries out imports in the background: prepared piece by piece, then written as a whole (ADR 42). */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { listSettings } from '@/lib/letter/list-settings';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { createOrganizations } from '@/lib/organization/commands';
import { nameRows, storedNames } from '@/lib/organization/names';
import { audit, auditAll } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { insertAll } from '@/lib/platform/db/insert-all';
import { Prisma } from '@/lib/platform/db/generated/client';
import { IMPORTS } from '@/lib/platform/limits';
import { errorName, log } from '@/lib/platform/log';
import { addressKey } from '@/lib/platform/mail/address';
import { suppressionsOf } from '@/lib/platform/mail/suppression';
import { ask, askingFields, type SignedBy } from '../../attested/asking/commands';
import { attestedColumns } from '../../attested/columns';
import { lockInvitations } from '../../invitees/commands';
import { uninvitedAmong } from '../../invitees/queries';
import { reviewNotices } from '../../review/notices/queries';
import { personSearchText } from '../../rules';
import { openRows, previewOf } from '../queries';
import type { ImportProblem, ImportedOrganization, ImportRow } from '../rules';

/** Rows prepared between two notes of the progress. */
const PIECE = 250;

/** Addresses of one statement, below PostgreSQL's limit on parameters. */
const AT_ONCE = 1_000;

interface Job {
  id: string;
  letterId: string;
  coordinatorId: string;
  leaseId: string;
  attempts: number;
}

/** Leases the import that has waited longest and that no server works on. */
async function lease(now: Date): Promise<Job | null> {
  const until = new Date(now.getTime() + IMPORTS.leaseSeconds * 1_000);
  const [job] = await db().$queryRaw<Job[]>`
    UPDATE import SET lease_id = gen_random_uuid(), lease_until = ${until}, attempts = attempts + 1, prepared = 0
    WHERE id = (
      SELECT id FROM import WHERE requested_at IS NOT NULL AND done_at IS NULL AND (lease_until IS NULL OR lease_until < ${now})
      ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, letter_id AS "letterId", coordinator_id AS "coordinatorId", lease_id AS "leaseId", attempts`;
  return job ?? null;
}

const held = ({ id, leaseId }: Job) => ({ id, leaseId, doneAt: null });

/** Gives an import back to the coordinators, who see why it was not carried out. */
async function giveBack(job: Job, problem: ImportProblem): Promise<void> {
  await db().import.updateMany({
    where: held(job),
    data: { requestedAt: null, leaseId: null, leaseUntil: null, prepared: 0, problem },
  });
}

/** Notes how many rows are ready, and goes on holding the lease. False if another server has it now. */
async function goOn(job: Job, prepared: number, total: number): Promise<boolean> {
  const leaseUntil = new Date(Date.now() + IMPORTS.leaseSeconds * 1_000);
  const { count } = await db().import.updateMany({
    where: held(job),
    data: { prepared, total, leaseUntil },
  });
  return count > 0;
}

const letterFields = {
  ...askingFields,
  revision: true,
  listSettings: true,
} as const satisfies Prisma.LetterSelect;

type ImportedLetter = Prisma.LetterGetPayload<{ select: typeof letterFields }>;

const letterOf = (tx: Db, id: string) =>
  tx.letter.findUniqueOrThrow({ where: { id }, select: letterFields });

/** A row with what takes time to compute: sort keys and sealed names. */
interface Prepared {
  number: number;
  id: string;
  organization: ImportedOrganization;
  columns: ReturnType<typeof attestedColumns>;
  names: ReturnType<typeof nameRows>;
}

function prepare(
  { number, organization }: ImportRow & { organization: ImportedOrganization },
  by: Parameters<typeof attestedColumns>[1],
): Prepared {
  return {
    number,
    id: randomUUID(),
    organization,
    columns: attestedColumns(organization, by),
    names: nameRows(storedNames(organization, organization.visibility)),
  };
}

/** The settings and revision that rows were prepared with; if they differ, they are prepared anew. */
const preparedFor = ({ listSettings: settings, revision }: ImportedLetter) =>
  JSON.stringify([settings, revision]);

/** An entry to write: in which state, and as which organization's. */
type Entry = Prepared & { state: 'approved' | 'verified'; organizationId: string | null };

/**
 * Of the entries with an address, those whose address is asked: not where it is suppressed or asked
 * not to be mailed, and not more often than `mailsPerAddress`.
 */
async function askedAmong(tx: Db, entries: readonly Entry[]): Promise<Entry[]> {
  const keyOf = ({ organization }: Entry) => addressKey(organization.representativeEmail!);
  const known = entries.filter(({ organization }) => organization.representativeEmail);
  const kept = new Set<string>();
  const all = [...new Set(known.map(keyOf))];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const keys = all.slice(from, from + AT_ONCE);
    const suppressed = await suppressionsOf(tx, keys);
    const uninvited = await uninvitedAmong(tx, keys);
    for (const key of keys) if (suppressed.has(key) || uninvited.has(key)) kept.add(key);
  }
  const mails = new Map<string, number>();
  return known.filter((entry) => {
    const key = keyOf(entry);
    mails.set(key, (mails.get(key) ?? 0) + 1);
    return !kept.has(key) && mails.get(key)! <= IMPORTS.mailsPerAddress;
  });
}

/** Writes entries with all that belongs to them, in a few statements however many they are. */
async function write(
  tx: Db,
  { id: importId, letterId, coordinatorId }: Job,
  letter: ImportedLetter,
  said: { kind: SignedBy; note: string | null },
  entries: readonly Entry[],
  now: Date,
): Promise<void> {
  await createOrganizations(
    tx,
    entries.flatMap(({ organizationId, organization }) =>
      organizationId === null
        ? []
        : [
            {
              id: organizationId,
              names: organization.visibility === 'named' ? organization : null,
              website: organization.website,
              country: organization.country,
            },
          ],
    ),
  );
  const evidenceOf = ({ organization }: Entry) => organization.evidence ?? said.note;
  const rows = entries.map((entry) => ({
    ...entry,
    contactId: entry.organization.representativeEmail === null ? null : randomUUID(),
  }));
  await insertAll(
    tx,
    'contact',
    rows.flatMap(({ contactId, organization: { representativeEmail: email, language } }) =>
      contactId && email ? [{ id: contactId, email, email_key: addressKey(email), language }] : [],
    ),
  );
  await insertAll(
    tx,
    'endorsement',
    rows.map((row) => ({
      id: row.id,
      letter_id: letterId,
      import_id: importId,
      state: row.state,
      organization_id: row.organizationId,
      contact_id: row.contactId,
      decided_at: row.state === 'approved' ? now : null,
      evidence: evidenceOf(row),
      proof: row.columns.proof,
      name_key: row.columns.nameKey,
      website: row.columns.website,
      country: row.columns.country,
      visibility: row.columns.visibility,
      category: row.columns.category,
      category_place: row.columns.categoryPlace,
      revision: row.columns.revision,
      signed_revision: row.columns.signedRevision,
      submitted_at: row.columns.submittedAt,
      agreed_at: row.columns.agreedAt,
      verified_at: row.columns.verifiedAt,
      sort_key: row.columns.sortKey,
      search_text: row.columns.searchText,
    })),
  );
  await insertAll(
    tx,
    'endorsement_name',
    rows.flatMap(({ id, names }) => names.map((name) => ({ endorsement_id: id, ...name }))),
  );
  await insertAll(
    tx,
    'representative',
    rows.flatMap(
      ({ id, contactId, organization: { representativeName: name, representativeRole } }) =>
        contactId || name || representativeRole
          ? [
              {
                id: randomUUID(),
                endorsement_id: id,
                contact_id: contactId,
                name,
                role: representativeRole,
                search_text: name === null ? '' : personSearchText(name),
              },
            ]
          : [],
    ),
  );
  await auditAll(
    tx,
    letterId,
    entries.map((entry) => ({
      endorsementId: entry.id,
      actor: { kind: 'coordinator', id: coordinatorId },
      action: 'attest',
      after: {
        state: entry.state,
        evidence: evidenceOf(entry),
        ...(entry.organizationId !== null && { organization: entry.organizationId }),
      },
    })),
  );
  const asked = await askedAmong(tx, entries);
  await ask(
    tx,
    letter,
    said.kind,
    asked.map(({ id, organization: { representativeEmail: email, ...organization } }) => ({
      ...organization,
      id,
      email: email!,
    })),
    now,
  );
}

/**
 * Writes what was prepared under the letter's lock: all of it, once, with one public change. Returns
 * why not; `again` if the letter's settings or text have changed meanwhile.
 */
async function finish(
  tx: Db,
  job: Job,
  preparedWith: string,
  prepared: readonly Prepared[],
): Promise<ImportProblem | 'again' | 'lost' | null> {
  const { letterId } = job;
  await lockLetter(tx, letterId);
  await lockInvitations(tx, 'write');
  const [own] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM import WHERE id = ${job.id}::uuid AND lease_id = ${job.leaseId}::uuid AND done_at IS NULL FOR UPDATE`;
  if (!own) return 'lost';
  const letter = await letterOf(tx, letterId);
  if (preparedFor(letter) !== preparedWith) return 'again';
  const found = await tx.import.findUniqueOrThrow({
    where: { id: job.id },
    select: { rows: true, kind: true, note: true, leaveOut: true, approves: true },
  });
  const settings = listSettings(letter.listSettings);
  const rows = await previewOf(tx, letterId, settings, openRows(found.rows!));
  if (rows.some(({ state }) => state === 'faulty') && !found.leaveOut) return 'faults';
  const stateOf = new Map(rows.map(({ number, state }) => [number, state]));
  const entries = prepared.flatMap((row): Entry[] => {
    const state = stateOf.get(row.number);
    if (state !== 'new' && state !== 'known') return [];
    const isApproved = state === 'new' && found.approves;
    return [
      {
        ...row,
        state: isApproved ? 'approved' : 'verified',
        organizationId: isApproved ? randomUUID() : null,
      },
    ];
  });
  if (entries.length === 0) return 'nobody';
  const now = new Date();
  const { kind, note, approves } = found;
  await write(tx, job, letter, { kind: kind ?? 'other', note }, entries, now);
  const leftOut = rows.length - entries.length;
  await tx.import.update({
    where: { id: job.id },
    data: {
      doneAt: now,
      rows: null,
      leaseId: null,
      leaseUntil: null,
      prepared: entries.length,
      total: entries.length,
      added: entries.length,
      leftOut,
    },
  });
  await audit(tx, {
    letterId,
    actor: { kind: 'coordinator', id: job.coordinatorId },
    action: 'import_endorsements',
    after: { import: job.id, kind, approves, count: entries.length, leftOut },
  });
  if (entries.some(({ state }) => state === 'verified'))
    await tx.$executeRaw(reviewNotices(Prisma.sql`(SELECT ${letterId}::uuid AS letter_id)`));
  if (entries.some(({ state }) => state === 'approved')) await markPublicChange(tx, letterId);
  return null;
}

/** Prepares and writes an import that this server has leased. */
async function carryOut(job: Job): Promise<void> {
  const letter = await letterOf(db(), job.letterId);
  const { revision } = letter;
  if (revision === null) return giveBack(job, 'unpublished');
  const found = await db().import.findUniqueOrThrow({
    where: { id: job.id },
    select: { rows: true },
  });
  if (!found.rows) return;
  const by = { order: listSettings(letter.listSettings), revision, now: new Date() };
  const rows = openRows(found.rows).flatMap(({ organization, ...row }) =>
    organization ? [{ ...row, organization }] : [],
  );
  const prepared: Prepared[] = [];
  for (let from = 0; from < rows.length; from += PIECE) {
    for (const row of rows.slice(from, from + PIECE)) prepared.push(prepare(row, by));
    if (!(await goOn(job, prepared.length, rows.length))) return;
    // Requests are answered in between.
    await sleep(0);
  }
  const refused = await db().$transaction((tx) => finish(tx, job, preparedFor(letter), prepared));
  if (refused === 'again') return carryOut(job);
  if (refused && refused !== 'lost') await giveBack(job, refused);
}

/**
 * Carries out the import that has waited longest. If the server ends meanwhile, nothing of it is
 * written, and another one begins anew when the lease has ended. Running it in several processes is
 * safe.
 * @returns the number of imports dealt with
 */
export async function carryOutImports(now: Date = new Date()): Promise<number> {
  const job = await lease(now);
  if (!job) return 0;
  if (job.attempts > IMPORTS.attempts) await giveBack(job, 'failed');
  else
    await carryOut(job).catch(async (error: unknown) => {
      log('error', 'an import could not be carried out', { error: errorName(error) });
      await giveBack(job, 'failed');
    });
  return 1;
}
