/** What is kept for a time is gone after it, from the whole database (ADR 53). */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderMail } from '@/emails/render';
import { deliver } from '@/lib/delivery/commands';
import { endorse as endorseThrough } from '@/lib/endorsement/commands';
import { signedLetter } from '@/lib/letter/queries';
import { contactRows } from '@/lib/endorsement/contacts/queries';
import { exportContacts } from '@/lib/endorsement/contacts/commands';
import { correctRepresentative, withdraw } from '@/lib/endorsement/entry/commands';
import { mailEntryLinks, requestEntryLinks } from '@/lib/endorsement/entry/links/commands';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { inviteOrganizations, keepList } from '@/lib/endorsement/invitees/commands';
import { inviteeRow } from '@/lib/endorsement/invitees/schema';
import { remindUnconfirmed } from '@/lib/endorsement/reminders/commands';
import { acceptNomination, nominate } from '@/lib/endorsement/representatives/nominations/commands';
import { contactsOfEntry } from '@/lib/endorsement/representatives/queries';
import { keepPage, releasePage } from '@/lib/endorsement/retention/commands';
import { deletionOf } from '@/lib/endorsement/retention/queries';
import { attest, correct, decide } from '@/lib/endorsement/review/commands';
import { holdBatch } from '@/lib/endorsement/review/holding/commands';
import { addNote } from '@/lib/endorsement/review/notes/commands';
import { markOpened } from '@/lib/endorsement/review/presence/commands';
import { queue } from '@/lib/endorsement/review/queries';
import { confirm } from '@/lib/endorsement/verification/commands';
import { db } from '@/lib/platform/db/client';
import { env, parseEnv } from '@/lib/platform/env';
import { PEOPLE } from '@/lib/platform/limits';
import { dispatchDue } from '@/lib/platform/mail/dispatcher';
import { suppress } from '@/lib/platform/mail/suppression';
import { COLUMNS, PERSONAL_DATA, TERMS, type Term } from '@/lib/platform/personal-data';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { endMailingsOfEntry } from '@/lib/mailing/ending/commands';
import { retain, retentionDue } from '@/lib/retention/commands';
import { RULES } from '@/lib/retention/table/commands';
import { requestAgain } from '@/lib/revision/reaffirmation/commands';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { signatories } from '@/lib/signatories/queries';
import { asSeen } from '@/tests/support/delivery';
import { dump, rowsWith } from '@/tests/support/dump';
import {
  aCoordinator,
  aLetter,
  anAddress,
  anEndorsement,
  anEntryLink,
  anOwner,
  aReviewer,
  aSignUp,
  aColleague,
  representedBy,
} from '@/tests/support/factories';
import { mailsTo, sent, tokenOf } from '@/tests/support/mail';
import { entryFor } from '@/tests/support/managed';
import { publishAs, write } from '@/tests/support/publishing';
import { aClient, endorse } from '@/tests/support/sign-up';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const after = (at: Date, milliseconds: number) => new Date(at.getTime() + milliseconds);

/** Some months after a time, in UTC. */
function months(at: Date, count: number): Date {
  const later = new Date(at);
  later.setUTCMonth(later.getUTCMonth() + count);
  return later;
}

/** On the first of a month, so that months later is the same day; after whatever the tests do now. */
const CLOSED = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1, 12));
const OVER = months(CLOSED, PEOPLE.months);
const TOLD = after(OVER, -PEOPLE.noticeDays * DAY);

let words = 0;
/** A word that stands nowhere else. */
const canary = () => `canary${process.pid}x${(words += 1)}x`;

const versionOf = async (id: string) =>
  (await db().endorsement.findUniqueOrThrow({ where: { id } })).version;

/** Sends everything to the local mailbox, which keeps it. */
async function sendToMailbox(): Promise<void> {
  await db().mail.updateMany({ where: { sentAt: null }, data: { sendAfter: new Date(0) } });
  const { DATABASE_URL, APP_URL, APP_SECRET } = env();
  const local = parseEnv({
    DATABASE_URL,
    APP_URL,
    APP_SECRET,
    MAIL_TRANSPORT: 'mailbox',
    MAIL_PER_SECOND: '1000',
  });
  while ((await dispatchDue({ db: db(), env: local, render: renderMail })) > 0);
}

/** The last of the mails of a kind to an address. */
const last = async (email: string, kind: string) =>
  (await mailsTo(email)).filter((mail) => mail.kind === kind).at(-1)!;

/** A confirmed endorsement of a letter that closes, with the token of its page. */
async function anEntry(over = {}, letterOver = {}) {
  const letter = await aLetter({ closesAt: CLOSED, ...letterOver });
  const entry = await anEndorsement(letter.id, { state: 'approved', ...over });
  return { letter, ...entry, token: await anEntryLink(entry.id) };
}

/** The token of another link to an entry's page. */
const aLink = (id: string) => anEntryLink(id);

const contactOf = async (id: string) =>
  (await db().endorsement.findUniqueOrThrow({ where: { id } })).contactId;

