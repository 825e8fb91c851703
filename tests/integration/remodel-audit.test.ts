import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { letterAccess } from '@/lib/coordinator/access';
import { decide } from '@/lib/endorsement/review/commands';
import { auditSides } from '@/lib/platform/audit';
import { canonicalJson } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import {
  ACTIONS,
  enter,
  leave,
  sidesBefore,
  type OldEndorsement,
  type OldEvent,
  type Row,
} from '@/tests/support/before-remodel';
import { hashOf } from '@/tests/support/delivery';

let instance: Awaited<ReturnType<typeof enter>>;
beforeAll(async () => {
  instance = await enter(inject('postgresUrl'), `remodel_audit_${process.pid}`);
});
afterAll(() => leave(instance));

const before = <T>(table: string) => instance.before[table] as unknown as T[];

describe('the migrated audit of an instance without organizations and contacts', () => {
  interface NowEvent {
    id: bigint;
    letterId: string | null;
    canonical: string;
    values: { path: string; salt: Uint8Array; value: string }[];
  }
  const eventsNow = () =>
    db().auditEvent.findMany({ orderBy: { id: 'asc' }, include: { values: true } });
  /** The member of an object at a path such as `before.names.ja`. */
  const at = (event: unknown, path: string): unknown =>
    path.split('.').reduce<unknown>((found, member) => (found as Row)[member], event);

  it('has every event with its actor, time, action and changes', async () => {
    const events = await eventsNow();
    const old = before<OldEvent>('audit_event').sort((a, b) => a.id - b.id);
    expect(events).toHaveLength(41);
    for (const [index, was] of old.entries()) {
      const { id, letterId, endorsementId, actorId, actorKind, action, at, canonical, values } =
        events[index]!;
      expect({ id: Number(id), letterId, endorsementId, actorId, action, at }).toEqual({
        id: was.id,
        letterId: was.letter_id,
        endorsementId: was.endorsement_id,
        actorId: was.actor_id,
        action: ACTIONS[was.action] ?? was.action,
        at: new Date(was.at),
      });
      expect(actorKind).toBe(
        was.actor_id
          ? 'coordinator'
          : was.note === 'representative'
            ? 'representative'
            : 'operator',
      );
      expect(auditSides(canonical, values)).toEqual(sidesBefore(was));
    }
  });

  it('is canonical JSON that matches its columns, numbered within each letter without gaps', async () => {
    const last = new Map<string | null, number>();
    for (const event of await eventsNow()) {
      const sequence = (last.get(event.letterId) ?? 0) + 1;
      last.set(event.letterId, sequence);
      expect(event.sequence).toBe(sequence);
      const content = JSON.parse(event.canonical) as Row;
      expect(canonicalJson(content)).toBe(event.canonical);
      expect(content).toMatchObject({
        format: 'undersigned/audit/1',
        letter: event.letterId,
        sequence,
        at: event.at.toISOString(),
        actor: { kind: event.actorKind, id: event.actorId },
        action: event.action,
        endorsement: event.endorsementId,
      });
    }
    for (const { id, auditSequence } of await db().letter.findMany())
      expect(auditSequence).toBe(last.get(id));
  });

  it('has salted hashes instead of names, addresses and notes, each matching its stored value', async () => {
    const events: NowEvent[] = await eventsNow();
    const canonical = events.map((event) => event.canonical).join('\n');
    expect(canonical).not.toContain('@');
    for (const row of before<OldEndorsement>('endorsement')) {
      const words = [
        row.name_ja,
        row.name_en,
        row.reading,
        row.representative_name,
        row.representative_role,
        row.decline_note,
      ];
      for (const word of words) if (word) expect(canonical).not.toContain(word);
    }
    const values = events.flatMap((event) => event.values.map((value) => ({ event, ...value })));
    expect(values.length).toBe((canonical.match(/"sha256":/g) ?? []).length);
    expect(values.length).toBeGreaterThan(20);
    expect(new Set(values.map(({ salt }) => Buffer.from(salt).toString('hex'))).size).toBe(
      values.length,
    );
    for (const { event, path, salt, value } of values) {
      expect(salt).toHaveLength(32);
      expect(at(JSON.parse(event.canonical), path)).toEqual({
        sha256: hashOf(Buffer.concat([salt, Buffer.from(value)])),
      });
    }
  });

  it('continues with the next number when a reviewer decides on a migrated entry', async () => {
    const coordinator = await db().coordinator.findUniqueOrThrow({
      where: { email: 'reviewer@example.org' },
    });
    const reviewer = (await letterAccess(coordinator, 'rivers-2026', 'decide'))!;
    const of = { letterId: reviewer.letterId };
    const { id, version } = await db().endorsement.findFirstOrThrow({
      where: { ...of, state: 'approved' },
    });
    const last = (await eventsNow()).filter(({ letterId }) => letterId === of.letterId).at(-1)!;
    expect(await decide(reviewer, { id, version, step: 'withdraw' })).toEqual({ ok: true });
    expect(await decide(reviewer, { id, version: version + 1, step: 'take_back' })).toEqual({
      ok: true,
    });
    const [first, second] = await db().auditEvent.findMany({
      where: { ...of, sequence: { gt: last.sequence } },
      orderBy: { sequence: 'asc' },
    });
    expect([first!.sequence, second!.sequence]).toEqual([last.sequence + 1, last.sequence + 2]);
    expect(first!.id).toBeGreaterThan(last.id);
  });
});
