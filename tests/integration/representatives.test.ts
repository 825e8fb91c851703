import { describe, expect, test } from 'vitest';
import { decide } from '@/lib/endorsement/review/commands';
import { contactRows } from '@/lib/endorsement/contacts/queries';
import {
  correctRepresentative,
  requestErasure,
  withdraw,
  withhold,
} from '@/lib/endorsement/entry/commands';
import {
  mailEntryLinks,
  replaceEntryLinks,
  requestEntryLinks,
} from '@/lib/endorsement/entry/links/commands';
import { entryData } from '@/lib/endorsement/entry/data/queries';
import { ownEntry, type OwnEntry } from '@/lib/endorsement/entry/queries';
import { removeRepresentative } from '@/lib/endorsement/representatives/commands';
import {
  acceptNomination,
  cancelNomination,
  declineNomination,
  nominate,
  nominateAgain,
} from '@/lib/endorsement/representatives/nominations/commands';
import { nomination } from '@/lib/endorsement/representatives/nominations/queries';
import type { Nominee } from '@/lib/endorsement/representatives/nominations/schema';
import { contactsOfEntry } from '@/lib/endorsement/representatives/queries';
import { erase } from '@/lib/endorsement/review/requests/commands';
import { entry as reviewed, queue } from '@/lib/endorsement/review/queries';
import { listSettings } from '@/lib/letter/list-settings';
import { deliver } from '@/lib/delivery/commands';
import { retain } from '@/lib/retention/commands';
import { answerRequest, linkToAnswer } from '@/lib/revision/reaffirmation/commands';
import { reaffirmation } from '@/lib/revision/reaffirmation/queries';
import { db } from '@/lib/platform/db/client';
import { MOST_REPRESENTATIVES, NOMINATION_DAYS } from '@/lib/platform/limits';
import { suppress } from '@/lib/platform/mail/suppression';
import {
  aLetter,
  anAddress,
  anEndorsement,
  anEntryLink,
  anObserver,
  anOwner,
  aReviewer,
  aSignUp,
} from '@/tests/support/factories';
import { asSeen } from '@/tests/support/delivery';
import { publishAs, write } from '@/tests/support/publishing';
import { mailsTo, sent, tokenOf } from '@/tests/support/mail';
import { aClient, endorse } from '@/tests/support/sign-up';

/** A letter with an approved entry, and its representative's link. */
async function anEntry(over: Parameters<typeof anEndorsement>[1] = {}) {
  const letter = await aLetter();
  const endorsement = await anEndorsement(letter.id, { state: 'approved', ...over });
  return { letter, ...endorsement, token: await anEntryLink(endorsement.id) };
}

const aNominee = (over: Partial<Nominee> = {}): Nominee => ({
  kind: 'add',
  representativeName: 'Ngo Élodie',
  representativeRole: 'Director',
  representativeEmail: anAddress('nominee'),
  language: 'en',
  ...over,
});

/** Nominates somebody and returns them with the token of the link in their mail. */
async function nominated(token: string, over: Partial<Nominee> = {}) {
  const nominee = aNominee(over);
  expect(await nominate(token, nominee, aClient())).toEqual({ ok: true });
  const mail = (await mailsTo(nominee.representativeEmail)).at(-1)!;
  return { ...nominee, email: nominee.representativeEmail, link: tokenOf(mail) };
}

/** Nominates somebody, who accepts, and returns them with the token of their private link. */
async function joined(token: string, over: Partial<Nominee> = {}) {
  const nominee = await nominated(token, over);
  expect(await acceptNomination(nominee.link)).toEqual({ ok: true });
  const mail = (await mailsTo(nominee.email)).findLast(({ kind }) => kind === 'joined')!;
  return { ...nominee, token: tokenOf(mail) };
}