afterEach(() => void vi.restoreAllMocks());

describe('personal data of a letter that has closed', () => {
  it('is found nowhere in the database once its term is over; what was signed and delivered is', async () => {
    const person = {
      address: canary(),
      name: canary(),
      role: canary(),
      board: canary(),
      note: canary(),
      told: canary(),
      held: canary(),
      evidence: canary(),
      reason: canary(),
      colleague: canary(),
      unconfirmed: canary(),
    };
    const organization = canary();
    const letter = await aLetter({ reminds: true, listSettings: { authorisation: 'required' } });
    const [owner, reviewer] = [await anOwner(letter), await aReviewer(letter)];
    const email = anAddress(person.address);
    const settings = { authorisation: 'required' };
    const signUpOf = (over: object) =>
      aSignUp(
        {
          nameJa: '',
          reading: '',
          nameEn: organization,
          representativeName: person.name,
          representativeRole: person.role,
          representativeEmail: email,
          authorisedHow: 'board',
          authorisedBy: person.board,
          authorisedOn: '2025-04-01',
          ...over,
        },
        settings,
      );

    // Invited, signed through the link, reminded, confirmed; signed once more.
    const values = {
      name: organization,
      representativeEmail: email,
      representativeName: canary(),
    };
    const row = inviteeRow({ number: 2, values }, 'en');
    expect(await inviteOrganizations(owner, await keepList(owner, [row]))).toMatchObject({
      ok: true,
    });
    await keepList(owner, [row]);
    const invitee = tokenOf(await last(email, 'invite_to_sign'));
    await sendToMailbox();
    expect(
      await endorseThrough(await signedLetter(letter.slug), signUpOf({}), aClient(), 1, invitee),
    ).toEqual({
      ok: true,
    });
    await endorse(letter.slug, signUpOf({ representativeEmail: anAddress(person.unconfirmed) }));
    expect(await remindUnconfirmed(after(new Date(), 3 * DAY))).toBe(2);
    const confirmation = await last(email, 'confirm');
    const id = confirmation.endorsementId!;
    expect(await confirm(tokenOf(confirmation), 1)).toMatchObject({ ok: true });
    await endorse(letter.slug, signUpOf({}));
    expect(await last(email, 'already_signed')).toBeDefined();
    const page = tokenOf(await last(email, 'confirmed'));

    // A colleague joins; the address gets no mailings.
    const colleague = anAddress(person.colleague);
    await nominate(
      page,
      {
        kind: 'add',
        representativeName: person.colleague,
        representativeRole: person.colleague,
        representativeEmail: colleague,
        language: 'en',
      },
      aClient(),
    );
    expect(await acceptNomination(tokenOf(await last(colleague, 'nominated')))).toEqual({
      ok: true,
    });
    expect(await endMailingsOfEntry(page)).toBe(true);

    // Decided on, with notes; changed by its organization; delivered; asked again.
    await addNote(reviewer, { id, text: person.note });
    await correct(reviewer, {
      id,
      version: await versionOf(id),
      names: { en: `${organization} Group` },
      reading: null,
    });
    await decide(reviewer, { step: 'approve', id, version: await versionOf(id) });
    await correctRepresentative(page, {
      representativeName: `${person.name} second`,
      representativeRole: person.role,
    });
    const declined = await anEndorsement(letter.id, { email: anAddress(person.address) });
    await holdBatch(reviewer, {
      entries: [{ id: declined.id, version: 1 }],
      reason: person.held,
    });
    await decide(reviewer, {
      step: 'decline',
      id: declined.id,
      version: 2,
      reason: 'other',
      note: person.told,
    });
    const gone = await anEndorsement(letter.id, {
      state: 'approved',
      email: anAddress(person.address),
    });
    await withdraw(await anEntryLink(gone.id), person.reason);
    const { id: attested } = (await attest(reviewer, {
      names: { en: canary() },
      reading: null,
      website: null,
      category: null,
      country: 'JP',
      visibility: 'named',
      evidence: person.evidence,
    })) as { id: string };
    await decide(reviewer, { step: 'approve', id: attested, version: await versionOf(attested) });
    await sendToMailbox();
    expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true });
    await write(letter, { body: 'Another text.' });
    expect(await publishAs(owner, 'substance')).toMatchObject({ asked: { mailed: 1 } });
    await requestEntryLinks(email, 'en', aClient());
    while ((await mailEntryLinks()) > 0);
    await sendToMailbox();
    await requestEntryLinks(email, 'en', aClient());

    // Nothing passes because nothing was there: every column has something in it.
    for (const [what, word] of Object.entries(person))
      expect(await rowsWith([word]), what).not.toEqual([]);
    const mine: ReadonlySet<Term> = new Set(['people', 'remarks', 'sent', 'invited']);
    const kinds = Object.entries(PERSONAL_DATA).filter(([, { kept }]) =>
      kept.some((term) => mine.has(term)),
    );
    for (const [table, columns] of Object.entries(COLUMNS))
      for (const [column, kind] of Object.entries(columns))
        if (kinds.some(([name]) => name === kind) && !UNPLANTED.has(`${table}.${column}`)) {
          const [{ count }] = (await db().$queryRawUnsafe(
            `SELECT count("${column}")::int AS count FROM "${table}"`,
          )) as [{ count: number }];
          expect(count, `${table}.${column}`).toBeGreaterThan(0);
        }

    await db().letter.update({ where: { id: letter.id }, data: { closesAt: CLOSED } });
    await retain(TOLD);
    await sendToMailbox();
    await retain(after(OVER, -SECOND));
    for (const key of [
      'address',
      'name',
      'role',
      'board',
      'note',
      'told',
      'evidence',
      'reason',
      'colleague',
    ] as const)
      expect(await rowsWith([person[key]]), key).not.toEqual([]);
    await retain(OVER);
    expect(await rowsWith(Object.values(person))).toEqual([]);

    // What was signed stands, and everything that shows it copes.
    expect(await rowsWith([organization])).not.toEqual([]);
    expect(JSON.stringify(await signatories(letter.id, 'earlier'))).toContain(
      `${organization} Group`,
    );
    expect(await publicLetter(letter.slug)).not.toBeNull();
    expect(await ownEntry(page)).toEqual({ state: 'unknown' });
    for (const each of [id, declined.id, gone.id, attested])
      expect(await entryFor(reviewer, each)).toMatchObject({
        representatives: [],
        evidence: null,
        declineNote: null,
        notes: [],
      });
    expect(await entryFor(reviewer, id)).toMatchObject({ contactDeletedAt: OVER });
    expect((await queue(reviewer, { state: 'all', q: organization, page: 1 })).rows).toMatchObject([
      { id },
    ]);
    expect((await queue(reviewer, { state: 'all', q: person.name, page: 1 })).total).toBe(0);
    const { ids } = await exportContacts(owner);
    for await (const rows of contactRows(owner, ids))
      for (const found of rows)
        expect(found).toMatchObject({ contact: null, representative: null });
    await requestEntryLinks(email, 'en', aClient());
    while ((await mailEntryLinks()) > 0);
    expect(await mailsTo(email)).toEqual([]);
    await write(letter, { body: 'A third text.' });
    expect(await publishAs(owner, 'substance')).toMatchObject({ ok: true });
    expect(await requestAgain(owner, id)).toMatchObject({ ok: false });
    await decide(reviewer, { step: 'withdraw', id, version: await versionOf(id) });
    expect(
      await db().mail.count({ where: { letterId: letter.id, kind: { not: 'review_notice' } } }),
    ).toBe(0);

    const events = await db().auditEvent.findMany({
      where: { letterId: letter.id, action: 'delete_personal_data' },
      orderBy: { id: 'asc' },
    });
    expect(
      events.map(({ actorKind, canonical }) => [
        actorKind,
        (JSON.parse(canonical) as { after: object }).after,
      ]),
    ).toEqual([
      ['system', { what: 'contact data', count: 3 }],
      ['system', { what: 'evidence and notes to organizations', count: 2 }],
      ['system', { what: 'notes among coordinators', count: 1 }],
      ['system', { what: 'notes and evidence in the audit', count: 5 }],
    ]);
  }, 120_000);

  it('of an organization that signed another letter stays for that one', async () => {
    const email = anAddress(canary());
    const { id, contactId, organizationId } = await anEntry({ email });
    const running = await aLetter();
    const other = await anEndorsement(running.id, { state: 'approved', email: anAddress() });
    await representedBy(other.id, contactId!);
    for (const each of [organizationId!, other.organizationId!])
      await db().organizationContact.create({
        data: { organizationId: each, contactId: contactId! },
      });
    await retain(TOLD);
    await retain(OVER);
    expect(await contactOf(id)).toBeNull();
    expect(await contactOf(other.id)).toBe(contactId);
    const speaks = await db().organizationContact.findMany({ where: { contactId: contactId! } });
    expect(speaks).toMatchObject([{ organizationId: other.organizationId }]);
    expect(
      await db().representative.count({ where: { endorsementId: { in: [id, other.id] } } }),
    ).toBe(1);
  });

  it('is that of all its representatives, each of whom is told; who represents another entry stays there', async () => {
    const { id, email, organizationId } = await anEntry({
      authorisedHow: 'board',
      authorisedBy: 'The board',
    });
    const [colleague, elsewhere] = [await aColleague(id), await aColleague(id)];
    const other = await anEndorsement((await aLetter()).id, { state: 'approved' });
    const first = await contactOf(other.id);
    await db().representative.create({
      data: { endorsementId: other.id, contactId: elsewhere.id },
    });
    for (const contactId of [colleague.id, elsewhere.id])
      await db().organizationContact.create({
        data: { organizationId: organizationId!, contactId },
      });
    await retain(TOLD);
    for (const to of [email, colleague.email, elsewhere.email])
      expect(await ownEntry(tokenOf(await last(to, 'deletion_notice')))).toMatchObject({
        id,
        reader: { email: to },
      });
    await retain(OVER);
    expect(await db().endorsement.findUniqueOrThrow({ where: { id } })).toMatchObject({
      contactId: null,
      authorisedHow: null,
      authorisedBy: null,
      authorisedOn: null,
    });
    expect(await rowsWith([email, colleague.email])).toEqual([]);
    expect(await db().organizationContact.count({ where: { contactId: elsewhere.id } })).toBe(0);
    expect((await contactsOfEntry(other.id)).map(({ contactId }) => contactId)).toEqual(
      expect.arrayContaining([first, elsewhere.id]),
    );
  });

  it('of a contact that nobody has confirmed stays while it represents an entry', async () => {
    const { id } = await anEntry({}, { closesAt: null });
    const { id: contactId } = await aColleague(id, null);
    await retain(OVER);
    expect(await db().contact.count({ where: { id: contactId } })).toBe(1);
  });

  it.each([
    ['is open without a deadline', { closesAt: null }],
    ['was archived later', { closesAt: null, archivedAt: after(CLOSED, DAY) }],
  ])('of a letter that %s is kept, whatever its organization said', async (_what, over) => {
    const { id } = await anEntry({ verifiedAt: new Date('2025-05-01') }, over);
    await db().endorsement.update({
      where: { id },
      data: { pageKeptUntil: new Date('2025-06-01') },
    });
    await retain(TOLD);
    await retain(OVER);
    expect(await contactOf(id)).not.toBeNull();
    expect(await db().representative.count({ where: { endorsementId: id } })).toBe(1);
  });

  it('of a letter that is opened again counts anew, and its organization is told anew', async () => {
    const { id, email, letter } = await anEntry();
    await retain(TOLD);
    expect(await mailsTo(email)).toHaveLength(1);
    const again = months(CLOSED, 8);
    await db().letter.update({ where: { id: letter.id }, data: { closesAt: again } });
    await retain(OVER);
    expect(await contactOf(id)).not.toBeNull();
    expect(await mailsTo(email)).toHaveLength(1);
    await retain(after(months(again, PEOPLE.months), -PEOPLE.noticeDays * DAY));
    // The first mail is gone by then.
    expect((await mailsTo(email)).filter(({ kind }) => kind === 'deletion_notice')).toHaveLength(
      1 + 1,
    );
    await retain(months(again, PEOPLE.months));
    expect(await contactOf(id)).toBeNull();
  });

  it('of an entry that was confirmed or decided on later counts from then', async () => {
    const later = after(CLOSED, 90 * DAY);
    const { id } = await anEntry({ decidedAt: later });
    await retain(TOLD);
    await retain(OVER);
    expect(await contactOf(id)).not.toBeNull();
    expect((await deletionOf(db(), id, OVER))!.at).toEqual(months(later, PEOPLE.months));
  });
});

