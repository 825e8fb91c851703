import { randomBytes } from 'node:crypto';
import { canonicalJson, hex, sha256 } from './canonical-json';
import { openText, sealText, sealedPrefix } from './sealing';
import type { Db } from './db/client';
import { Prisma } from './db/generated/client';
import { rowsAsJson } from './db/insert-all';
import type { ActorKind, AuditAction } from './db/generated/enums';

/** The actor of an event. Only coordinators are identified, by their id. */
export type Actor =
  { kind: 'coordinator'; id: string } | { kind: Exclude<ActorKind, 'coordinator'>; id?: null };

type Plain = string | number | boolean | null | Plain[] | { [member: string]: Plain };
export type AuditSide = { [member: string]: Plain };

/**
 * Values under these paths name people or organizations: the event stores their salted hash,
 * `audit_value` the erasable value.
 */
const ERASABLE =
  /^(before|after)\.(names\.|reading$|website$|note$|evidence$|label$|contactEmail$|texts\.)/;

export interface AuditEntry {
  /** Null: an event of the instance, such as granting the administrator role. */
  letterId: string | null;
  endorsementId?: string | null;
  actor: Actor;
  action: AuditAction;
  before?: AuditSide;
  after?: AuditSide;
  /** Whether its names are withheld; they are then sealed. */
  withheld?: boolean;
}

const SALT_BYTES = 32;

interface ErasableValue {
  path: string;
  salt: Uint8Array<ArrayBuffer>;
  value: string;
}

/**
 * One side of an event with erasable values replaced by salted hashes; the values are appended to
 * `values`.
 */
function seal(path: string, value: Plain, values: ErasableValue[]): Plain {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [
        member,
        seal(`${path}.${member}`, inner, values),
      ]),
    );
  }
  if (typeof value !== 'string' || !ERASABLE.test(path)) return value;
  const salt = new Uint8Array(randomBytes(SALT_BYTES));
  values.push({ path, salt, value });
  return { sha256: hex(sha256(Buffer.concat([salt, Buffer.from(value)]))) };
}

const NAMES = /^(before|after)\.(names\.|reading$)/;

/**
 * A value with what it says of names sealed. Its salt, too, since whoever has salt and hash can
 * guess names.
 */
function sealed<Row extends ErasableValue>(row: Row): Row {
  if (!NAMES.test(row.path)) return row;
  return {
    ...row,
    salt: new Uint8Array(Buffer.from(sealText(hex(row.salt)))),
    value: sealText(row.value),
  };
}

/** A salt as it was before {@link sealed}; others are 32 bytes. */
const openSalt = (salt: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    salt.length === SALT_BYTES ? salt : Buffer.from(openText(Buffer.from(salt).toString()), 'hex'),
  );

/**
 * Seals the names in the audit of endorsements that are withheld by now, or that another secret
 * sealed. Since values are never rewritten, each is erased and written again.
 */
export async function sealAudit(tx: Db, endorsementIds: string[]): Promise<void> {
  const rows = await tx.auditValue.findMany({
    where: {
      event: { endorsementId: { in: endorsementIds } },
      NOT: { value: { startsWith: sealedPrefix() } },
    },
  });
  const named = rows.filter(({ path }) => NAMES.test(path));
  if (named.length === 0) return;
  await tx.auditValue.deleteMany({
    where: { OR: named.map(({ eventId, path }) => ({ eventId, path })) },
  });
  const clear = named.map((row) => ({
    ...row,
    value: openText(row.value),
    salt: openSalt(row.salt),
  }));
  await tx.auditValue.createMany({ data: clear.map(sealed) });
}

/**
 * The number of the first of a letter's next audit events. Locks the letter's row until the
 * transaction ends.
 */
