import { db, type Db } from '@/lib/platform/db/client';
import { actorOf, type Owner } from '@/lib/coordinator/access';
import { mayShowName } from '@/lib/endorsement/rules';
import { audit } from '@/lib/platform/audit';
import { LANGUAGES } from '@/lib/platform/languages';
import { signatoriesToPrint } from './queries';
import { canonicalJson, hex, sha256 } from '@/lib/platform/canonical-json';
import { TYPESETTING } from '@/lib/platform/limits';
import { errorName, log } from '@/lib/platform/log';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { listSettings } from '@/lib/letter/list-settings';
import { letterStatus } from '@/lib/letter/rules';
import { revisionContent } from '@/lib/revision/content';
import { deliveryFilesOf } from './files';
import { deliveredLists } from './lists';
import { typesettingProblem, type TypesettingProblem } from '@/lib/delivery/pdf/typesetter';
import type { ToDeliver } from './schema';
import type { DeliveryContent } from './snapshot';

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
 * Why nothing was delivered: the letter has not opened; nobody has endorsed it; it has changed
 * since the page was rendered (`now`: the current state); typesetting exceeded its time or memory
 * limit (`too-large`); the typesetting queue is full (`busy`); or typesetting failed for another
 * reason (`no-pdf`).
 */
export type DeliveryRefusal =
  | { ok: false; reason: 'draft' | 'empty' | 'too-large' | 'busy' | 'no-pdf' }
  | { ok: false; reason: 'changed'; now: Figures };

export type Delivered = { ok: true; number: number; hash: string } | DeliveryRefusal;

/**
 * The transaction timeout: for each language, one PDF with the maximum time in the queue and at
 * work; the rest is for reading and writing.
 */
const TIMEOUT_MS =
  LANGUAGES.length * (TYPESETTING.delivery.waitMs + TYPESETTING.delivery.timeMs) + 60_000;

const REFUSALS: Record<TypesettingProblem, 'too-large' | 'busy' | 'no-pdf'> = {
  busy: 'busy',
  'too-long': 'too-large',
  'too-big': 'too-large',
  crashed: 'no-pdf',
  refused: 'no-pdf',
  'no-engine': 'no-pdf',
};

/**
 * Delivers a letter: stores a snapshot of its newest revision and of the signatories that stand
 * behind it, and the files made from it. Runs in one transaction that locks the letter, so that
 * every public change comes before or after it; sign-ups are not blocked.
 */
export async function deliver(owner: Owner, what: ToDeliver): Promise<Delivered> {
  try {
    return await db().$transaction((tx) => deliverIn(tx, owner, what), { timeout: TIMEOUT_MS });
  } catch (error) {
    const problem = typesettingProblem(error);
    if (!problem) throw error;
    log('error', 'a delivery could not be typeset', { error: errorName(error) });
    return { ok: false, reason: REFUSALS[problem] };
  }
}

async function deliverIn(
  tx: Db,
  owner: Owner,
  { tally, label, addressee, seen }: ToDeliver,
): Promise<Delivered> {
  const { letterId } = owner;
  await lockLetter(tx, letterId);
  const letter = await tx.letter.findUniqueOrThrow({
    where: { id: letterId },
    select: {
      slug: true,
      timeZone: true,
      opensAt: true,
      closesAt: true,
      archivedAt: true,
      delivery: true,
      listSettings: true,
      publicVersion: true,
      current: { select: { number: true, hash: true, canonical: true } },
    },
  });
  const deliveredAt = new Date();
  if (!letter.current || letterStatus(letter, deliveredAt) === 'draft')
    return { ok: false, reason: 'draft' };
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
  const { authoritativeLanguage, date, texts } = revisionContent(current.canonical);
  const content: DeliveryContent = {
    format: 'undersigned/delivery/2',
    letter: {
      id: letterId,
      slug: letter.slug,
      authoritativeLanguage,
      date,
      timeZone: letter.timeZone,
    },
    number,
    tally,
    label,
    revision: { number: current.number, hash: hex(current.hash) },
    deliveredAt: deliveredAt.toISOString(),
    addressee,
    texts,
    counts,
    leading: settings.leading,
    lists,
  };
  const canonical = canonicalJson(content);
  const hash = sha256(canonical);
  const files = await deliveryFilesOf(canonical);

  await tx.delivery.create({
    data: {
      letterId,
      number,
      tally,
      revision: current.number,
      canonical,
      hash,
      deliveredAt,
      deliveredById: owner.coordinatorId,
    },
  });
  const printed = signatories.map(({ names, visibility }) =>
    mayShowName(visibility, 'public') ? JSON.stringify(names) : null,
  );
  await tx.$executeRaw`
    INSERT INTO delivery_entry (letter_id, number, endorsement_id, printed_names)
    SELECT ${letterId}::uuid, ${number}, entry.id, entry.names::jsonb
    FROM unnest(${signatories.map(({ id }) => id)}::uuid[], ${printed}::text[]) AS entry (id, names)`;
  await tx.deliveryFile.createMany({
    data: files.map((file) => ({ ...file, letterId, number, sha256: sha256(file.bytes) })),
  });
  const listed = signatories.filter(({ list }) => list !== 'earlier').map(({ id }) => id);
  await tx.$executeRaw`UPDATE endorsement SET delivery = ${number} WHERE id = ANY(${listed}::uuid[])`;
  await tx.letter.update({ where: { id: letterId }, data: { delivery: number } });
  await audit(tx, {
    letterId,
    actor: actorOf(owner),
    action: 'deliver',
    before: { delivery: letter.delivery },
    after: {
      delivery: number,
      tally,
      revision: current.number,
      total: counts.total,
      hash: hex(hash),
    },
  });
  await markPublicChange(tx, letterId);
  return { ok: true, number, hash: hex(hash) };
}
