import { randomBytes } from 'node:crypto';
import { canonicalJson, hex, sha256 } from './canonical-json';
import type { Db } from './db/client';
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
const ERASABLE = /^(before|after)\.(names\.|reading$|note$|evidence$|label$|contactEmail$|texts\.)/;

export interface AuditEntry {
  /** Null: an event of the instance, such as granting the administrator role. */
  letterId: string | null;
  endorsementId?: string | null;
  actor: Actor;
  action: AuditAction;
  before?: AuditSide;
  after?: AuditSide;
}

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
  const salt = new Uint8Array(randomBytes(32));
  values.push({ path, salt, value });
  return { sha256: hex(sha256(Buffer.concat([salt, Buffer.from(value)]))) };
}

/** The number of a letter's next audit event. Locks the letter's row until the transaction ends. */
async function nextSequence(tx: Db, letterId: string | null): Promise<number> {
  if (letterId !== null) {
    const { auditSequence } = await tx.letter.update({
      where: { id: letterId },
      data: { auditSequence: { increment: 1 } },
      select: { auditSequence: true },
    });
    return auditSequence;
  }
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('undersigned: audit of the instance'))`;
  const last = await tx.auditEvent.aggregate({
    where: { letterId: null },
    _max: { sequence: true },
  });
  return (last._max.sequence ?? 0) + 1;
}

/**
 * Writes an audit event in the transaction of the change it records. Its text is canonical JSON
 * (RFC 8785), so that a hash chain can be built on it. `before` and `after` can contain names,
 * notes and texts: see `ERASABLE`.
 */
export async function audit(
  tx: Db,
  { letterId, endorsementId = null, actor, action, before = {}, after = {} }: AuditEntry,
): Promise<void> {
  const at = new Date();
  const sequence = await nextSequence(tx, letterId);
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
  await tx.auditEvent.create({
    data: {
      letterId,
      sequence,
      endorsementId,
      actorKind: actor.kind,
      actorId,
      action,
      at,
      canonical,
      ...(values.length > 0 && { values: { create: values } }),
    },
  });
}

/**
 * The `before` and `after` of a stored event with erasable values inserted; erased ones are null.
 */
export function auditSides(
  canonical: string,
  values: { path: string; value: string }[],
): { before: AuditSide; after: AuditSide } {
  const known = new Map(values.map(({ path, value }) => [path, value]));
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