describe('an organization', () => {
  it('is told once, in its language, with its private link and its name, some weeks before', async () => {
    const { id, email } = await anEntry({
      language: 'en',
      visibility: 'withheld',
      nameEn: 'Secretive Society',
    });
    await retain(after(TOLD, -SECOND));
    expect(await mailsTo(email)).toEqual([]);
    await Promise.all([retain(TOLD), retain(TOLD), retain(after(TOLD, HOUR))]);
    await retain(after(TOLD, DAY));
    const mails = await mailsTo(email);
    expect(mails).toMatchObject([{ kind: 'deletion_notice', language: 'en', endorsementId: id }]);
    expect(await rowsWith(['Secretive Society'])).toEqual([]);
    expect(await ownEntry(tokenOf(mails[0]!))).toMatchObject({
      id,
      deletion: { at: OVER, keptUntil: null },
    });
    const [message] = (await sent()).filter(({ to }) => to === email);
    const day = new Intl.DateTimeFormat('en-US', {
      dateStyle: 'long',
      timeZone: 'Asia/Tokyo',
    }).format(OVER);
    expect(message!.text).toContain('Secretive Society');
    expect(message!.text).toContain(day);
    expect(message!.text).toContain(`/en/entry/${tokenOf(mails[0]!)}`);
  });

  it('is always told in time: if the servers stood still, its data is deleted later', async () => {
    const { id } = await anEntry();
    const late = after(OVER, 3 * DAY);
    await retain(late);
    const notice = PEOPLE.leastNoticeDays * DAY;
    expect((await deletionOf(db(), id, late))!.at).toEqual(after(late, notice));
    await retain(after(late, notice - SECOND));
    expect(await contactOf(id)).not.toBeNull();
    await retain(after(late, notice));
    expect(await contactOf(id)).toBeNull();
  });

  it('whose address is suppressed is not mailed, and its data is deleted all the same', async () => {
    const { id, email } = await anEntry();
    await suppress(db(), email, { reason: 'complained', at: new Date() });
    await retain(TOLD);
    expect((await sent()).filter(({ to }) => to === email)).toEqual([]);
    expect(await mailsTo(email)).toMatchObject([{ outcome: 'suppressed' }]);
    await retain(OVER);
    expect(await contactOf(id)).toBeNull();
  });

  it('keeps its page a year longer, however often it presses, and is asked again', async () => {
    const { id, email } = await anEntry();
    await retain(TOLD);
    const until = months(OVER, PEOPLE.keptMonths);
    for (let press = 0; press < 3; press += 1)
      expect(await keepPage(await aLink(id), after(TOLD, DAY))).toEqual({ ok: true });
    expect(await deletionOf(db(), id, TOLD)).toEqual({ at: until, keptUntil: until });
    await retain(OVER);
    const page = await ownEntry(await aLink(id));
    expect(page).toMatchObject({ id, deletion: { keptUntil: until } });
    expect('history' in page && page.history.map(({ step }) => step)).toEqual([
      'sign',
      'confirm',
      'keep_page',
    ]);
    const asked = after(until, -PEOPLE.noticeDays * DAY);
    await retain(after(asked, -SECOND));
    expect(await last(email, 'deletion_notice')).toMatchObject({ sentAt: null });
    await db().mail.deleteMany({ where: { toKey: email } });
    await retain(asked);
    expect(await mailsTo(email)).toMatchObject([{ kind: 'deletion_notice' }]);
    // It can keep it once more, and this does not start from today.
    expect(await keepPage(await aLink(id), after(asked, DAY))).toEqual({ ok: true });
    expect((await deletionOf(db(), id, asked))!.at).toEqual(months(until, PEOPLE.keptMonths));
    await retain(after(months(until, PEOPLE.keptMonths), -PEOPLE.noticeDays * DAY));
    await retain(months(until, PEOPLE.keptMonths));
    expect(await contactOf(id)).toBeNull();
  });

  it('that no longer keeps its page has some days to change its mind', async () => {
    const { id } = await anEntry();
    await retain(TOLD);
    await keepPage(await aLink(id), TOLD);
    const now = after(OVER, 30 * DAY);
    await retain(now);
    expect(await releasePage(await aLink(id), now)).toEqual({ ok: true });
    const at = after(now, PEOPLE.leastNoticeDays * DAY);
    expect(await deletionOf(db(), id, now)).toEqual({ at, keptUntil: null });
    await retain(after(at, -SECOND));
    expect(await contactOf(id)).not.toBeNull();
    await retain(at);
    expect(await contactOf(id)).toBeNull();
  });

  it('cannot keep what nobody is going to delete; a foreign link keeps nothing', async () => {
    const { id, token } = await anEntry({}, { closesAt: null });
    expect(await ownEntry(token)).toMatchObject({ deletion: null });
    expect(await keepPage(token)).toEqual({ ok: false, reason: 'not-possible' });
    for (const act of [keepPage, releasePage])
      expect(await act(newToken())).toEqual({ ok: false, reason: 'unknown' });
    expect(await db().auditEvent.count({ where: { endorsementId: id } })).toBe(0);
  });

  it('keeps its page, and the notes about it are deleted all the same', async () => {
    const { id, token, letter } = await anEntry();
    const note = canary();
    await addNote(await aReviewer(letter), { id, text: note });
    await keepPage(token, TOLD);
    await retain(OVER);
    expect(await rowsWith([note])).toEqual([]);
    expect(await contactOf(id)).not.toBeNull();
  });
});

