import { setTimeout as sleep } from 'node:timers/promises';
import { db, type Db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import { entriesOf, signatoriesToPrint } from './queries';
import { canonicalJsonInTurns, hex } from '@/lib/platform/canonical-json';
import { lockLetter } from '@/lib/letter/lock';
import { listSettings } from '@/lib/letter/list-settings';
import { letterStatus } from '@/lib/letter/rules';
import { timesFields, toTimes } from '@/lib/letter/times/queries';
import { revisionContent } from '@/lib/revision/content';
import { draftMailingIn } from '@/lib/mailing/commands';
import { EVERYBODY } from '@/lib/mailing/rules';
import { deliveredLists } from './lists';
import { carryOut, forgetProblem, newLease, type Making } from './making/commands';
import type { MakingProblem } from './making/rules';
import { deliveredTexts } from './told';
import type { ToDeliver } from './schema';
import { deliveryContent, type DeliveryContent } from './snapshot';

/** The current state, for a coordinator whose page was outdated. */
export interface Figures {
  /** Number of the newest published revision. */
  revision: number;
  /** Number of organizations that stand behind it, named or not. */
  total: number;
  /** Number of the newest delivery. */
  delivery: number | null;
}

/**
 * Why nothing was delivered: the letter has not opened; nobody has endorsed it; a delivery of it is
 * being made (`running`); it has changed since the page was rendered (`now`: the current state); or
 * its files could not be made.
 */
export type DeliveryRefusal =
  | { ok: false; reason: 'draft' | 'empty' | 'running' | MakingProblem }
  | { ok: false; reason: 'changed'; now: Figures };

export type Delivered =
  | { ok: true; number: number; hash: string }
  /** It is frozen, and its files are still being made. */
  | { ok: true; number: null }
  | DeliveryRefusal;

/**
 * Delivers a letter: freezes its newest revision and the signatories that stand behind it, makes the
 * files, and records the delivery with them. Freezing holds the letter's lock, so that every public
 * change comes before or after it; making files does not.
 * @param waitMs how long to wait for the files, which are made in the background after that
 */
export async function deliver(owner: Owner, what: ToDeliver, waitMs?: number): Promise<Delivered> {
  const frozen = await db().$transaction((tx) => freeze(tx, owner, what));
  if (!frozen.ok) return frozen;
  const making = carryOut(frozen.making);
  const made = await (waitMs === undefined
    ? making
    : Promise.race([making, sleep(waitMs, null, { ref: false })]));
  if (made?.ok) return made;
  if (made === null || made.reason === 'lost') return { ok: true, number: null };
  // Said in the answer, so that the page need not say it once more.
  await forgetProblem(owner.letterId);
  return { ok: false, reason: made.reason };
}

/** Keeps what a delivery made now would hold, for this process to make its files. */
async function freeze(
  tx: Db,
  owner: Owner,
  { tally, round, label, addressee, seen, tells }: ToDeliver,
): Promise<{ ok: true; making: Making } | DeliveryRefusal> {
  const { letterId } = owner;
  await lockLetter(tx, letterId);
  const letter = await tx.letter.findUniqueOrThrow({
    where: { id: letterId },
    select: {
      slug: true,
      ...timesFields,
      archivedAt: true,
      delivery: true,
      listSettings: true,
      publicVersion: true,
      current: { select: { number: true, hash: true, canonical: true } },
      deliveryRequest: { select: { problem: true } },
    },
  });
  const deliveredAt = new Date();
  if (!letter.current || letterStatus(letter, deliveredAt) === 'draft')
    return { ok: false, reason: 'draft' };
  if (letter.deliveryRequest?.problem === null) return { ok: false, reason: 'running' };
  const { current } = letter;
  const signatories = await signatoriesToPrint(tx, letterId);
  const settings = listSettings(letter.listSettings);
  const { lists, counts } = deliveredLists(signatories, settings);
  const now: Figures = {
    revision: current.number,
    total: counts.total,
    delivery: letter.delivery,
  };
  if (seen.version !== letter.publicVersion) return { ok: false, reason: 'changed', now };
  if (counts.total === 0) return { ok: false, reason: 'empty' };

  const number = (letter.delivery ?? 0) + 1;
  // What the coordinators call the round, unless they call its delivery something else.
  const roundLabel = round === null ? undefined : toTimes(letter).rounds[round - 1]?.label;
  const { authoritativeLanguage, date, texts } = revisionContent(current.canonical);
  const content: DeliveryContent = {
    format: 'undersigned/delivery/4',
    letter: {
      id: letterId,
      slug: letter.slug,
      authoritativeLanguage,
      date,
      timeZone: letter.timeZone,
    },
    number,
    tally,
    round,
    label: Object.keys(label).length > 0 ? label : (roundLabel ?? {}),
    revision: { number: current.number, hash: hex(current.hash) },
    deliveredAt: deliveredAt.toISOString(),
    addressee,
    texts,
    counts,
    leading: settings.leading,
    lists,
  };
  const canonical = await canonicalJsonInTurns(content);
  const { leaseId, leaseUntil } = newLease(deliveredAt);
  await tx.deliveryRequest.deleteMany({ where: { letterId } });
  await tx.$executeRaw`
    INSERT INTO delivery_request (letter_id, requested_by_id, requested_at, canonical, entries, tells, lease_id, lease_until)
    SELECT ${letterId}::uuid, ${owner.coordinatorId}::uuid, ${deliveredAt}, ${canonical}, ${entriesOf(letterId)}, ${tells}, ${leaseId}::uuid, ${leaseUntil}`;
  return { ok: true, making: { letterId, leaseId } };
}

/**
 * Creates the draft of a mailing that tells all signatories of a delivery (ADR 47). Null if there is
 * no such delivery.
 */
export async function draftOfDelivery(owner: Owner, number: number): Promise<string | null> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    const delivery = await tx.delivery.findUnique({
      where: { letterId_number: { letterId, number } },
      select: { canonical: true },
    });
    if (!delivery) return null;
    const texts = deliveredTexts(deliveryContent(delivery.canonical));
    return draftMailingIn(tx, owner, { texts, audience: EVERYBODY });
  });
}