const entryOf = async (token: string) => (await ownEntry(token)) as OwnEntry;
const kindsTo = async (email: string) => (await mailsTo(email)).map(({ kind }) => kind);
const emailsOf = async (id: string) => (await contactsOfEntry(id)).map(({ email }) => email);
const actionsOn = async (endorsementId: string) =>
  (await db().auditEvent.findMany({ where: { endorsementId }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  );
const LETTER = { bindingRevision: 1, listSettings: listSettings({}) };

describe('a representative nominates a colleague', () => {
  test('nothing changes until they accept; the page shows who was asked, and opening the link changes nothing', async () => {
    const { id, version, token, email } = await anEntry();
    const before = await contactsOfEntry(id);
    const { link, ...nominee } = await nominated(token);
    for (let visit = 0; visit < 20; visit++)
      expect(await nomination(link)).toMatchObject({
        state: 'open',
        kind: 'add',
        email: nominee.email,
        nominator: { name: '平和 花子', role: '事務局長' },
        names: { en: 'Tokyo Peace Group' },
      });
    expect(await contactsOfEntry(id)).toEqual(before);
    expect(await db().endorsement.findUnique({ where: { id } })).toMatchObject({ version });
    expect((await entryOf(token)).nominations).toMatchObject([
      { kind: 'add', name: 'Ngo Élodie', email: nominee.email },
    ]);
    expect(await db().contact.count({ where: { emailKey: nominee.email } })).toBe(0);
    expect([await kindsTo(nominee.email), await kindsTo(email)]).toEqual([['nominated'], []]);
    const [message] = await sent();
    expect(message!.text).toContain('Tokyo Peace Group');
    expect(await db().nomination.count({ where: { emailKey: nominee.email } })).toBe(1);
  });

  test('the answer is the same whether the address has signed elsewhere, is suppressed, or unknown', async () => {
    const [known, suppressed] = [anAddress('known'), anAddress('suppressed')];
    await anEntry({ email: known });
    await suppress(db(), suppressed, { reason: 'bounced', at: new Date() });
    for (const representativeEmail of [known, suppressed, anAddress()]) {
      const { token } = await anEntry();
      await nominated(token, { representativeEmail });
      const { nominations } = await entryOf(token);
      expect(Object.keys(nominations[0]!).sort()).toEqual(
        ['email', 'expiresAt', 'id', 'kind', 'name', 'nominatedById', 'role'].sort(),
      );
    }
    const messages = await sent();
    expect(messages.map(({ to }) => to)).not.toContain(suppressed);
    expect(messages.map(({ to }) => to)).toContain(known);
  });

  test('refused are whoever is known on the page, more than there may be, and a second successor', async () => {
    const { token, email } = await anEntry();
    const again = await nominated(token, { kind: 'hand_over' });
    for (const representativeEmail of [email, email.toUpperCase(), again.email])
      expect(await nominate(token, aNominee({ representativeEmail }), aClient())).toEqual({
        ok: false,
        reason: 'known',
      });
    expect(await nominate(token, aNominee({ kind: 'hand_over' }), aClient())).toEqual({
      ok: false,
      reason: 'handing-over',
    });
    for (let n = 1; n < MOST_REPRESENTATIVES; n++) await nominated(token);
    expect(await nominate(token, aNominee(), aClient())).toEqual({ ok: false, reason: 'full' });
    expect(await nominate('unknown', aNominee(), aClient())).toEqual({
      ok: false,
      reason: 'unknown',
    });
  });

  test('sends the link again: the new one works, the old one does not', async () => {
    const { token } = await anEntry();
    const { link, email } = await nominated(token);
    const { id } = (await entryOf(token)).nominations[0]!;
    const stranger = await anEntry();
    expect(await nominateAgain(stranger.token, id, aClient())).toEqual({
      ok: false,
      reason: 'not-possible',
    });
    expect(await cancelNomination(stranger.token, id)).toEqual({
      ok: false,
      reason: 'not-possible',
    });
    expect(await nominateAgain(token, id, aClient())).toEqual({ ok: true });
    expect(await nomination(link)).toEqual({ state: 'unknown' });
    const newer = tokenOf((await mailsTo(email)).at(-1)!);
    expect(await acceptNomination(newer)).toEqual({ ok: true });
  });

  test('cancels: the link ends, and nothing is kept of the person', async () => {
    const { id, token } = await anEntry();
    const { link, email } = await nominated(token);
    await sent();
    const { id: nominationId } = (await entryOf(token)).nominations[0]!;
    expect(await cancelNomination(token, nominationId)).toEqual({ ok: true });
    expect(await acceptNomination(link)).toEqual({ ok: false, reason: 'unknown' });
    expect(await mailsTo(email)).toEqual([]);
    expect(await actionsOn(id)).toEqual(['nominate', 'cancel_nomination']);
    expect(await db().auditValue.count({ where: { event: { endorsementId: id } } })).toBe(0);
  });

  test('a withheld name is in no mail and on no page before it is accepted', async () => {
    const { token } = await anEntry({ visibility: 'withheld' });
    const { link, email } = await nominated(token);
    expect(JSON.stringify(await nomination(link))).not.toMatch(/Tokyo Peace|東京平和/);
    const messages = await sent();
    expect(JSON.stringify(messages.filter(({ to }) => to === email))).not.toMatch(
      /Tokyo Peace|東京平和/,
    );
    const named = await anEntry();
    const other = await nominated(named.token);
    expect(await withhold(named.token)).toEqual({ ok: true });
    expect(JSON.stringify(await nomination(other.link))).not.toMatch(/Tokyo Peace|東京平和/);
    const [later] = (await sent()).filter(({ to }) => to === other.email);
    expect(later!.text).not.toMatch(/Tokyo Peace|東京平和/);
    const accepted = await joined(token);
    const welcome = (await sent()).findLast(({ to }) => to === accepted.email);
    expect(welcome!.text).toContain('Tokyo Peace Group');
  });
});

describe('a nominee', () => {
  test('accepts exactly once, however often the button is pressed', async () => {
    const { id, token, email } = await anEntry();
    const { link, ...nominee } = await nominated(token);
    const answers = await Promise.all(Array.from({ length: 8 }, () => acceptNomination(link)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await emailsOf(id)).toEqual([email, nominee.email]);
    expect(await kindsTo(nominee.email)).toEqual(['joined']);
    expect(await actionsOn(id)).toEqual(['nominate', 'add_representative']);
  });

  test('declines: nothing is kept of them, and the page says that it was declined', async () => {
    const { id, token, email } = await anEntry();
    const nominee = await nominated(token);
    await sent();
    expect(await declineNomination(nominee.link)).toEqual({ ok: true });
    expect(await declineNomination(nominee.link)).toEqual({ ok: false, reason: 'unknown' });
    expect(await mailsTo(nominee.email)).toEqual([]);
    expect(await emailsOf(id)).toEqual([email]);
    expect((await entryOf(token)).history.at(-1)).toMatchObject({ step: 'decline_nomination' });
  });

  test('cannot accept any more once it has expired, and then everything about them is deleted', async () => {
    const { id, token } = await anEntry();
    const { link, email } = await nominated(token);
    const after = new Date(Date.now() + NOMINATION_DAYS * 86_400_000 + 60_000);
    expect(await nomination(link, after)).toEqual({ state: 'unknown' });
    await db().nomination.updateMany({
      where: { endorsementId: id },
      data: { expiresAt: new Date() },
    });
    expect(await acceptNomination(link)).toEqual({ ok: false, reason: 'unknown' });
    expect((await entryOf(token)).nominations).toEqual([]);
    await retain();
    expect(await db().nomination.count({ where: { endorsementId: id } })).toBe(0);
    expect(await mailsTo(email)).toEqual([]);
  });

  test('who has signed the letter for this name already cannot represent another entry of it; elsewhere they can', async () => {
    const { letter, id, token } = await anEntry();
    const twice = await anEndorsement(letter.id, { email: anAddress() });
    const { link } = await nominated(token, { representativeEmail: twice.email });
    expect(await acceptNomination(link)).toEqual({ ok: false, reason: 'signed' });
    expect(await emailsOf(id)).toHaveLength(1);
    const elsewhere = await anEntry();
    const person = await joined(elsewhere.token, { representativeEmail: twice.email });
    expect(await entryOf(person.token)).toMatchObject({ id: elsewhere.id });
    const contacts = await db().contact.findMany({ where: { emailKey: twice.email } });
    expect(contacts).toHaveLength(1);
  });
});

describe('two representatives', () => {
  test('have links of their own, correct themselves, and are both told of decisions', async () => {
    const { letter, id, token, email } = await anEntry({ state: 'verified' });
    const other = await joined(token);
    expect(await kindsTo(email)).toEqual(['representatives_changed']);
    const person = { representativeName: 'Élodie N.', representativeRole: 'Head' };
    expect(await correctRepresentative(other.token, person)).toEqual({ ok: true, changed: true });
    expect(await entryOf(token)).toMatchObject({
      reader: { name: '平和 花子', email },
      representatives: [{ email }, { name: 'Élodie N.', email: other.email }],
    });
    const reviewer = await aReviewer(letter);
    const { version } = await db().endorsement.findUniqueOrThrow({ where: { id } });
    expect(await decide(reviewer, { id, version, step: 'approve' })).toEqual({ ok: true });
    expect(await kindsTo(email)).toContain('approved');
    const approved = (await mailsTo(other.email)).find(({ kind }) => kind === 'approved')!;
    expect(await entryOf(tokenOf(approved))).toMatchObject({ reader: { email: other.email } });
    const organization = await db().endorsement.findUniqueOrThrow({ where: { id } });
    expect(
      await db().organizationContact.count({
        where: { organizationId: organization.organizationId! },
      }),
    ).toBe(2);
  });

  test('either can end all links of their own, and not the other’s; links on request come to each', async () => {
    const { id, token } = await anEntry();
    const other = await joined(token);
    await sent();
    expect(await replaceEntryLinks(other.token, 'en')).toEqual({ ok: true });
    expect(await ownEntry(other.token)).toEqual({ state: 'unknown' });
    expect(await entryOf(token)).toMatchObject({ id });
    await requestEntryLinks(other.email, 'en', aClient());
    await mailEntryLinks();
    const mails = (await mailsTo(other.email)).filter(({ kind }) => kind === 'entry_links');
    expect(mails).toHaveLength(2);
    for (const mail of mails) expect(await entryOf(tokenOf(mail))).toMatchObject({ id });
  });

  test('reviewers see and find both, and an observer neither; the file of contacts has a row each', async () => {
    const { letter, id, token, email } = await anEntry();
    const other = await joined(token, { representativeEmail: anAddress('deputy') });
    const reviewer = await aReviewer(letter);
    expect(await reviewed(reviewer, LETTER, id)).toMatchObject({
      representatives: [{ email }, { email: other.email, name: 'Ngo Élodie' }],
      history: [{ action: 'nominate' }, { action: 'add_representative' }],
    });
    const found = async (q: string) =>
      (await queue(reviewer, { state: 'all', q, page: 1 })).rows.map((row) => row.id);
    for (const q of [other.email, 'Élodie', '平和 花子']) expect(await found(q)).toEqual([id]);
    const observer = await anObserver(letter);
    expect(JSON.stringify(await reviewed(observer, LETTER, id))).not.toMatch(
      /@example|Ngo|平和 花子/,
    );
    const rows = [];
    for await (const batch of contactRows(await anOwner(letter), [id])) rows.push(...batch);
    expect(rows.map(({ contact }) => contact!.email)).toEqual([email, other.email]);
    const data = await entryData(other.token);
    expect(data!.representatives.map(({ contact }) => contact!.email)).toEqual([
      email,
      other.email,
    ]);
  });

  test('signing again with the address of either leads to the entry, not to another', async () => {
    const { letter, token } = await anEntry();
    const { email } = await joined(token);
    await endorse(letter.slug, aSignUp({ representativeEmail: email }));
    expect((await kindsTo(email)).at(-1)).toBe('already_signed');
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(1);
  });

  test('one leaves, the other removes: never the last, and the first is whoever has been there longest', async () => {
    const { id, token, email, contactId } = await anEntry();
    const { id: only } = (await entryOf(token)).representatives[0]!;
    const refused = { ok: false, reason: 'not-possible' };
    expect(await removeRepresentative(token, only)).toEqual(refused);
    const other = await joined(token);
    const stranger = await anEntry();
    expect(await removeRepresentative(stranger.token, only)).toEqual(refused);
    expect(await removeRepresentative(token, only)).toEqual({ ok: true, left: true });
    expect(await ownEntry(token)).toEqual({ state: 'unknown' });
    expect(await emailsOf(id)).toEqual([other.email]);
    const { contactId: first } = await db().endorsement.findUniqueOrThrow({ where: { id } });
    expect(first).toBe((await contactsOfEntry(id))[0]!.contactId);
    expect(await db().contact.count({ where: { id: contactId! } })).toBe(0);
    const [mail, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ kind: 'representatives_changed', props: { what: 'left' } });
    const third = await joined(other.token);
    const { representativeId } = (await contactsOfEntry(id))[1]!;
    expect(await removeRepresentative(other.token, representativeId)).toEqual({
      ok: true,
      left: false,
    });
    expect((await mailsTo(third.email)).map(({ props }) => props)).toMatchObject([
      { what: 'removed' },
    ]);
    await sent();
    expect(await mailsTo(third.email), 'deleted once sent').toEqual([]);
    expect(await actionsOn(id)).toEqual([
      ...['nominate', 'add_representative', 'leave'],
      ...['nominate', 'add_representative', 'remove_representative'],
    ]);
  });

  test('who remove each other at the same time: one stays', async () => {
    const { id, token } = await anEntry();
    const other = await joined(token);
    const [one, two] = await contactsOfEntry(id);
    const results = await Promise.all([
      removeRepresentative(token, two!.representativeId),
      removeRepresentative(other.token, one!.representativeId),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await contactsOfEntry(id)).toHaveLength(1);
  });

  test('are both erased, each with their address, and each told', async () => {
    for (const isDelivered of [false, true]) {
      const { letter, id, token, email } = await anEntry();
      const other = await joined(token);
      const pending = await nominated(token);
      if (isDelivered)
        expect(await deliver(await anOwner(letter), await asSeen(letter.slug))).toMatchObject({
          ok: true,
        });
      expect(await requestErasure(other.token)).toEqual({ ok: true });
      const { version } = await db().endorsement.findUniqueOrThrow({ where: { id } });
      expect(await erase(await anOwner(letter), { id, version })).toMatchObject({ ok: true });
      const emailKey = { in: [email, other.email, pending.email] };
      expect(await db().contact.count({ where: { emailKey } })).toBe(0);
      expect(await db().representative.count({ where: { endorsementId: id } })).toBe(0);
      expect(await db().nomination.count({ where: { endorsementId: id } })).toBe(0);
      for (const address of [email, other.email])
        expect(await kindsTo(address)).toEqual(['erased']);
      expect(await kindsTo(pending.email)).toEqual([]);
    }
  });
});

describe('a representative hands over', () => {
  test('the successor takes their place; the former’s links, address and mails are gone, and they are told', async () => {
    const { letter, id, token, email, contactId } = await anEntry({ authorisedBy: '理事会' });
    const successor = await joined(token, { kind: 'hand_over' });
    expect(await ownEntry(token)).toEqual({ state: 'unknown' });
    expect(await emailsOf(id)).toEqual([successor.email]);
    const row = await db().endorsement.findUniqueOrThrow({ where: { id } });
    expect(row.contactId).toBe((await contactsOfEntry(id))[0]!.contactId);
    expect(row.authorisedBy, 'of the signature').toBe('理事会');
    expect(await db().contact.count({ where: { id: contactId! } })).toBe(0);
    expect((await mailsTo(email)).map(({ kind, props }) => [kind, props])).toMatchObject([
      ['representatives_changed', { what: 'handed_over' }],
    ]);
    const messages = await sent();
    expect(messages.filter(({ to }) => to === email)).toHaveLength(1);
    expect(await mailsTo(email)).toEqual([]);
    expect(JSON.stringify(await entryData(successor.token))).not.toContain(email);
    expect(await reviewed(await aReviewer(letter), LETTER, id)).toMatchObject({
      history: [{ action: 'nominate' }, { action: 'hand_over' }],
    });
    expect(
      await db().organizationContact.findMany({ where: { organizationId: row.organizationId! } }),
    ).toEqual([{ organizationId: row.organizationId, contactId: row.contactId }]);
  });

  test('the former keeps the address that they use elsewhere', async () => {
    const { token, email, contactId } = await anEntry();
    const elsewhere = await anEntry();
    await joined(elsewhere.token, { representativeEmail: email });
    await joined(token, { kind: 'hand_over' });
    expect(await db().contact.count({ where: { id: contactId! } })).toBe(1);
  });

  test('until it is accepted the former acts; once they have left, nobody can follow them', async () => {
    const { id, token } = await anEntry();
    const { link } = await nominated(token, { kind: 'hand_over' });
    const other = await joined(token);
    const { representativeId } = (await contactsOfEntry(id))[0]!;
    expect(await removeRepresentative(token, representativeId)).toEqual({ ok: true, left: true });
    expect(await acceptNomination(link)).toEqual({ ok: false, reason: 'unknown' });
    expect(await withdraw(other.token, null)).toEqual({ ok: true });
  });

  test('accepting and the former’s withdrawal at the same time: both happen or only the handing over', async () => {
    const { id, token } = await anEntry();
    const { link, email } = await nominated(token, { kind: 'hand_over' });
    const [accepted, withdrawn] = await Promise.all([
      acceptNomination(link),
      withdraw(token, null),
    ]);
    expect(accepted).toEqual({ ok: true });
    expect(await emailsOf(id)).toEqual([email]);
    const { state } = await db().endorsement.findUniqueOrThrow({ where: { id } });
    expect(state).toBe(withdrawn.ok ? 'withdrawn' : 'approved');
  });

  test('the question of a changed text is answered by the successor, and no more by the former', async () => {
    const { letter, id, token, email } = await anEntry();
    await write(letter, { body: 'Another text.' });
    const owner = await anOwner(letter);
    expect(await publishAs(owner, 'substance')).toMatchObject({ ok: true });
    const question = tokenOf((await mailsTo(email)).find(({ kind }) => kind === 'reaffirm')!);
    expect(await reaffirmation(question)).toMatchObject({ state: 'open' });
    const successor = await joined(token, { kind: 'hand_over' });
    expect(await reaffirmation(question)).toEqual({ state: 'unknown' });
    expect(await answerRequest(question, 'withdrawn', 2)).toEqual({ ok: false, reason: 'unknown' });
    expect(await entryOf(successor.token)).toMatchObject({ isEarlier: true, isAsked: true });
    const link = await linkToAnswer(successor.token);
    expect(link).toMatchObject({ ok: true });
    expect(await answerRequest(link.ok ? link.token : '', 'affirmed', 2)).toMatchObject({
      ok: true,
    });
    expect(await linkToAnswer(successor.token)).toEqual({ ok: false, reason: 'not-possible' });
    expect(await db().endorsement.findUnique({ where: { id } })).toMatchObject({ revision: 2 });
  });
});