/** Columns that the journey above leaves empty, each of which a rule below is tried on. */
const UNPLANTED: ReadonlySet<string> = new Set([
  'mail.last_error',
  'mail.provider_id',
  'mail.sealed_token',
  'mail_event.id',
  'mailbox_message.reply_to',
  'draft_link.label',
  'import.rows',
  'import.note',
  'import_file.name',
  'import_file.bytes',
  'evidence_file.name',
  'evidence_file.bytes',
  'ended_mailings.email_key',
]);

/** Something that a rule deletes: how to find it, and when it is due. */
interface Planted {
  word: string;
  due: Date;
  /** What has to be done before it is due. */
  before?: () => Promise<unknown>;
}

const now = () => new Date();

/** A row whose id is the word. */
const withId = (row: { id: string }, due: Date): Planted => ({ word: row.id, due });

async function aLetterWithDue(over = {}) {
  const { id, letter } = await anEntry({ email: anAddress(canary()), ...over });
  return { id, letter, reviewer: await aReviewer(letter) };
}

const aMail = (over: object) =>
  db().mail.create({
    data: {
      kind: 'review_notice',
      to: anAddress(),
      toKey: 'x',
      language: 'en',
      props: {},
      ...over,
    },
  });

/** Somebody whom the representative of an entry has nominated, whose letter has no end. */
async function aNomination(email: string) {
  const { id: endorsementId } = await anEntry({}, { closesAt: null });
  const { id: nominatedById } = await db().representative.findFirstOrThrow({
    where: { endorsementId },
  });
  return db().nomination.create({
    data: {
      endorsementId,
      nominatedById,
      kind: 'add',
      name: '',
      role: '',
      email,
      emailKey: email,
      language: 'ja',
      tokenHash: hashToken(newToken()),
      expiresAt: after(now(), TERMS.nominated.days * DAY),
    },
  });
}