async function nextSequence(tx: Db, letterId: string | null, count: number): Promise<number> {
  if (letterId !== null) {
    const { auditSequence } = await tx.letter.update({
      where: { id: letterId },
      data: { auditSequence: { increment: count } },
      select: { auditSequence: true },
    });
    return auditSequence - count + 1;
  }
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('undersigned: audit of the instance'))`;
  const last = await tx.auditEvent.aggregate({
    where: { letterId: null },
    _max: { sequence: true },
  });
  return (last._max.sequence ?? 0) + 1;
}

/** The row of an event, and its erasable values. */
function eventOf(
  { letterId, endorsementId = null, actor, action, before = {}, after = {}, withheld }: AuditEntry,
  sequence: number,
  at: Date,
) {
  const values: ErasableValue[] = [];
  const actorId = actor.kind === 'coordinator' ? actor.id : null;
  const canonical = canonicalJson({
    format: 'undersigned/audit/1',
    letter: letterId,
    sequence,
    at: at.toISOString(),
    actor: { kind: actor.kind, id: actorId },
    action,
    endorsement: endorsementId,
    before: seal('before', before, values),
    after: seal('after', after, values),
  });
  const event = {
    letterId,
    sequence,
    endorsementId,
    actorKind: actor.kind,
    actorId,
    action,
    at,
    canonical,
  };
  return { event, values: withheld ? values.map(sealed) : values };
}

/**
 * Writes an audit event in the transaction of the change it records. Its text is canonical JSON
 * (RFC 8785), so that a hash chain can be built on it. `before` and `after` can contain names,
 * notes and texts: see `ERASABLE`.
 */
export async function audit(tx: Db, entry: AuditEntry): Promise<void> {
  const { event, values } = eventOf(entry, await nextSequence(tx, entry.letterId, 1), new Date());
  await tx.auditEvent.create({
    data: { ...event, ...(values.length > 0 && { values: { create: values } }) },
  });
}

/** {@link audit} for many events of one letter, in one statement. */
export async function auditAll(
  tx: Db,
  letterId: string,
  entries: readonly Omit<AuditEntry, 'letterId'>[],
): Promise<void> {
  const first = await nextSequence(tx, letterId, entries.length);
  const at = new Date();
  const events = entries.map((entry, index) => eventOf({ letterId, ...entry }, first + index, at));
  const rows = events.map(({ event }) => ({
    letter_id: letterId,
    sequence: event.sequence,
    endorsement_id: event.endorsementId,
    actor_kind: event.actorKind,
    actor_id: event.actorId,
    action: event.action,
    at,
    canonical: event.canonical,
  }));
  const values = events.flatMap(({ event: { sequence }, values }) =>
    values.map(({ path, salt, value }) => ({ sequence, path, salt, value })),
  );
  const columns = Prisma.sql`letter_id, sequence, endorsement_id, actor_kind, actor_id, action, at, canonical`;
  await tx.$executeRaw`
    WITH event AS (
      INSERT INTO audit_event (${columns})
      SELECT ${columns} FROM jsonb_populate_recordset(NULL::audit_event, ${rowsAsJson(rows)}::jsonb)
      RETURNING id, sequence
    )
    INSERT INTO audit_value (event_id, path, salt, value)
    SELECT event.id, path, salt, value
    FROM jsonb_to_recordset(${rowsAsJson(values)}::jsonb) AS erasable (sequence int, path text, salt bytea, value text)
      JOIN event USING (sequence)`;
}

/**
 * The `before` and `after` of a stored event with erasable values inserted; erased ones are null.
 */
export function auditSides(
  canonical: string,
  values: { path: string; value: string }[],
): { before: AuditSide; after: AuditSide } {
  const known = new Map(values.map(({ path, value }) => [path, openText(value)]));
  const open = (path: string, value: Plain): Plain => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    if (ERASABLE.test(path) && typeof value.sha256 === 'string') return known.get(path) ?? null;
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [member, open(`${path}.${member}`, inner)]),
    );
  };
  const { before, after } = JSON.parse(canonical) as { before: AuditSide; after: AuditSide };
  return { before: open('before', before) as AuditSide, after: open('after', after) as AuditSide };
}
