import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { renderMail } from '@/emails/render';
import { nameKey } from '@/lib/endorsement/rules';
import { namesOf } from '@/lib/organization/names';
import { canonicalJson } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import type { MailToRender } from '@/lib/platform/mail/message';
import {
  enter,
  leave,
  printedBefore,
  said,
  type OldEndorsement,
  type OldEvent,
  type Row,
} from '@/tests/support/before-remodel';

let instance: Awaited<ReturnType<typeof enter>>;
beforeAll(async () => {
  instance = await enter(inject('postgresUrl'), `remodel_rows_${process.pid}`);
});
afterAll(() => leave(instance));

const before = <T = Row>(table: string) => instance.before[table] as unknown as T[];
const after = (table: string) => instance.after[table]!;
const without = (rows: Row[], ...columns: string[]) =>
  rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name))),
  );
const sorted = (rows: Row[]) => rows.map((row) => canonicalJson(row)).sort();
const endorsementsNow = () =>
  db().endorsement.findMany({
    include: {
      names: true,
      contact: true,
      representatives: true,
      organization: { include: { names: true, contacts: true } },
    },
  });

describe('the migration to organizations and contacts', () => {
  it.each([['delivery_file'], ['draft_link'], ['verification']])(
    'does not change any row of %s',
    (table) => {
      expect(before(table)).not.toEqual([]);
      expect(after(table)).toEqual(before(table));
    },
  );

  it('changes in the rows of deliveries only what the tally of a first round is called', () => {
    expect(before('delivery')).not.toEqual([]);
    expect(after('delivery')).toEqual(
      before('delivery').map((row) => ({
        ...row,
        ...(row.tally === 'first_tally'
          ? { tally: 'round', round: 1 }
          : { tally: row.tally, round: null }),
      })),
    );
  });

  it.each([
    ['coordinator', 'signed_in_at'],
    ['letter_role', 'since'],
  ])('adds to the rows of %s only %s, which the rows around them tell', (table, added) => {
    expect(sorted(without(after(table), added))).toEqual(sorted(before(table)));
    const told = after(table).flatMap((row) => row[added] ?? []);
    expect(told).not.toEqual([]);
    for (const at of told) expect(Date.parse(String(at))).toBeLessThan(Date.now());
  });

  it('keeps every letter’s text, in the usual form, with null for what it does not have', () => {
    const orNull = (text: unknown) => (text === '' ? null : text);
    expect(after('letter_text')).toEqual(
      before('letter_text').map((row) => ({
        ...row,
        salutation: orNull(row.salutation),
        valediction: orNull(row.valediction),
        call_marks: 'bullets',
        kigaki: false,
      })),
    );
  });

  it('keeps every row of renamed tables and columns', () => {
    const requests = before('affirmation');
    expect(sorted(after('reaffirmation'))).toEqual(sorted(without(requests, 'token_hash')));
    // Each link is its representative's.
    expect(
      sorted(without(after('reaffirmation_link'), 'representative_id', 'reaffirmation_id')),
    ).toEqual(
      sorted(requests.flatMap(({ token_hash }) => (token_hash === null ? [] : [{ token_hash }]))),
    );
    expect(sorted(after('text_save'))).toEqual(
      sorted(before('text_save').map(({ parts, ...row }) => ({ ...row, content: parts }))),
    );
    expect(
      sorted(
        without(
          after('mail'),
          ...['outcome', 'outcome_at', 'invitee_id', 'mailing_id', 'batch_id', 'begun_at'],
        ),
      ),
    ).toEqual(
      sorted(
        before('mail').map((row) => ({
          ...row,
          kind: row.kind === 'affirm' ? 'reaffirm' : row.kind,
        })),
      ),
    );
    expect(sorted(after('letter_slug'))).toEqual(
      sorted([
        ...before('retired_slug'),
        ...before('letter').map(({ id, slug }) => ({ slug, letter_id: id })),
      ]),
    );
    expect(sorted(after('revision'))).toEqual(
      sorted(without(before('revision'), 'title_ja', 'title_en')),
    );
    const inBoth = (row: Row, of: string, key: string, rest: Row) =>
      (['ja', 'en'] as const)
        .filter((language) => row[`${of}_${language}`] !== null)
        .map((language) => ({ ...rest, language, [key]: row[`${of}_${language}`] }));
    const subjectOf = ({ canonical }: Row, language: string) =>
      JSON.parse(String(canonical)).texts[language].subject || null;
    expect(sorted(after('revision_title'))).toEqual(
      sorted(
        before('revision').flatMap((row) =>
          inBoth(row, 'title', 'title', { letter_id: row.letter_id, number: row.number }).map(
            (title) => ({ ...title, subject: subjectOf(row, title.language) }),
          ),
        ),
      ),
    );
    expect(sorted(after('deadline_label'))).toEqual(
      sorted(
        before('letter').flatMap((row) =>
          inBoth(row, 'closes_label', 'label', { letter_id: row.id }),
        ),
      ),
    );
    const tallied = before('letter').filter((row) => row.first_tally_at !== null);
    expect(tallied.length).toBeGreaterThan(0);
    expect(sorted(after('round'))).toEqual(
      sorted(
        tallied.map((row) => ({
          letter_id: row.id,
          number: 1,
          deadline_at: row.first_tally_at,
          label: Object.fromEntries(
            (['ja', 'en'] as const).flatMap((language) => {
              const label = row[`first_tally_label_${language}`];
              return label === null ? [] : [[language, label]];
            }),
          ),
        })),
      ),
    );
    const labels = [
      'first_tally_at',
      'first_tally_label_ja',
      'first_tally_label_en',
      'closes_label_ja',
      'closes_label_en',
    ];
    expect(
      sorted(
        without(
          after('letter'),
          'audit_sequence',
          'contact_email',
          'reminds',
          'invitee_reminder_days',
          'invitee_reminder_deadline',
          'internal_deadline_at',
          'pressure',
          'pressure_until',
        ),
      ),
    ).toEqual(
      sorted(
        without(before('letter'), ...labels).map(({ substance, ...row }) => ({
          ...row,
          binding_revision: substance,
        })),
      ),
    );
    const texts = ['title_ja', 'title_en', 'body_ja', 'body_en'];
    expect(sorted(after('letter_update'))).toEqual(sorted(without(before('posting'), ...texts)));
    expect(sorted(after('letter_update_text'))).toEqual(
      sorted(
        before('posting').flatMap((row) =>
          inBoth(row, 'title', 'title', { update_id: row.id }).map((text) => ({
            ...text,
            body: row[`body_${text.language}`],
          })),
        ),
      ),
    );
  });

  it('keeps every endorsement with its names and its contact’s address and language, and the name and role of its representative', async () => {
    const old = before<OldEndorsement>('endorsement');
    const now = new Map((await endorsementsNow()).map((row) => [row.id, row]));
    const moved = [
      'name_ja',
      'name_en',
      'reading',
      'language',
      'email',
      'email_key',
      'representative_name',
      'representative_role',
    ];
    const added = [
      'organization_id',
      'contact_id',
      'name_key',
      'agreed_at',
      'evidence',
      'withdrawn_by',
      'reminders_ended_at',
      'invitee_id',
      'import_id',
      'erasure_requested_at',
      'category',
      'category_place',
      'list',
      'own_decline_reason_id',
      'authorised_how',
      'authorised_by',
      'authorised_on',
      'deletion_noticed_at',
      'page_kept_until',
      'contact_deleted_at',
      'held_at',
      'held_reason',
    ];
    expect(sorted(without(after('endorsement'), ...added))).toEqual(
      sorted(without(before('endorsement'), ...moved)),
    );
    expect([old.length, now.size]).toEqual([33, 33]);
    for (const row of old) {
      const { names, contact, representatives, nameKey: key } = now.get(row.id)!;
      const signed = { names: said({ ja: row.name_ja, en: row.name_en }), reading: row.reading };
      expect(namesOf(names)).toEqual(signed);
      expect(key).toBe(nameKey(signed));
      expect(representatives).toEqual([
        {
          id: expect.any(String) as string,
          endorsementId: row.id,
          contactId: contact!.id,
          name: row.representative_name,
          role: row.representative_role,
          searchText: '',
          since: expect.any(Date) as Date,
        },
      ]);
      expect(contact).toMatchObject({
        email: row.email,
        emailKey: row.email_key,
        language: row.language,
        verifiedAt:
          row.proof === 'email' && row.state !== 'submitted' ? new Date(row.verified_at!) : null,
      });
    }
  });

  it('gives every entry that is or was approved its own organization, with names if they are public', async () => {
    const now = await endorsementsNow();
    const linked = now.filter(({ state }) => state === 'approved' || state === 'withdrawn');
    expect(linked).toHaveLength(31);
    expect(new Set(linked.map(({ organizationId }) => organizationId)).size).toBe(31);
    expect(await db().organization.count()).toBe(31);
    for (const row of now) {
      if (!linked.includes(row)) {
        expect(row.organizationId, row.state).toBeNull();
        continue;
      }
      const { organization, visibility, names, proof, contactId, country, website } = row;
      expect(namesOf(organization!.names)).toEqual(
        visibility === 'named' ? namesOf(names) : { names: {}, reading: null },
      );
      expect(organization).toMatchObject({
        country,
        website: visibility === 'named' ? website : null,
        mergedIntoId: null,
        contacts: proof === 'email' ? [{ contactId }] : [],
      });
    }
  });

  it('records who withdrew each withdrawn entry, and when each signatory agreed to its current text', () => {
    const representatives = new Set(
      before<OldEvent>('audit_event')
        .filter(({ action, note }) => action === 'withdraw' && note === 'representative')
        .map(({ endorsement_id }) => endorsement_id),
    );
    expect(representatives.size).toBe(1);
    const answered = new Map(
      before('affirmation')
        .filter(({ answer }) => answer === 'affirmed')
        .map((row) => [row.endorsement_id, row.answered_at]),
    );
    expect(answered.size).toBe(2);
    expect(after('endorsement').filter(({ state }) => state === 'withdrawn')).toHaveLength(2);
    for (const { id, state, withdrawn_by, agreed_at, submitted_at } of after('endorsement')) {
      expect(withdrawn_by).toBe(
        state !== 'withdrawn'
          ? null
          : representatives.has(id as string)
            ? 'representative'
            : 'coordinator',
      );
      expect(agreed_at).toBe(answered.get(id) ?? submitted_at);
    }
  });

  it('stores the printed names with each delivery, including those of entries renamed since', () => {
    expect(sorted(without(after('delivery_entry'), 'printed_names'))).toEqual(
      sorted(before('delivery_entry')),
    );
    for (const { letter_id, number, canonical } of before('delivery')) {
      const { lists, counts } = printedBefore(canonical as string) as ReturnType<
        typeof printedBefore
      > & {
        counts: { withheld: number; earlier: { withheld: number } };
      };
      const noted = after('delivery_entry')
        .filter((row) => row.letter_id === letter_id && row.number === number)
        .map((row) => row.printed_names as Row | null);
      const printed = [...lists.all.names, ...(lists.earlier?.names ?? [])].map(
        ({ names }) => names,
      );
      expect(sorted(noted.filter((names) => names !== null))).toEqual(sorted(printed));
      expect(noted.filter((names) => names === null)).toHaveLength(
        counts.withheld + counts.earlier.withheld,
      );
    }
  });

  it('keeps pending mails in a form that can be sent', async () => {
    const waiting = await db().mail.findMany({ where: { sentAt: null } });
    expect(waiting).toHaveLength(21);
    for (const { kind, language, to, props } of waiting) {
      const mail = { kind, language, to, props, token: 'a-token' } as unknown as MailToRender;
      const { subject, text } = await renderMail(mail, 'http://localhost:3000');
      expect(subject).not.toBe('');
      expect(text).not.toMatch(/null|undefined|Invalid/);
    }
  });
});
