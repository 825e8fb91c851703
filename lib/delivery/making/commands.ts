/** Makes the files of a delivery that was frozen, and then records it (ADR 62). */
import { randomUUID } from 'node:crypto';
import { actorOf } from '@/lib/coordinator/access';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { draftMailingIn, writeMails } from '@/lib/mailing/commands';
import { EVERYBODY } from '@/lib/mailing/rules';
import { audit } from '@/lib/platform/audit';
import { hex, sha256 } from '@/lib/platform/canonical-json';
import { db, type Db } from '@/lib/platform/db/client';
import { DELIVERIES } from '@/lib/platform/limits';
import { errorName, log } from '@/lib/platform/log';
import { deliveryFilesOf, type MadeFile } from '../files';
import { typesettingProblem } from '../pdf/typesetter';
import { deliveryContent } from '../snapshot';
import { deliveredTexts } from '../told';
import { PROBLEM_OF, type MakingProblem } from './rules';

/** A request that this server process works on. */
export interface Making {
  letterId: string;
  leaseId: string;
}

/** `lost`: another server process has it, or it is done. */
export type Made =
  { ok: true; number: number; hash: string } | { ok: false; reason: MakingProblem | 'lost' };

const leaseUntil = (now: Date) => new Date(now.getTime() + DELIVERIES.leaseSeconds * 1_000);

/** The columns of a lease that this process takes. */
export const newLease = (now: Date) => ({ leaseId: randomUUID(), leaseUntil: leaseUntil(now) });

const held = ({ letterId, leaseId }: Making) => ({ letterId, leaseId });

/** Records a delivery with its files, in one transaction that locks the letter. */
async function record(
  tx: Db,
  making: Making,
  canonical: string,
  files: readonly MadeFile[],
): Promise<Made> {
  const { letterId, leaseId } = making;
  await lockLetter(tx, letterId);
  const [request] = await tx.$queryRaw<{ coordinatorId: string; tells: boolean }[]>`
    SELECT requested_by_id AS "coordinatorId", tells FROM delivery_request
    WHERE letter_id = ${letterId}::uuid AND lease_id = ${leaseId}::uuid AND problem IS NULL FOR UPDATE`;
  if (!request) return { ok: false, reason: 'lost' };
  const content = deliveryContent(canonical);
  const { number, tally, round, revision, counts } = content;
  const hash = sha256(canonical);
  await tx.$executeRaw`
    INSERT INTO delivery (letter_id, number, tally, round, revision, canonical, hash, delivered_at, delivered_by_id)
    SELECT letter_id, ${number}, ${tally}::tally, ${round}, ${revision.number}, canonical, ${hash}, ${new Date(content.deliveredAt)}, requested_by_id
    FROM delivery_request WHERE letter_id = ${letterId}::uuid`;
  await tx.$executeRaw`
    INSERT INTO delivery_entry (letter_id, number, endorsement_id, printed_names)
    SELECT letter_id, ${number}, (entry ->> 'id')::uuid, NULLIF(entry -> 'names', 'null')
    FROM delivery_request CROSS JOIN LATERAL jsonb_array_elements(entries) AS entry
    WHERE letter_id = ${letterId}::uuid`;
  for (const file of files)
    await tx.deliveryFile.create({
      data: { ...file, letterId, number, sha256: sha256(file.bytes) },
      select: { name: true },
    });
  await tx.$executeRaw`
    UPDATE endorsement SET delivery = ${number} WHERE id IN (
      SELECT (entry ->> 'id')::uuid FROM delivery_request CROSS JOIN LATERAL jsonb_array_elements(entries) AS entry
      WHERE letter_id = ${letterId}::uuid AND (entry -> 'listed')::boolean)`;
  await tx.letter.update({ where: { id: letterId }, data: { delivery: number } });
  const by = { letterId, coordinatorId: request.coordinatorId };
  await audit(tx, {
    letterId,
    actor: actorOf(by),
    action: 'deliver',
    before: { delivery: number === 1 ? null : number - 1 },
    after: {
      delivery: number,
      tally,
      round,
      revision: revision.number,
      total: counts.total,
      hash: hex(hash),
    },
  });
  await markPublicChange(tx, letterId);
  if (tally === 'final' && request.tells) {
    const told = { texts: deliveredTexts(content), audience: EVERYBODY };
    await writeMails(tx, by, { id: await draftMailingIn(tx, by, told), ...told });
  }
  await tx.deliveryRequest.delete({ where: { letterId } });
  return { ok: true, number, hash: hex(hash) };
}

/** Gives a request up: what was frozen is deleted, and coordinators see why. */
async function giveUp(making: Making, problem: MakingProblem): Promise<void> {
  await db().$executeRaw`
    UPDATE delivery_request SET canonical = NULL, entries = NULL, problem = ${problem}, lease_id = NULL, lease_until = NULL
    WHERE letter_id = ${making.letterId}::uuid AND lease_id = ${making.leaseId}::uuid`;
}

async function madeFiles(making: Making, canonical: string): Promise<Made> {
  const goOn = (data: { made?: number; total?: number }) =>
    db().deliveryRequest.updateMany({
      where: held(making),
      data: { ...data, leaseUntil: leaseUntil(new Date()) },
    });
  // A file can take minutes, in which no other process is to begin with it.
  const renewing = setInterval(
    () => void goOn({}).catch(() => {}),
    DELIVERIES.leaseSeconds * 250,
  ).unref();
  try {
    const files = await deliveryFilesOf(canonical, (made, total) => goOn({ made, total }));
    return await db().$transaction((tx) => record(tx, making, canonical, files), {
      timeout: DELIVERIES.recordMs,
    });
  } finally {
    clearInterval(renewing);
  }
}

/** Makes the files of a request that this process has leased, and records the delivery. */
export async function carryOut(making: Making): Promise<Made> {
  try {
    const request = await db().deliveryRequest.findFirst({
      where: held(making),
      select: { canonical: true },
    });
    if (!request?.canonical) return { ok: false, reason: 'lost' };
    return await madeFiles(making, request.canonical);
  } catch (error) {
    log('error', 'a delivery could not be made', { error: errorName(error) });
    const problem = typesettingProblem(error);
    // Without a database, say: when the lease has ended, the background tries again.
    if (!problem) throw error;
    const reason = PROBLEM_OF[problem];
    await giveUp(making, reason);
    return { ok: false, reason };
  }
}

/** Deletes the reason for which a delivery was not made, if it is still there. */
export async function forgetProblem(letterId: string): Promise<void> {
  await db().deliveryRequest.deleteMany({ where: { letterId, problem: { not: null } } });
}

/**
 * Makes the delivery that has waited longest for a server process, because the one that began with it
 * has ended. Running it in several processes is safe.
 * @returns the number of deliveries dealt with
 */
export async function makeDeliveries(now: Date = new Date()): Promise<number> {
  const lease = newLease(now);
  const [found] = await db().$queryRaw<{ letterId: string; attempts: number }[]>`
    UPDATE delivery_request SET lease_id = ${lease.leaseId}::uuid, lease_until = ${lease.leaseUntil}, attempts = attempts + 1, made = 0
    WHERE letter_id = (
      SELECT letter_id FROM delivery_request WHERE problem IS NULL AND lease_until < ${now}
      ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING letter_id AS "letterId", attempts`;
  if (!found) return 0;
  const making = { letterId: found.letterId, leaseId: lease.leaseId };
  if (found.attempts > DELIVERIES.attempts) await giveUp(making, 'no-pdf');
  else await carryOut(making);
  return 1;
}
