import { actorOf, type Reviewer } from '@/lib/coordinator/access';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { openText, sealedPrefix, sealText } from '@/lib/platform/sealing';
import { sealedAnew, sealedFile, type Attached, type FileFault } from '../attested/evidence';
import { previewedImport } from './queries';
import { countsOf, type ImportRow } from './rules';
import type { CarryOut } from './schema';

/** The Prisma condition of an import of the letter that waits to be looked at. */
const draft = ({ letterId }: Reviewer, id: string) =>
  ({ id, letterId, requestedAt: null, doneAt: null }) satisfies Prisma.ImportWhereInput;

/**
 * Keeps a list of organizations that have signed, to be looked at before it is imported: as a new
 * import, or in place of the list of one that waits. What was said of that one's evidence stays.
 * Returns its id.
 */
export async function keepRows(
  reviewer: Reviewer,
  rows: readonly ImportRow[],
  replaced?: string,
): Promise<string> {
  const { letterId, coordinatorId } = reviewer;
  const sealed = sealText(JSON.stringify(rows));
  if (replaced !== undefined) {
    const { count } = await db().import.updateMany({
      where: draft(reviewer, replaced),
      data: { rows: sealed, problem: null, createdAt: new Date() },
    });
    if (count > 0) return replaced;
  }
  const { id } = await db().import.create({
    data: { letterId, coordinatorId, rows: sealed },
    select: { id: true },
  });
  return id;
}

/** Discards an import that waits to be looked at. */
export async function dropImport(reviewer: Reviewer, id: string): Promise<void> {
  await db().import.deleteMany({ where: draft(reviewer, id) });
}

/**
 * Attaches a file to an import that waits, in place of the one it had: a PDF, PNG or JPEG.
 */
export async function attachFile(
  reviewer: Reviewer,
  importId: string,
  attached: Attached,
): Promise<{ ok: true } | { ok: false; reason: FileFault | 'gone' }> {
  const sealed = sealedFile(attached);
  if (!sealed.ok) return sealed;
  if ((await db().import.count({ where: draft(reviewer, importId) })) === 0)
    return { ok: false, reason: 'gone' };
  const { file } = sealed;
  await db().importFile.upsert({
    where: { importId },
    create: { importId, ...file },
    update: file,
  });
  return { ok: true };
}

/** Deletes the attached file of an import, whether it waits or was carried out. */
export async function removeFile(reviewer: Reviewer, importId: string): Promise<void> {
  const { letterId } = reviewer;
  await db().$transaction(async (tx) => {
    const { count } = await tx.importFile.deleteMany({
      where: { importId, import: { letterId } },
    });
    if (count === 0) return;
    await audit(tx, {
      letterId,
      actor: actorOf(reviewer),
      action: 'remove_import_file',
      before: { import: importId },
    });
  });
}

export type Requested =
  | { ok: true }
  /** It is gone or runs already; an organization has no evidence; or it cannot be carried out as it is. */
  | { ok: false; reason: 'gone' | 'evidence' | 'faults' | 'nobody' };

/**
 * Keeps how the organizations of an import signed, and asks the background to carry it out, once.
 * What was said is kept if that is refused, too.
 */
export async function requestImport(
  reviewer: Reviewer,
  { import: id, kind, note, approves, leaveOut }: CarryOut,
  now: Date = new Date(),
): Promise<Requested> {
  const where = draft(reviewer, id);
  const said = { kind, note, approves: approves === 'approve', leaveOut, problem: null };
  const kept = await db().import.updateMany({ where, data: said });
  const rows = await previewedImport(reviewer, id);
  if (kept.count === 0 || !rows) return { ok: false, reason: 'gone' };
  const counts = countsOf(rows);
  if (counts.faulty > 0 && !leaveOut) return { ok: false, reason: 'faults' };
  const added = rows.filter(({ state }) => state === 'new' || state === 'known');
  if (added.length === 0) return { ok: false, reason: 'nobody' };
  if (!note && added.some(({ organization }) => !organization?.evidence))
    return { ok: false, reason: 'evidence' };
  const { count } = await db().import.updateMany({
    where,
    data: {
      coordinatorId: reviewer.coordinatorId,
      requestedAt: now,
      attempts: 0,
      prepared: 0,
      total: added.length,
    },
  });
  return count > 0 ? { ok: true } : { ok: false, reason: 'gone' };
}

/**
 * Seals under the present secret what another one sealed of imports, so that a former secret can be
 * forgotten. Returns how many were written.
 */
export async function sealImports(): Promise<number> {
  const prefix = sealedPrefix();
  const lists = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM import WHERE rows IS NOT NULL AND NOT starts_with(rows, ${prefix})`;
  for (const { id } of lists) {
    const { rows } = await db().import.findUniqueOrThrow({ where: { id }, select: { rows: true } });
    if (rows)
      await db().import.updateMany({
        where: { id, rows },
        data: { rows: sealText(openText(rows)) },
      });
  }
  const files = await db().$queryRaw<{ id: string }[]>`
    SELECT import_id AS id FROM import_file WHERE NOT starts_with(name, ${prefix})`;
  for (const { id: importId } of files) {
    const file = await db().importFile.findUnique({ where: { importId } });
    if (file)
      await db().importFile.updateMany({
        where: { importId, name: file.name },
        data: sealedAnew(file),
      });
  }
  return lists.length + files.length;
}
