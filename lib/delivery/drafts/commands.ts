/** Which server process makes a draft, and what becomes of it (ADR 62). */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/platform/db/client';
import { DRAFTS } from '@/lib/platform/limits';
import type { Draft, DraftKey } from './queries';

/** A draft that this server process makes. */
export interface DraftLease {
  letterId: string;
  leaseId: string;
}

/** Takes a draft, so that no other process makes it; null if one does already. */
export async function leaseDraft(
  { format, letterId, language }: DraftKey,
  now: Date = new Date(),
): Promise<DraftLease | null> {
  const leaseId = randomUUID();
  const until = new Date(now.getTime() + DRAFTS.leaseMs);
  const taken = await db().$executeRaw`
    INSERT INTO draft_file AS draft (letter_id, format, language, lease_id, lease_until)
    VALUES (${letterId}::uuid, ${format}, ${language}, ${leaseId}::uuid, ${until})
    ON CONFLICT (letter_id, format, language) DO UPDATE SET lease_id = EXCLUDED.lease_id, lease_until = EXCLUDED.lease_until
    WHERE draft.lease_until IS NULL OR draft.lease_until < ${now}`;
  return taken > 0 ? { letterId, leaseId } : null;
}

const DONE = { leaseId: null, leaseUntil: null };

/** Keeps a draft that was made, unless the letter has changed meanwhile, and ends the lease. */
export async function keepDraft(
  lease: DraftLease,
  version: number,
  { bytes, sha256, title }: Draft,
): Promise<void> {
  await db().$transaction(async (tx) => {
    // A change that is being committed would not find it, and it could name who has just left.
    const [letter] = await tx.$queryRaw<{ version: number }[]>`
      SELECT public_version AS version FROM letter WHERE id = ${lease.letterId}::uuid FOR SHARE`;
    const file = letter?.version === version ? { version, bytes, sha256, title } : {};
    await tx.draftFile.updateMany({ where: { ...lease }, data: { ...DONE, ...file } });
  });
}

/** Remembers that this public version could not be typeset within the limits. */
export async function refuseDraft(lease: DraftLease, version: number): Promise<void> {
  await db().draftFile.updateMany({
    where: { ...lease },
    data: { ...DONE, refusedVersion: version },
  });
}

/** Leaves a draft to the next one who asks for it. */
export async function leaveDraft(lease: DraftLease): Promise<void> {
  await db().draftFile.updateMany({ where: { ...lease }, data: DONE });
}