/** For each rule, something that it alone deletes. */
const PLANTS: Record<string, () => Promise<Planted>> = {
  'unconfirmed sign-ups': async () => {
    const word = canary();
    const letter = await aLetter();
    await endorse(
      letter.slug,
      aSignUp({ representativeName: word, representativeEmail: anAddress() }),
    );
    const link = await db().verification.findFirstOrThrow({
      where: { endorsement: { letterId: letter.id } },
    });
    return { word, due: after(link.expiresAt, TERMS.unconfirmed.days * DAY) };
  },
  'from where sign-ups came': async () => {
    const { id, letter } = await anEntry({}, { closesAt: null });
    const network = new Uint8Array(randomBytes(8));
    const at = new Date();
    await db().signUpOrigin.create({
      data: { endorsementId: id, letterId: letter.id, at, network, domain: network },
    });
    return { word: Buffer.from(network).toString('hex'), due: after(at, TERMS.origin.days * DAY) };
  },
  'used challenges': async () => {
    const [hash, expiresAt] = [new Uint8Array(randomBytes(32)), after(new Date(), HOUR)];
    await db().usedChallenge.create({ data: { hash, expiresAt } });
    return { word: Buffer.from(hash).toString('hex'), due: expiresAt };
  },
  'contacts of deleted sign-ups': async () => {
    const word = canary();
    const email = anAddress(word);
    await db().contact.create({ data: { email, emailKey: email, language: 'ja' } });
    return { word, due: new Date(0) };
  },
  'organizations to be told': async () => {
    // Whoever was not told keeps its data.
    const { id } = await anEntry();
    const { contactId } = await db().endorsement.findUniqueOrThrow({ where: { id } });
    return { word: `(${contactId},`, due: OVER, before: () => retain(TOLD) };
  },
  'contact data': async () => {
    const { id } = await anEntry({ representativeName: canary() });
    const { name } = await db().representative.findFirstOrThrow({ where: { endorsementId: id } });
    return { word: name!, due: OVER, before: () => retain(TOLD) };
  },
  'evidence and notes to organizations': async () => {
    const word = canary();
    const { id } = await anEntry({ proof: 'attested', evidence: word, state: 'verified' });
    await db().endorsement.update({
      where: { id },
      data: { heldAt: new Date(), heldReason: word },
    });
    return { word, due: OVER };
  },
  'notes among coordinators': async () => {
    const { id, reviewer } = await aLetterWithDue();
    const word = canary();
    await db().entryNote.create({
      data: { endorsementId: id, authorId: reviewer.coordinatorId, text: word },
    });
    return { word, due: OVER };
  },
  'notes and evidence in the audit': async () => {
    const { id, reviewer } = await aLetterWithDue();
    const word = canary();
    await addNote(reviewer, { id, text: word });
    await db().entryNote.deleteMany({ where: { endorsementId: id } });
    return { word, due: OVER };
  },
  'private links': async () => {
    const { id } = await anEntry({}, { closesAt: null });
    const link = await db().entryLink.findFirstOrThrow({
      where: { representative: { endorsementId: id } },
    });
    return withId(link, link.expiresAt);
  },
  'unanswered requests for private links': async () => {
    const word = canary();
    const asked = await db().entryLinkRequest.create({
      data: { emailKey: anAddress(word), language: 'ja' },
    });
    return { word, due: after(asked.createdAt, DAY) };
  },
  'contents of sent mails': async () => {
    const word = canary();
    await aMail({ props: { letterTitle: word }, sentAt: now() });
    return { word, due: new Date(0) };
  },
  mails: async () => {
    const mail = await aMail({ failedAt: now() });
    return withId(mail, after(mail.failedAt!, TERMS.sent.days * DAY));
  },
  'given-up mails that confirm an erasure': async () => {
    const word = canary();
    await aMail({ kind: 'erased', to: anAddress(word), failedAt: now() });
    return { word, due: new Date(0) };
  },
  'given-up mails to former representatives': async () => {
    const word = canary();
    await aMail({ kind: 'representatives_changed', to: anAddress(word), failedAt: now() });
    return { word, due: new Date(0) };
  },
  nominations: async () => {
    const email = anAddress(canary());
    const nomination = await aNomination(email);
    return { word: email, due: nomination.expiresAt };
  },
  'mails to former nominees': async () => {
    const email = anAddress(canary());
    await aMail({ kind: 'nominated', to: email, toKey: email });
    return { word: email, due: new Date(0) };
  },
  'who ended the mailings of a letter': async () => {
    const word = canary();
    const { id: letterId } = await aLetter();
    await db().endedMailings.create({ data: { letterId, emailKey: anAddress(word) } });
    return { word, due: new Date(0) };
  },
  'mails in the local mailbox': async () => {
    const word = canary();
    const message = await db().mailboxMessage.create({
      data: { id: crypto.randomUUID(), to: word, subject: '', html: '', text: '' },
    });
    return { word, due: after(message.receivedAt, TERMS.sent.days * DAY) };
  },
  'invited organizations': async () => {
    const email = anAddress(canary());
    const { id: letterId } = await aLetter();
    const invitee = await db().invitee.create({
      data: {
        letterId,
        email,
        emailKey: email,
        language: 'ja',
        fields: {},
        remindedAt: after(now(), DAY),
      },
    });
    return withId(invitee, after(invitee.remindedAt!, TERMS.invited.days * DAY));
  },
  'unused lists of organizations': async () => {
    const owner = await anOwner(await aLetter());
    const word = canary();
    const row = inviteeRow({ number: 2, values: { representativeEmail: anAddress(word) } }, 'en');
    const list = await db().inviteeList.findUniqueOrThrow({
      where: { id: await keepList(owner, [row]) },
    });
    return { word, due: after(list.createdAt, TERMS.invited.hours * HOUR) };
  },
  'evidence of imports': async () => {
    const { id, letter, reviewer } = await aLetterWithDue();
    const word = canary();
    await db().import.create({
      data: {
        letterId: letter.id,
        coordinatorId: reviewer.coordinatorId,
        note: word,
        doneAt: now(),
        endorsements: { connect: { id } },
        file: { create: { name: word, type: 'application/pdf', bytes: Buffer.from(word) } },
      },
    });
    return { word, due: OVER };
  },
  'imports of which no endorsement stands': async () => {
    const { letter, reviewer } = await aLetterWithDue();
    const list = await db().import.create({
      data: { letterId: letter.id, coordinatorId: reviewer.coordinatorId, rows: canary() },
    });
    return withId(list, after(list.createdAt, TERMS.imported.days * DAY));
  },
  'counted requests': async () => {
    const word = canary();
    const expire = now().getTime() + 60_000;
    await db().rateLimit.create({ data: { key: word, points: 1, expire } });
    return { word, due: new Date(expire) };
  },
  'sign-ins': async () => {
    const { id: coordinatorId } = await aCoordinator(await aLetter());
    const expiresAt = after(now(), TERMS.signIn.hours * HOUR);
    const session = await db().session.create({
      data: { coordinatorId, tokenHash: new Uint8Array(Buffer.from(newToken())), expiresAt },
    });
    return withId(session, expiresAt);
  },
  'links to sign in': async () => {
    const word = canary();
    const expiresAt = after(now(), TERMS.signIn.minutes * MINUTE);
    await db().signInToken.create({ data: { tokenHash: newToken(), identifier: word, expiresAt } });
    return { word, due: after(expiresAt, DAY) };
  },
  'unanswered requests for links to sign in': async () => {
    const word = canary();
    const asked = await db().signInRequest.create({
      data: { email: word, language: 'ja', browserHash: new Uint8Array(32) },
    });
    return { word, due: after(asked.createdAt, TERMS.signIn.minutes * MINUTE) };
  },
  'who looks at which entry': async () => {
    const { id, reviewer } = await aLetterWithDue();
    await markOpened(reviewer, id);
    const { openedAt } = await db().entryPresence.findFirstOrThrow({
      where: { endorsementId: id },
    });
    return { word: `entry_presence: (${id}`, due: after(openedAt, 2 * MINUTE) };
  },
  'batches that can no longer be undone': async () => {
    const { letter, reviewer } = await aLetterWithDue();
    const { coordinatorId } = reviewer;
    const batch = await db().batch.create({
      data: { letterId: letter.id, coordinatorId, step: 'approve' },
    });
    return withId(batch, after(batch.decidedAt, 7 * DAY));
  },
};

