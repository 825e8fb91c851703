/** What organizations do with their own entries through their private links. */
import { describe, expect, test } from 'vitest';
import { retain } from '@/lib/retention/commands';
import { deliver } from '@/lib/delivery/commands';
import {
  cancelErasure,
  change,
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
import { ownEntry } from '@/lib/endorsement/entry/queries';
import type { Change } from '@/lib/endorsement/entry/schema';
import { decide } from '@/lib/endorsement/review/commands';
import { addNote } from '@/lib/endorsement/review/notes/commands';
import { erase, settleChange } from '@/lib/endorsement/review/requests/commands';
import { entryRequests } from '@/lib/endorsement/review/requests/queries';
import { entry } from '@/lib/endorsement/review/queries';
import { confirm } from '@/lib/endorsement/verification/commands';
import { listSettings } from '@/lib/letter/list-settings';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { ENTRY_LINK_DAYS, ENTRY_LINK_MAILS } from '@/lib/platform/limits';
import { openAll, sealText } from '@/lib/platform/sealing';
import { hashToken, newToken, unseal } from '@/lib/platform/tokens';
import { auditOf } from '@/tests/support/audit';
import { asSeen } from '@/tests/support/delivery';
import {
  aColleague,
  anEntryLink,
  aLetter,
  anAddress,
  anEndorsement,
  anObserver,
  anOwner,
  aReviewer,
  aSignUp,
  representedBy,
} from '@/tests/support/factories';
import { sent } from '@/tests/support/mail';
import { aClient, endorse } from '@/tests/support/sign-up';

/** A letter with an entry in a state, and a working link to the entry. */
async function anEntry(
  over: Parameters<typeof anEndorsement>[1] = {},
  of?: { id: string; slug: string },
) {
  const letter = of ?? (await aLetter());
  const endorsement = await anEndorsement(letter.id, over);
  return { letter, ...endorsement, token: await anEntryLink(endorsement.id) };
}

/** The letter as its review reads it. */
const LETTER = { bindingRevision: 1, listSettings: listSettings({}) };

const rowOf = (id: string) =>
  db().endorsement.findUniqueOrThrow({ where: { id }, include: { names: true } });

/** A change of an entry that differs from {@link anEndorsement} by its English name. */
const renamed = (version: number, over: Partial<Change> = {}): Change => ({
  version,
  names: { ja: '東京平和の会', en: 'Tokyo Peace Association' },
  reading: 'とうきょうへいわのかい',
  website: 'https://peace.example.org/',
  category: null,
  visibility: 'named',
  ...over,
});

/** Delivers a letter. */
const delivered = async (letter: { id: string; slug: string }) =>
  expect(await deliver(await anOwner(letter), await asSeen(letter.slug))).toMatchObject({
    ok: true,
  });

const mailsTo = (to: string) =>
  db().mail.findMany({ where: { to }, orderBy: { createdAt: 'asc' } });

const tokensIn = ({ sealedToken }: { sealedToken: Uint8Array | null }) =>
  unseal(sealedToken!, env().APP_SECRET).split(' ');

/** The token of the confirmation link that was mailed to an address. */
const confirmationTo = async (email: string) => tokensIn((await mailsTo(email))[0]!)[0]!;

const publicVersion = async (letter: { id: string }) =>
  (await db().letter.findUniqueOrThrow({ where: { id: letter.id } })).publicVersion;

describe('the private link', () => {
  test('a representative who confirms is mailed a link that opens the entry', async () => {
    const letter = await aLetter();
    const representativeEmail = anAddress();
    await endorse(letter.slug, aSignUp({ representativeEmail, visibility: 'withheld' }));
    expect(await confirm(await confirmationTo(representativeEmail), 1)).toMatchObject({ ok: true });
    const mail = (await mailsTo(representativeEmail)).at(-1)!;
    expect({ ...mail, props: openAll(mail.props) }).toMatchObject({
      kind: 'confirmed',
      language: 'ja',
      letterId: letter.id,
      props: {
        letterSlug: letter.slug,
        letterTitle: 'A letter',
        organization: { ja: '東京平和の会', en: 'Tokyo Peace Group' },
        withheld: true,
        contact: null,
      },
    });
    expect(await ownEntry(tokensIn(mail)[0]!)).toMatchObject({
      state: 'verified',
      reader: { email: representativeEmail },
      history: [{ step: 'sign' }, { step: 'confirm' }],
    });
  });

  test('a link to confirm opens no entry, and confirming twice sends one mail', async () => {
    const letter = await aLetter();
    const representativeEmail = anAddress();
    await endorse(letter.slug, aSignUp({ representativeEmail }));
    const token = await confirmationTo(representativeEmail);
    expect(await ownEntry(token)).toEqual({ state: 'unknown' });
    await Promise.all([confirm(token, 1), confirm(token, 1), confirm(token, 1)]);
    expect(await ownEntry(token)).toEqual({ state: 'unknown' });
    expect((await mailsTo(representativeEmail)).map(({ kind }) => kind)).toEqual([
      'confirm',
      'confirmed',
    ]);
  });

  test('a reviewer who approves has a link mailed with the decision', async () => {
    const { letter, id, email } = await anEntry();
    await decide(await aReviewer(letter), { id, version: 1, step: 'approve', organization: null });
    const [mail] = await mailsTo(email);
    expect(mail).toMatchObject({ kind: 'approved' });
    expect(await ownEntry(tokensIn(mail!)[0]!)).toMatchObject({ id, state: 'approved' });
  });

  test('a foreign, expired or malformed token opens nothing and changes nothing', async () => {
    const { id, token, version } = await anEntry({ state: 'approved' });
    await db().entryLink.updateMany({
      where: { tokenHash: hashToken(token) },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    for (const wrong of [token, newToken(), 'unknown', '']) {
      expect(await ownEntry(wrong)).toEqual({ state: 'unknown' });
      expect(await entryData(wrong)).toBeNull();
      const unknown = { ok: false, reason: 'unknown' };
      expect(await withdraw(wrong, null)).toEqual(unknown);
      expect(await withhold(wrong)).toEqual(unknown);
      expect(await change(wrong, renamed(version))).toEqual(unknown);
      expect(await requestErasure(wrong)).toEqual(unknown);
      expect(await replaceEntryLinks(wrong, 'en')).toEqual(unknown);
    }
    expect(await rowOf(id)).toMatchObject({ version, state: 'approved', visibility: 'named' });
    expect(await db().auditEvent.count({ where: { endorsementId: id } })).toBe(0);
    await retain();
    expect(await db().entryLink.count({ where: { representative: { endorsementId: id } } })).toBe(
      0,
    );
  });

  test('whoever asks with an address that has confirmed is mailed links to all its entries', async () => {
    const email = anAddress();
    const [first, second] = [await aLetter(), await aLetter()];
    const { id, contactId } = await anEndorsement(first.id, { email, state: 'approved' });
    const other = await anEndorsement(second.id, { nameEn: 'Another' });
    await representedBy(other.id, contactId!);
    await anEndorsement(second.id, { email, state: 'submitted', nameEn: 'A third' });
    expect(await requestEntryLinks(email.toUpperCase(), 'en', aClient())).toEqual({ ok: true });
    await mailEntryLinks();
    const [mail, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ kind: 'entry_links', language: 'en', letterId: null });
    const opened = await Promise.all(tokensIn(mail!).map((token) => ownEntry(token)));
    expect(opened.map((found) => 'id' in found && found.id)).toEqual([other.id, id]);
    expect(mail!.props).toMatchObject({
      entries: [{ organization: { en: 'Another' } }, { organization: { en: 'Tokyo Peace Group' } }],
    });
  });

  test('a stranger who asks is answered alike and mailed nothing; unconfirmed and attested entries have no link', async () => {
    const letter = await aLetter();
    const unconfirmed = await anEndorsement(letter.id, { state: 'submitted' });
    const attested = await anEndorsement(letter.id, { proof: 'attested', state: 'approved' });
    for (const email of [anAddress('stranger'), unconfirmed.email, attested.email]) {
      expect(await requestEntryLinks(email, 'ja', aClient())).toEqual({ ok: true });
      await mailEntryLinks();
      expect(await mailsTo(email)).toEqual([]);
    }
    expect(await db().entryLinkRequest.count()).toBe(0);
  });

  test('one address is sent links a few times a day; links that have arrived stay valid', async () => {
    const { email, token } = await anEntry();
    for (let n = 0; n < ENTRY_LINK_MAILS + 2; n += 1)
      await requestEntryLinks(email, 'ja', aClient());
    await mailEntryLinks();
    const mails = await mailsTo(email);
    expect(mails).toHaveLength(ENTRY_LINK_MAILS);
    for (const opened of [token, ...tokensIn(mails[0]!), ...tokensIn(mails.at(-1)!)])
      expect(await ownEntry(opened)).toMatchObject({ reader: { email } });
  });

  test('a representative who replaces the link ends all, and has a new one mailed', async () => {
    const { id, email, token } = await anEntry({ state: 'approved' });
    const other = await anEntryLink(id);
    const results = await Promise.all([
      replaceEntryLinks(token, 'en'),
      replaceEntryLinks(token, 'en'),
    ]);
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    for (const old of [token, other]) expect(await ownEntry(old)).toEqual({ state: 'unknown' });
    const [mail, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    expect(await ownEntry(tokensIn(mail!)[0]!)).toMatchObject({ id });
    const links = await db().entryLink.findMany({
      where: { representative: { endorsementId: id } },
    });
    expect(links).toHaveLength(1);
    const days = (links[0]!.expiresAt.getTime() - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(ENTRY_LINK_DAYS, 1);
  });

  test('an entry shows the other letters of its organization, and nothing of another organization of its contact', async () => {
    const email = anAddress();
    const { letter, id, contactId, token } = await anEntry({ email, state: 'approved' });
    const [second, third] = [await aLetter(), await aLetter()];
    const same = await anEndorsement(second.id);
    const foreign = await anEndorsement(third.id, {
      nameJa: '別の会',
      nameEn: 'Other',
      visibility: 'withheld',
    });
    for (const { id: other } of [same, foreign]) await representedBy(other, contactId!);
    await anEndorsement(third.id);
    const found = await ownEntry(token);
    expect(found).toMatchObject({
      id,
      letterSlug: letter.slug,
      others: [{ letterSlug: second.slug }],
    });
    expect(JSON.stringify(found)).not.toContain('別の会');
  });
});

describe('withdrawing', () => {
  test.each(['verified', 'approved'] as const)(
    'a representative withdraws an entry that is %s, with a reason for reviewers',
    async (state) => {
      const { letter, id, token } = await anEntry({ state });
      const before = await publicVersion(letter);
      expect(await withdraw(token, 'We merged.')).toEqual({ ok: true });
      expect(await rowOf(id)).toMatchObject({ state: 'withdrawn', withdrawnBy: 'representative' });
      expect(await publicVersion(letter)).toBe(before + (state === 'approved' ? 1 : 0));
      const seenBy = async (access: Awaited<ReturnType<typeof anObserver>>) =>
        (await entry(access, LETTER, id))!.history.at(-1);
      expect(await seenBy(await aReviewer(letter))).toMatchObject({
        action: 'withdraw',
        actor: 'representative',
        changes: [{ field: 'state' }, { field: 'note', after: 'We merged.' }],
      });
      expect(JSON.stringify(await seenBy(await anObserver(letter)))).not.toContain('We merged.');
      expect(await withdraw(token, null)).toEqual({ ok: false, reason: 'not-possible' });
    },
  );

  test('no coordinator brings back what a representative has withdrawn', async () => {
    const { letter, id, token } = await anEntry({ state: 'approved' });
    await withdraw(token, null);
    const { version } = await rowOf(id);
    expect(await decide(await aReviewer(letter), { id, version, step: 'take_back' })).toEqual({
      ok: false,
      reason: 'not-possible',
    });
  });

  test('of an approval and a withdrawal at the same time, the withdrawal stands', async () => {
    for (let n = 0; n < 5; n += 1) {
      const { letter, id, token } = await anEntry();
      const reviewer = await aReviewer(letter);
      const [decided, withdrawn] = await Promise.all([
        decide(reviewer, { id, version: 1, step: 'approve', organization: null }),
        withdraw(token, null),
      ]);
      expect(withdrawn).toEqual({ ok: true });
      expect(decided.ok || decided.reason).toSatisfy((was) => was === true || was === 'changed');
      expect(await rowOf(id)).toMatchObject({ state: 'withdrawn', withdrawnBy: 'representative' });
      expect(await db().mail.count({ where: { endorsementId: id, kind: 'approved' } })).toBe(0);
    }
  });

  test('after a delivery the entry keeps saying which delivery holds it', async () => {
    const { letter, token } = await anEntry({ state: 'approved' });
    await delivered(letter);
    expect(await withdraw(token, null)).toEqual({ ok: true });
    expect(await ownEntry(token)).toMatchObject({ state: 'withdrawn', delivery: 1 });
  });
});

describe('withholding the name', () => {
  test('a representative withholds the name of an approved entry, and it is nowhere public at once', async () => {
    const { letter, id, organizationId, token } = await anEntry({ state: 'approved' });
    await db().organization.update({
      where: { id: organizationId! },
      data: { website: 'https://peace.example.org/' },
    });
    const before = await publicVersion(letter);
    expect(await withhold(token)).toEqual({ ok: true });
    expect(await rowOf(id)).toMatchObject({ visibility: 'withheld', state: 'approved' });
    expect(await publicVersion(letter)).toBe(before + 1);
    expect(await db().organizationName.count({ where: { organizationId: organizationId! } })).toBe(
      0,
    );
    expect(
      await db().organization.findUniqueOrThrow({ where: { id: organizationId! } }),
    ).toMatchObject({ website: null });
    const observer = await anObserver(letter);
    const seen = await entry(observer, LETTER, id);
    expect(JSON.stringify(seen)).not.toContain('Tokyo Peace');
  });

  test('names that another letter publishes stay with the organization', async () => {
    const { organizationId, token } = await anEntry({ state: 'approved' });
    await anEndorsement((await aLetter()).id, {
      state: 'approved',
      organizationId: organizationId!,
      nameJa: null,
    });
    await withhold(token);
    const names = await db().organizationName.findMany({
      where: { organizationId: organizationId! },
    });
    expect(names).toMatchObject([{ language: 'en' }]);
  });

  test('a mail of the approval that has not left says so, too', async () => {
    const { letter, id, email, token } = await anEntry();
    await decide(await aReviewer(letter), { id, version: 1, step: 'approve', organization: null });
    await withhold(token);
    expect(await mailsTo(email)).toMatchObject([{ kind: 'approved', props: { withheld: true } }]);
  });

  test('a letter that lists every organization by name does not offer it', async () => {
    const letter = await aLetter({ listSettings: { offersWithheld: false } });
    const { id, token, version } = await anEntry({ state: 'approved' }, letter);
    const refusal = { ok: false, reason: 'withheld-not-offered' };
    expect(await withhold(token)).toEqual(refusal);
    expect(await change(token, renamed(version, { visibility: 'withheld' }))).toEqual(refusal);
    expect(await rowOf(id)).toMatchObject({ visibility: 'named', version });
  });
});

describe('changing the entry', () => {
  test('before approval a change applies at once, and a reviewer who saw the old version is told', async () => {
    const { letter, id, token, version } = await anEntry();
    expect(await change(token, renamed(version))).toEqual({ ok: true, outcome: 'done' });
    const row = await rowOf(id);
    expect(row.names.find(({ language }) => language === 'en')).toMatchObject({
      name: 'Tokyo Peace Association',
    });
    expect(row.searchText).toContain('association');
    expect(
      await decide(await aReviewer(letter), { id, version, step: 'approve', organization: null }),
    ).toMatchObject({ reason: 'changed' });
  });

  test('after approval the entry stands until a reviewer accepts the change, and the organization is told', async () => {
    const { letter, id, email, organizationId, token, version } = await anEntry({
      state: 'approved',
    });
    const before = await publicVersion(letter);
    expect(await change(token, renamed(version))).toEqual({ ok: true, outcome: 'proposed' });
    expect((await rowOf(id)).names.map(({ name }) => name)).toContain('Tokyo Peace Group');
    expect(await publicVersion(letter)).toBe(before);
    expect(await ownEntry(token)).toMatchObject({
      proposed: { names: { en: 'Tokyo Peace Association' } },
    });
    expect(
      await db().mail.count({ where: { kind: 'review_notice', letterId: letter.id } }),
    ).toBeGreaterThan(0);

    const reviewer = await aReviewer(letter);
    expect(await entryRequests(reviewer)).toMatchObject([{ id, erasureRequestedAt: null }]);
    const seen = (await entry(reviewer, LETTER, id))!;
    expect(seen.proposed).toMatchObject({ names: { en: 'Tokyo Peace Association' } });
    const asked = { id, version: seen.version, decision: 'accept', note: 'Noted.' } as const;
    expect(await settleChange(reviewer, { ...asked, version })).toMatchObject({
      reason: 'changed',
    });
    expect(await settleChange(reviewer, asked)).toEqual({ ok: true });
    expect((await rowOf(id)).names.map(({ name }) => name)).toContain('Tokyo Peace Association');
    expect(await publicVersion(letter)).toBe(before + 1);
    expect(await entryRequests(reviewer)).toEqual([]);
    expect(await mailsTo(email)).toMatchObject([
      { kind: 'change_decided', props: { accepted: true, note: 'Noted.', withheld: false } },
    ]);
    // Names in other letters' suggestions stay those that were first approved.
    expect(await db().organizationName.count({ where: { organizationId: organizationId! } })).toBe(
      2,
    );
  });

  test('a declined change leaves the entry as it was', async () => {
    const { letter, id, email, token, version } = await anEntry({ state: 'approved' });
    await change(token, renamed(version));
    const declined = { id, version: version + 1, decision: 'decline', note: null } as const;
    expect(await settleChange(await aReviewer(letter), declined)).toEqual({ ok: true });
    expect((await rowOf(id)).names.map(({ name }) => name)).toContain('Tokyo Peace Group');
    expect(await ownEntry(token)).toMatchObject({ proposed: null });
    expect(await mailsTo(email)).toMatchObject([
      {
        kind: 'change_decided',
        props: { accepted: false, organization: { en: 'Tokyo Peace Group' } },
      },
    ]);
  });

  test('a withheld name is published only once a reviewer accepts it', async () => {
    const { letter, id, organizationId, token } = await anEntry({ state: 'approved' });
    await withhold(token);
    const { version } = await rowOf(id);
    const named = renamed(version, { names: { ja: '東京平和の会', en: 'Tokyo Peace Group' } });
    expect(await change(token, named)).toEqual({ ok: true, outcome: 'proposed' });
    expect(await rowOf(id)).toMatchObject({ visibility: 'withheld' });
    await settleChange(await aReviewer(letter), {
      id,
      version: version + 1,
      decision: 'accept',
      note: null,
    });
    expect(await rowOf(id)).toMatchObject({ visibility: 'named' });
    expect(await db().organizationName.count({ where: { organizationId: organizationId! } })).toBe(
      2,
    );
  });

  test('withholding with other changes takes effect at once; only the rest waits, and is never accepted as named', async () => {
    const { letter, id, token, version } = await anEntry({ state: 'approved' });
    expect(await change(token, renamed(version))).toMatchObject({ outcome: 'proposed' });
    expect(await withhold(token)).toEqual({ ok: true });
    const { version: now } = await rowOf(id);
    const accepted = { id, version: now, decision: 'accept', note: null } as const;
    expect(await settleChange(await aReviewer(letter), accepted)).toEqual({ ok: true });
    expect(await rowOf(id)).toMatchObject({ visibility: 'withheld' });
    const again = renamed(now + 1, {
      names: { en: 'Third' },
      reading: null,
      visibility: 'withheld',
    });
    expect(await change(token, again)).toMatchObject({ outcome: 'proposed' });
  });

  test('the present values take a proposed change back; an older version is refused', async () => {
    const { id, token, version } = await anEntry({ state: 'approved' });
    const same = { names: { ja: '東京平和の会', en: 'Tokyo Peace Group' } };
    expect(await change(token, renamed(version, same))).toEqual({ ok: true, outcome: 'unchanged' });
    await change(token, renamed(version));
    expect(await change(token, renamed(version))).toEqual({ ok: false, reason: 'changed' });
    expect(await change(token, renamed(version + 1, same))).toEqual({ ok: true, outcome: 'done' });
    expect(await db().proposedChange.count({ where: { endorsementId: id } })).toBe(0);
  });

  test.each(['declined', 'withdrawn'] as const)(
    'an entry that is %s cannot be changed',
    async (state) => {
      const { token, version } = await anEntry({ state });
      const refusal = { ok: false, reason: 'not-possible' };
      expect(await change(token, renamed(version))).toEqual(refusal);
      expect(await withhold(token)).toEqual(refusal);
    },
  );

  test('a coordinator of another letter can neither accept a change nor erase', async () => {
    const { id, token, version } = await anEntry({ state: 'approved' });
    await change(token, renamed(version));
    await requestErasure(token);
    const stranger = await anOwner(await aLetter());
    const seen = { id, version: version + 2 };
    expect(await settleChange(stranger, { ...seen, decision: 'accept', note: null })).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect(await erase(stranger, seen)).toEqual({ ok: false, reason: 'not-found' });
  });
});

describe('data about the entry', () => {
  test('a representative downloads everything held, and nobody is named as coordinator', async () => {
    const { letter, id, email, token, version } = await anEntry({ state: 'approved' });
    await change(token, renamed(version));
    const reviewer = await aReviewer(letter);
    await settleChange(reviewer, { id, version: version + 1, decision: 'decline', note: 'Why?' });
    const data = JSON.stringify(await entryData(token));
    for (const held of [
      email,
      '平和 花子',
      '事務局長',
      'とうきょうへいわのかい',
      'Tokyo Peace Association',
      'Why?',
      'change_decided',
    ])
      expect(data).toContain(held);
    for (const other of [reviewer.email, reviewer.coordinatorId, token])
      expect(data).not.toContain(other);
  });

  test('it says which representative ended the mailings, and how the organization was invited', async () => {
    const letter = await aLetter();
    const [through, theirs, foreign] = [anAddress(), anAddress(), anAddress()];
    const invite = (email: string, name: string) =>
      db().invitee.create({
        data: {
          letterId: letter.id,
          email,
          emailKey: email,
          language: 'en',
          fields: { name: sealText(name), representativeName: sealText(`Chair of ${name}`) },
        },
      });
    const invitee = await invite(through, 'Invited as this');
    await invite(theirs, 'Invited again');
    await invite(foreign, 'Somebody else');
    await db().mail.create({
      data: {
        kind: 'invite_to_sign',
        to: through,
        toKey: through,
        language: 'en',
        props: {},
        letterId: letter.id,
        inviteeId: invitee.id,
      },
    });
    const { id, token } = await anEntry({ email: theirs, state: 'approved' }, letter);
    await db().endorsement.update({ where: { id }, data: { inviteeId: invitee.id } });
    const colleague = await aColleague(id);
    const none = await entryData(token);
    expect(none!.representatives.map((person) => person.mailingsEndedAt)).toEqual([null, null]);
    const other = await aLetter();
    await db().endedMailings.createMany({
      data: [
        { letterId: letter.id, emailKey: colleague.emailKey },
        { letterId: other.id, emailKey: theirs },
      ],
    });
    const { endedAt } = await db().endedMailings.findUniqueOrThrow({
      where: { letterId_emailKey: { letterId: letter.id, emailKey: colleague.emailKey } },
    });
    const data = (await entryData(token))!;
    expect(data.representatives.map((person) => person.mailingsEndedAt)).toEqual([null, endedAt]);
    expect(data.invitations).toMatchObject([
      {
        email: through,
        invitations: 1,
        fields: { name: 'Invited as this', representativeName: 'Chair of Invited as this' },
        mails: [{ kind: 'invite_to_sign', to: through }],
      },
      { email: theirs, fields: { name: 'Invited again' } },
    ]);
    const said = JSON.stringify(data);
    for (const unsaid of [foreign, 'Somebody else', invitee.id, letter.id])
      expect(said).not.toContain(unsaid);
  });

  test('an owner erases an undelivered entry as it asked: nothing of it is left', async () => {
    const { letter, id, email, contactId, organizationId, token, version } = await anEntry({
      state: 'approved',
    });
    const owner = await anOwner(letter);
    expect(await erase(owner, { id, version })).toEqual({ ok: false, reason: 'not-possible' });
    await change(token, renamed(version));
    expect(await requestErasure(token)).toEqual({ ok: true });
    expect(await requestErasure(token)).toEqual({ ok: true });
    const before = await publicVersion(letter);
    expect(await entryRequests(owner)).toMatchObject([{ id }]);
    expect(await erase(owner, { id, version: version + 2 })).toEqual({
      ok: true,
      outcome: 'deleted',
    });
    expect(await db().endorsement.count({ where: { id } })).toBe(0);
    expect(await db().contact.count({ where: { id: contactId! } })).toBe(0);
    expect(await db().organization.count({ where: { id: organizationId! } })).toBe(0);
    expect(await mailsTo(email)).toMatchObject([
      { kind: 'erased', letterId: null, endorsementId: null, props: { outcome: 'deleted' } },
    ]);
    const [said] = (await sent()).filter(({ to }) => to === email);
    expect(said!.text).toContain('削除');
    expect(await mailsTo(email)).toEqual([]);
    expect(await publicVersion(letter)).toBe(before + 1);
    expect(await ownEntry(token)).toEqual({ state: 'unknown' });
    const events = await db().auditEvent.findMany({
      where: { endorsementId: id },
      orderBy: { id: 'asc' },
      include: { values: true },
    });
    expect(events.map(({ action }) => action)).toEqual([
      'propose_change',
      'request_erasure',
      'erase',
    ]);
    expect(events.flatMap(({ values }) => values)).toEqual([]);
    expect(events.map(({ canonical }) => canonical).join()).not.toMatch(/peace|平和/i);
  });

  test('an owner erases the person behind a delivered entry, which stays with its names', async () => {
    const { letter, id, email, contactId, token, version } = await anEntry({ state: 'approved' });
    await delivered(letter);
    const owner = await anOwner(letter);
    await addNote(owner, { id, text: 'A note about the person.' });
    await requestErasure(token);
    expect(await erase(owner, { id, version: version + 1 })).toEqual({
      ok: true,
      outcome: 'kept',
    });
    expect(await db().entryNote.count({ where: { endorsementId: id } })).toBe(0);
    const written = await db().auditValue.findMany({ where: { event: { endorsementId: id } } });
    expect(written.map(({ value }) => value)).not.toContain('A note about the person.');
    expect(await rowOf(id)).toMatchObject({
      state: 'approved',
      contactId: null,
      website: null,
      erasureRequestedAt: null,
      names: [{ name: expect.any(String) as string }, { name: expect.any(String) as string }],
    });
    expect(await db().representative.count({ where: { endorsementId: id } })).toBe(0);
    expect(await db().contact.count({ where: { id: contactId! } })).toBe(0);
    expect(await mailsTo(email)).toMatchObject([{ kind: 'erased', props: { outcome: 'kept' } }]);
    await retain();
    expect(await mailsTo(email), 'not sent yet').toHaveLength(1);
    await db().mail.updateMany({ where: { to: email }, data: { failedAt: new Date() } });
    await retain();
    expect(await mailsTo(email), 'given up').toEqual([]);
    expect(await ownEntry(token)).toEqual({ state: 'unknown' });
  });

  test('a representative corrects their own name and role at once; reviewers see and find them, the audit names nobody', async () => {
    const { letter, id, token, version } = await anEntry({ state: 'approved' });
    const person = { representativeName: 'Élodie Ngo', representativeRole: 'Director' };
    expect(await correctRepresentative(token, person)).toEqual({ ok: true, changed: true });
    expect(await correctRepresentative(token, person)).toEqual({ ok: true, changed: false });
    expect(await rowOf(id)).toMatchObject({ version: version + 1 });
    expect(await ownEntry(token)).toMatchObject({
      reader: { name: 'Élodie Ngo', role: 'Director' },
    });
    const representative = await db().representative.findFirst({ where: { endorsementId: id } });
    expect(representative!.searchText).toContain('elodiengo');
    const events = await auditOf(letter.id);
    expect(events.map(({ action }) => action)).toEqual(['correct_representative']);
    expect(JSON.stringify(events.map(({ before, after }) => [before, after]))).not.toMatch(
      /Ngo|平和/,
    );
    expect(await db().auditValue.count({ where: { event: { letterId: letter.id } } })).toBe(0);
  });

  test('an organization takes its request for erasure back; owners can no longer carry it out', async () => {
    const { letter, id, token, version } = await anEntry({ state: 'approved' });
    expect(await cancelErasure(token), 'nothing to take back').toEqual({ ok: true });
    await requestErasure(token);
    expect(await cancelErasure(token)).toEqual({ ok: true });
    expect(await rowOf(id)).toMatchObject({ erasureRequestedAt: null });
    const owner = await anOwner(letter);
    expect(await erase(owner, { id, version: version + 2 })).toEqual({
      ok: false,
      reason: 'not-possible',
    });
    expect(await entryRequests(owner)).toEqual([]);
    expect((await auditOf(letter.id)).map(({ action }) => action)).toEqual([
      'request_erasure',
      'cancel_erasure',
    ]);
    expect(await cancelErasure('unknown')).toEqual({ ok: false, reason: 'unknown' });
  });

  test('a contact with another entry keeps it', async () => {
    const { letter, id, contactId, token, version } = await anEntry({ state: 'approved' });
    const other = await anEndorsement((await aLetter()).id);
    await representedBy(other.id, contactId!);
    await requestErasure(token);
    await erase(await anOwner(letter), { id, version: version + 1 });
    expect(await rowOf(other.id)).toMatchObject({ contactId });
  });
});
