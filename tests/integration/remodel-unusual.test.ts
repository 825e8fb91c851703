import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { auditSides } from '@/lib/platform/audit';
import { canonicalJson } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import { enter, leave } from '@/tests/support/before-remodel';

const HOSTILE =
  'Quotes " and \\ back\\slash,\n\ttabs, \u0001 controls, \u007f, \u2028, 日本語 👩‍👩‍👧 and </script>';
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** States that are possible but do not occur in the dump. */
const CHANGE = `
  SET session_replication_role = replica;
  -- One address signed two letters, and somebody gave it who never confirmed it.
  UPDATE endorsement SET email = 'One@Example.org', email_key = 'one@example.org', representative_name = 'Then' WHERE name_en = 'Tree Club';
  UPDATE endorsement SET email = 'one@example.org', email_key = 'one@example.org', representative_name = 'Now', proof = 'email',
    verified_at = '2026-11-28 14:00:00+00' WHERE name_en = 'Kyoto YWCA';
  UPDATE endorsement SET email = 'one@example.org', email_key = 'one@example.org', representative_name = 'Claims' WHERE name_en = 'Soil Club';
  -- A letter nobody owns.
  DELETE FROM letter_role USING letter WHERE letter.id = letter_id AND slug = 'unfinished';
  -- Words that JSON writes in more than one way, in a note and in a label.
  UPDATE audit_event SET after = jsonb_set(after, '{note}', to_jsonb(${quoted(HOSTILE)}::text)) WHERE action = 'decline';
  UPDATE audit_event SET after = jsonb_set(after, '{closesLabel,en}', to_jsonb(${quoted(HOSTILE)}::text)) WHERE action = 'set_times';
  -- Taken back by a coordinator after the representative withdrew, and withdrawn by the coordinator at last.
  INSERT INTO audit_event (letter_id, endorsement_id, actor_id, action, before, after, note, at)
    SELECT letter_id, id, actor, action::audit_action, '{}', '{}', NULL, '2026-11-28 14:00:00+00' FROM endorsement
    CROSS JOIN (SELECT id AS actor FROM coordinator WHERE email = 'owner@example.org') AS owner
    CROSS JOIN (VALUES ('take_back'), ('withdraw')) AS steps (action) WHERE name_ja = '特定非営利活動法人アースの家';
  SET session_replication_role = DEFAULT;`;

let instance: Awaited<ReturnType<typeof enter>>;
beforeAll(async () => {
  instance = await enter(inject('postgresUrl'), `remodel_unusual_${process.pid}`, CHANGE);
});
afterAll(() => leave(instance));

const named = (name: string) => ({ names: { some: { name } } });

describe('the migration to organizations and contacts', () => {
  it('creates one contact for an address with two confirmed entries, keeps who signed each of them, and creates a separate contact for an unconfirmed entry', async () => {
    const contacts = await db().contact.findMany({
      where: { emailKey: 'one@example.org' },
      orderBy: { verifiedAt: { sort: 'desc', nulls: 'last' } },
      include: {
        endorsements: { include: { names: true, representatives: true } },
        organizations: true,
      },
    });
    expect(contacts).toMatchObject([
      { email: 'one@example.org', verifiedAt: new Date('2026-11-28T14:00:00Z') },
      { email: 'one@example.org', verifiedAt: null, organizations: [] },
    ]);
    expect(
      contacts.map(({ endorsements }) =>
        endorsements.map(({ representatives }) => representatives[0]?.name).sort(),
      ),
    ).toEqual([['Now', 'Then'], ['Claims']]);
    const signed = contacts.map(({ endorsements }) =>
      endorsements.map(({ names }) => names.find(({ language }) => language === 'en')?.name).sort(),
    );
    expect(signed).toEqual([['Kyoto YWCA', 'Tree Club'], ['Soil Club']]);
    expect(contacts[0]!.organizations).toHaveLength(2);
  });

  it('assigns a letter without an owner to the administrator', async () => {
    const roles = await db().letterRole.findMany({
      where: { letter: { slug: 'unfinished' } },
      include: { coordinator: true },
    });
    expect(roles).toMatchObject([
      { role: 'owner', coordinator: { email: 'coordinator@example.org', isAdministrator: true } },
    ]);
  });

  it('writes canonical audit events with any characters', async () => {
    const events = await db().auditEvent.findMany({
      where: { action: { in: ['decline', 'set_times'] } },
      orderBy: { action: 'asc' },
      include: { values: true },
    });
    expect(events).toHaveLength(2);
    for (const { canonical } of events)
      expect(canonicalJson(JSON.parse(canonical) as object)).toBe(canonical);
    const [decline, times] = events.map(
      ({ canonical, values }) => auditSides(canonical, values).after,
    );
    expect([decline!.note, (times!.closesLabel as { en: string }).en]).toEqual([HOSTILE, HOSTILE]);
  });

  it('records a coordinator as the one who withdrew if their withdrawal was the last', async () => {
    expect(
      await db().endorsement.findFirstOrThrow({
        where: named('特定非営利活動法人アースの家'),
        select: { state: true, withdrawnBy: true },
      }),
    ).toEqual({ state: 'withdrawn', withdrawnBy: 'coordinator' });
  });
});