describe('each retention rule', () => {
  it('is tried here, and carries out a term of the privacy page if it has figures', () => {
    expect(Object.keys(PLANTS).sort()).toEqual(RULES.map(({ name }) => name).sort());
    const carriedOut = new Set(RULES.map(({ term }) => term));
    for (const [term, figures] of Object.entries(TERMS))
      expect(carriedOut.has(term as Term), term).toBe(Object.keys(figures).length > 0);
    expect(TERMS.counted.hours).toBeLessThanOrEqual(30 * 24);
  });

  it.each(RULES.map((rule) => ({ rule, name: rule.name })))(
    '$name: kept to the last second, and nothing else would delete it',
    async ({ rule, name }) => {
      const { word, due, before } = await PLANTS[name]!();
      const found = () => rowsWith([word]);
      expect(await found()).not.toEqual([]);
      const others = RULES.filter((other) => other !== rule);
      if (name === 'organizations to be told') {
        await retain(TOLD, others);
        await retain(after(due, 365 * DAY), others);
        expect(await found(), 'nobody was told').not.toEqual([]);
        return;
      }
      await before?.();
      if (due.getTime() > 0) {
        await retain(after(due, -SECOND));
        expect(await found(), 'a second before').not.toEqual([]);
      }
      await retain(due, others);
      expect(await found(), 'without the rule').not.toEqual([]);
      const time = due.getTime() > 0 ? due : now();
      expect((await retentionDue(time, [rule])).get(name)!.count).toBeGreaterThan(0);
      await retain(time);
      expect(await found(), 'at that time').toEqual([]);
      expect((await retain(time)).get(name), 'once more').toBe(0);
    },
    60_000,
  );

  it('is kept from nobody by another that fails, and by rows that somebody is changing', async () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const [first, second] = [
      await aMail({ sentAt: new Date(0) }),
      await aMail({ sentAt: new Date(0) }),
    ];
    const broken = { ...RULES[0]!, carryOut: () => Promise.reject(new Error(first.to)) };
    await db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM mail WHERE id = ${first.id}::uuid FOR UPDATE`;
      const done = await retain(now(), [broken, ...RULES.slice(1)]);
      expect(done.get(broken.name)).toBeNull();
      expect(await db().mail.count({ where: { id: { in: [first.id, second.id] } } })).toBe(1);
    });
    expect(written.mock.calls.join()).toContain('a retention rule failed');
    expect(written.mock.calls.join()).not.toContain(first.to);
    await retain(now());
    expect(await db().mail.count({ where: { id: first.id } })).toBe(0);
  });
});

describe('an operator', () => {
  const tool = (...flags: string[]) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/retention.ts', ...flags], {
      env: { ...process.env, DATABASE_URL: env().DATABASE_URL },
    });

  it('asks what would be deleted, which changes nothing; and has it deleted', async () => {
    const mail = await aMail({ sentAt: new Date('2025-02-03T04:05:00Z') });
    await anEntry();
    const before = await dump();
    const due = await retentionDue(after(OVER, 30 * DAY));
    expect(due.get('organizations to be told')!.count).toBeGreaterThan(0);
    const { stdout } = await tool('--dry-run');
    expect(await dump()).toBe(before);
    expect(stdout).toMatch(/^mails +\d+ +2025-02-03 04:05$/m);
    for (const { name } of RULES) expect(stdout).toContain(name);
    expect((await tool()).stdout).toMatch(/^mails +[1-9]\d*$/m);
    expect(await db().mail.count({ where: { id: mail.id } })).toBe(0);
    await expect(tool('--now')).rejects.toMatchObject({ code: 2 });
  }, 240_000); // three processes of the command, which take their time on a busy machine
});

describe('many entries', () => {
  const MANY = 2_200;

  it('end in batches: a run that breaks off is taken up by the next, and two at once do it once', async () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const letter = await aLetter({ closesAt: CLOSED });
    await db().$executeRaw`
      WITH entry AS (
        INSERT INTO endorsement (letter_id, revision, signed_revision, name_key, country, sort_key, search_text, state, proof, verified_at)
        SELECT ${letter.id}::uuid, 1, 1, 'many ' || n, 'JP', '', '', 'verified', 'attested', now() FROM generate_series(1, ${MANY}::int) n
        RETURNING id
      ), named AS (
        INSERT INTO endorsement_name (endorsement_id, language, name) SELECT id, 'en', 'Many' FROM entry
      ) INSERT INTO representative (endorsement_id, name) SELECT id, 'Somebody' FROM entry`;
    const left = () =>
      db().representative.count({ where: { endorsement: { letterId: letter.id } } });
    const counted = async () =>
      (
        await db().auditEvent.findMany({
          where: { letterId: letter.id, action: 'delete_personal_data' },
        })
      )
        .map(({ canonical }) => (JSON.parse(canonical) as { after: { count: number } }).after.count)
        .reduce((sum, count) => sum + count, 0);
    const [lastRow] = await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM endorsement WHERE letter_id = ${letter.id}::uuid ORDER BY ctid DESC LIMIT 1`;
    await db().$executeRawUnsafe(`
      CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken off'; END $$`);
    await db().$executeRawUnsafe(`
      CREATE TRIGGER break_off BEFORE DELETE ON representative FOR EACH ROW
      WHEN (OLD.endorsement_id = '${lastRow!.id}') EXECUTE FUNCTION break_off()`);
    try {
      expect((await retain(OVER)).get('contact data')).toBeNull();
    } finally {
      await db().$executeRawUnsafe('DROP TRIGGER break_off ON representative');
      await db().$executeRawUnsafe('DROP FUNCTION break_off');
    }
    expect(written.mock.calls.join()).toContain('a retention rule failed');
    expect(await left()).toBeLessThan(MANY);
    expect(await left()).toBeGreaterThan(0);
    expect(await counted()).toBe(MANY - (await left()));
    await Promise.all([retain(OVER), retain(OVER)]);
    expect([await left(), await counted()]).toEqual([0, MANY]);
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(MANY);
  }, 60_000);
});
