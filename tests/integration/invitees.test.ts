import { describe, expect, test, vi } from 'vitest';
import { GET, POST } from '@/app/api/invited/[token]/route';
import { renderMail } from '@/emails/render';
import { retain } from '@/lib/retention/commands';
import { endorse } from '@/lib/endorsement/commands';
import { signedLetter } from '@/lib/letter/queries';
import {
  declineInvitation,
  endInvitations,
  inviteOrganizations,
  inviteOrganizationsAgain,
  keepList,
  openForm,
  remindInvitees,
  sealInvitees,
  setInviteeMessages,
  setInviteeReminders,
  withdrawInvitee,
} from '@/lib/endorsement/invitees/commands';
import {
  invitationsOf,
  invited,
  inviteeCounts,
  inviteesOf,
  previewedList,
} from '@/lib/endorsement/invitees/queries';
import { inviteeRow } from '@/lib/endorsement/invitees/schema';
import type { InviteeRow } from '@/lib/endorsement/invitees/rules';
import { erase } from '@/lib/endorsement/review/requests/commands';
import { confirm } from '@/lib/endorsement/verification/commands';
import { letterAccess, type Owner } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { parseEnv } from '@/lib/platform/env';
import { dispatchDue } from '@/lib/platform/mail/dispatcher';
import { recordReport } from '@/lib/platform/mail/reports';
import { suppress } from '@/lib/platform/mail/suppression';
import { openAll } from '@/lib/platform/sealing';
import { derivedToken } from '@/lib/platform/tokens';
import { aLetter, anAddress, anEndorsement, anOwner, aSignUp } from '@/tests/support/factories';
import { untilWaiting } from '@/tests/support/locks';
import { mailsTo, tokenOf } from '@/tests/support/mail';

const DAY = 24 * 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);
const CLIENT = { network: 'n', neighbourhood: 'nn' };

const rowOf = (email: string, values: Record<string, string> = {}, number = 2): InviteeRow =>
  inviteeRow(
    { number, values: { name: 'Invited Group', representativeEmail: email, ...values } },
    'en',
  );

/** Invites the organizations of some rows. */
async function invite(owner: Owner, rows: InviteeRow[]) {
  return inviteOrganizations(owner, await keepList(owner, rows));
}

/** A letter with an owner and one invitee, whose mail was not sent yet. */
async function anInvitee(values: Record<string, string> = {}, over = {}) {
  const letter = await aLetter(over);
  const owner = await anOwner(letter);
  const email = anAddress('invited');
  expect(await invite(owner, [rowOf(email, values)])).toEqual({ ok: true, count: 1 });
  const [mail] = await mailsTo(email);
  const token = tokenOf(mail!);
  const invitee = await db().invitee.findFirstOrThrow({ where: { letterId: letter.id } });
  return {
    letter,
    owner,
    email,
    mail: mail!,
    token,
    ending: derivedToken(token, 'unsubscribe'),
    invitee,
  };
}

/** Marks the mails to an address as sent. */
const sent = (email: string) =>
  db().mail.updateMany({
    where: { toKey: email },
    data: { sentAt: new Date(), sealedToken: null },
  });

const stateOf = async (owner: Owner) => (await inviteesOf(owner, 'all', 1))[0]!.state;
const invitations = async (email: string) =>
  (await mailsTo(email)).filter(({ kind }) => kind === 'invite_to_sign');

describe('an owner who invites a list', () => {
  test('sees what will happen with each row, by what is true on this letter', async () => {
    const letter = await aLetter();
    const other = await aLetter();
    const owner = await anOwner(letter);
    const [signed, before, bounced, elsewhere] = Array.from({ length: 4 }, () => anAddress());
    await anEndorsement(letter.id, { email: signed! });
    await anEndorsement(letter.id, { nameJa: null, nameEn: 'Other Signed Group' });
    await anEndorsement(other.id, { email: elsewhere! });
    await invite(owner, [rowOf(before!)]);
    await suppress(db(), bounced!, { reason: 'bounced', at: new Date() });
    const fresh = anAddress();
    const list = await keepList(owner, [
      rowOf(fresh),
      rowOf(fresh.toUpperCase()),
      rowOf('no address'),
      rowOf(anAddress(), { name: '' }),
      rowOf(anAddress(), { website: 'w'.repeat(300) }),
      rowOf(signed!),
      rowOf(anAddress(), { name: 'other signed group' }),
      rowOf(before!),
      rowOf(bounced!),
      rowOf(elsewhere!),
    ]);
    const rows = await previewedList(owner, list);
    expect(rows!.map(({ state }) => state)).toEqual([
      'new',
      'repeated',
      'invalidEmail',
      'noName',
      'tooLong',
      'signed',
      'signed',
      'invited',
      'unreachable',
      'new',
    ]);
    expect(await previewedList(await anOwner(other), list)).toBeNull();
  });

  test('invites each organization once, however often and by however many it is pressed', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const emails = Array.from({ length: 30 }, () => anAddress());
    const rows = emails.map((email, at) => rowOf(email, {}, at + 2));
    const [list, again] = [await keepList(owner, rows), await keepList(owner, rows)];
    const done = await Promise.all(
      [list, list, again, list].map((id) => inviteOrganizations(owner, id)),
    );
    expect(done.filter(({ ok }) => ok)).toEqual([{ ok: true, count: 30 }]);
    for (const email of emails) expect(await invitations(email)).toHaveLength(1);
    const events = await db().auditEvent.findMany({
      where: { letterId: letter.id, action: 'invite_organizations' },
    });
    expect(events).toHaveLength(1);
  });

  test('cannot invite to a letter that is closed, and the list stays', async () => {
    const letter = await aLetter({ closesAt: inDays(-1) });
    const owner = await anOwner(letter);
    const list = await keepList(owner, [rowOf(anAddress())]);
    expect(await inviteOrganizations(owner, list)).toEqual({ ok: false, reason: 'not-open' });
    expect(await previewedList(owner, list)).toHaveLength(1);
  });

  test('has what an earlier letter of theirs knows filled in: of named organizations, with this address', async () => {
    const [letter, earlier, foreign] = [await aLetter(), await aLetter(), await aLetter()];
    const owner = await anOwner(letter);
    await db().letterRole.create({
      data: { letterId: earlier.id, coordinatorId: owner.coordinatorId, role: 'owner' },
    });
    const [named, withheld, unknown] = [anAddress(), anAddress(), anAddress()];
    await anEndorsement(earlier.id, { state: 'approved', email: named });
    await anEndorsement(earlier.id, { state: 'approved', email: withheld, visibility: 'withheld' });
    await anEndorsement(foreign.id, { state: 'approved', email: unknown });
    const rows = await previewedList(
      owner,
      await keepList(
        owner,
        [named, withheld, unknown].map((email) => rowOf(email, { name: '' })),
      ),
    );
    expect(rows!.map(({ state }) => state)).toEqual(['new', 'noName', 'noName']);
    expect(rows![0]!.fields).toMatchObject({
      reading: 'とうきょうへいわのかい',
      country: 'JP',
      website: 'https://peace.example.org/',
    });
    expect(rows![1]!.fields).toEqual({});
    const other = rowOf(named, { name: 'Somebody else' });
    const [different] = (await previewedList(owner, await keepList(owner, [other])))!;
    expect(different!.fields).toEqual({ name: 'Somebody else' });
  });
});

describe('an invited organization', () => {
  test('gets a mail in its language, with the message, its link and one-click header', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await setInviteeMessages(owner, {
      ja: 'ぜひご賛同ください。\nお待ちしています。',
      en: 'Please.',
    });
    const email = anAddress();
    await invite(owner, [rowOf(email, { name: '平和の会', language: '日本語' })]);
    const [mail] = await invitations(email);
    const stored = await db().invitee.findFirstOrThrow({ where: { email } });
    expect(JSON.stringify([mail!.props, stored.fields])).not.toContain('平和の会');
    expect(mail).toMatchObject({ language: 'ja', letterId: letter.id });
    const token = tokenOf(mail!);
    const ending = derivedToken(token, 'unsubscribe');
    const rendered = await renderMail(
      {
        kind: 'invite_to_sign',
        language: 'ja',
        to: email,
        props: openAll(mail!.props) as never,
        token,
        endingToken: ending,
      },
      'https://letters.example.org',
    );
    expect(rendered.text).toContain('お待ちしています。');
    expect(rendered.text).toContain('平和の会');
    expect(rendered.links).toContain(`https://letters.example.org/ja/invited/${token}`);
    expect(rendered.links).toContain(`https://letters.example.org/ja/invited/end/${ending}`);
    expect(rendered.oneClickUrl).toBe(`https://letters.example.org/api/invited/${ending}`);
  });

  test('signs through its link: reading notes nothing, the form is filled in, and it confirms as ever', async () => {
    const { letter, owner, email, token } = await anInvitee({ country: 'Japan' });
    expect(await stateOf(owner)).toBe('waiting');
    await sent(email);
    expect(await stateOf(owner)).toBe('sent');
    expect(await invited(token)).toMatchObject({ state: 'open', name: 'Invited Group' });
    expect(await stateOf(owner)).toBe('sent');
    const opened = await openForm(token);
    expect(opened).toMatchObject({
      slug: letter.slug,
      typed: { name: 'Invited Group', country: 'JP', representativeEmail: email, invitee: token },
    });
    expect(await stateOf(owner)).toBe('opened');
    const signer = anAddress('signer');
    const signUp = aSignUp({ representativeEmail: signer, language: 'en' });
    expect(await endorse(await signedLetter(letter.slug), signUp, CLIENT, null, token)).toEqual({
      ok: true,
    });
    expect(await stateOf(owner)).toBe('opened');
    const [mail] = await mailsTo(signer);
    expect(await confirm(tokenOf(mail!), 1)).toMatchObject({ ok: true });
    expect(await stateOf(owner)).toBe('signed');
    expect(await inviteeCounts(owner)).toMatchObject({ all: 1, signed: 1, opened: 0 });
  });

  test('counts as signed if its address signs without the link; a link of another letter counts nothing', async () => {
    const { owner, letter, email } = await anInvitee();
    const elsewhere = await anInvitee();
    const signer = anAddress();
    await endorse(
      await signedLetter(letter.slug),
      aSignUp({ representativeEmail: signer }),
      CLIENT,
      null,
      elsewhere.token,
    );
    const signUp = await db().endorsement.findFirstOrThrow({ where: { letterId: letter.id } });
    expect(signUp.inviteeId).toBeNull();
    await anEndorsement(letter.id, { email });
    expect(await stateOf(owner)).toBe('signed');
    expect(await stateOf(elsewhere.owner)).toBe('waiting');
  });

  test('declines, and can still sign', async () => {
    const { owner, email, token } = await anInvitee();
    expect(await declineInvitation(token)).toBe(true);
    expect(await invitations(email)).toEqual([]);
    expect(await stateOf(owner)).toBe('declined');
    expect(await invited(token)).toMatchObject({ state: 'declined' });
    expect(await openForm(token)).not.toBeNull();
    expect(await inviteOrganizationsAgain(owner, null, inDays(30))).toMatchObject({ ok: false });
  });

  test('whose mail bounces is shown so, after the mail is deleted, too', async () => {
    const { owner, email, mail } = await anInvitee();
    await db().mail.update({
      where: { id: mail.id },
      data: { sentAt: new Date(), providerId: mail.id },
    });
    await recordReport({
      id: `event-${mail.id}`,
      mailId: null,
      providerId: mail.id,
      outcome: 'bounced',
      at: new Date(),
    });
    expect(await stateOf(owner)).toBe('undelivered');
    await db().mail.deleteMany({ where: { toKey: email } });
    expect(await stateOf(owner)).toBe('undelivered');
  });

  test('cannot use the link once the invitation is withdrawn, until it is invited again', async () => {
    const { owner, email, token, invitee } = await anInvitee();
    expect(await withdrawInvitee(owner, invitee.id)).toBe(true);
    expect(await withdrawInvitee(owner, invitee.id)).toBe(false);
    expect(await invitations(email)).toEqual([]);
    expect(await invited(token)).toEqual({ state: 'unknown' });
    expect(await openForm(token)).toBeNull();
    expect(await declineInvitation(token)).toBe(false);
    expect(await stateOf(owner)).toBe('withdrawn');
    const stranger = await anOwner(await aLetter());
    expect(await withdrawInvitee(stranger, invitee.id)).toBe(false);
    expect(await inviteOrganizationsAgain(owner, invitee.id)).toEqual({ ok: true, count: 1 });
    expect(await invitations(email)).toHaveLength(1);
  });

  test('is not invited again at once by way of withdrawing it, or once it has answered', async () => {
    const one = await anInvitee();
    const again = (of: typeof one, days: number) =>
      inviteOrganizationsAgain(of.owner, of.invitee.id, inDays(days));
    const nobody = { ok: false, reason: 'nobody' };
    await sent(one.email);
    await withdrawInvitee(one.owner, one.invitee.id);
    expect(await again(one, 1)).toEqual(nobody);
    expect(await again(one, 8)).toEqual({ ok: true, count: 1 });
    for (const answer of [
      ({ token }: typeof one) => declineInvitation(token),
      ({ ending }: typeof one) => endInvitations(ending),
    ]) {
      const other = await anInvitee();
      await sent(other.email);
      await answer(other);
      await withdrawInvitee(other.owner, other.invitee.id);
      expect(await again(other, 8)).toEqual(nobody);
      expect(await invitations(other.email)).toHaveLength(1);
    }
  });

  test('is not counted as invited again if its address is not mailed any more', async () => {
    const { owner, email } = await anInvitee();
    await sent(email);
    await suppress(db(), email, { reason: 'bounced', at: new Date() });
    expect(await inviteOrganizationsAgain(owner, null, inDays(8))).toEqual({
      ok: false,
      reason: 'nobody',
    });
    expect(await db().invitee.findFirst({ where: { email } })).toMatchObject({ invitations: 1 });
  });

  test('is invited again once, by however many it is pressed', async () => {
    const { owner, email } = await anInvitee();
    await sent(email);
    await Promise.all(
      Array.from({ length: 4 }, () => inviteOrganizationsAgain(owner, null, inDays(8))),
    );
    expect(await invitations(email)).toHaveLength(2);
  });

  test('is invited again after a week at the earliest, three times at most', async () => {
    const { owner, email } = await anInvitee();
    await sent(email);
    const again = (days: number) => inviteOrganizationsAgain(owner, null, inDays(days));
    expect(await again(6)).toEqual({ ok: false, reason: 'nobody' });
    expect(await again(8)).toEqual({ ok: true, count: 1 });
    expect(await again(9)).toEqual({ ok: false, reason: 'nobody' });
    expect(await again(16)).toEqual({ ok: true, count: 1 });
    expect(await again(24)).toEqual({ ok: false, reason: 'nobody' });
    expect(await invitations(email)).toHaveLength(3);
  });
});

describe('an address that asks not to be invited again', () => {
  test('is not invited to any letter of the instance any more; others do not learn why', async () => {
    const { owner, email, ending } = await anInvitee();
    const elsewhere = await aLetter();
    const other = await anOwner(elsewhere);
    await invite(other, [rowOf(email)]);
    expect(await invitationsOf(ending)).toMatchObject({ state: 'on' });
    expect(await endInvitations(ending)).toBe(true);
    expect(await endInvitations(ending)).toBe(true);
    expect(await invitationsOf(ending)).toMatchObject({ state: 'ended' });
    expect(await invitations(email)).toEqual([]);
    expect(await stateOf(owner)).toBe('ended');
    expect(await stateOf(other)).toBe('waiting');
    const third = await anOwner(await aLetter());
    const list = await keepList(third, [rowOf(email.toUpperCase())]);
    expect((await previewedList(third, list))![0]!.state).toBe('unreachable');
    expect(await inviteOrganizations(third, list)).toEqual({ ok: false, reason: 'nobody' });
    // The wish outlives the letters and their invitees.
    await db().invitee.deleteMany({ where: { email } });
    expect((await previewedList(third, list))![0]!.state).toBe('unreachable');
    const kept = await db().$queryRaw<{ found: boolean }[]>`
      SELECT bool_or(uninvited_address::text LIKE ${`%${email}%`}) AS found FROM uninvited_address`;
    expect(kept).toEqual([{ found: false }]);
  });

  test('presses one button of its mail program (RFC 8058), and a GET changes nothing', async () => {
    const { owner, ending } = await anInvitee();
    const params = Promise.resolve({ token: ending });
    const request = (body: string) =>
      new Request(`http://localhost/api/invited/${ending}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body,
      });
    const looked = await GET(new Request('http://localhost'), { params });
    expect(looked.headers.get('location')).toBe(`/invited/end/${ending}`);
    expect((await POST(request('a=b'), { params })).status).toBe(400);
    expect(await stateOf(owner)).toBe('waiting');
    expect((await POST(request('List-Unsubscribe=One-Click'), { params })).status).toBe(200);
    expect(await stateOf(owner)).toBe('ended');
  });

  test('is not mailed by an invitation that is being written at the same time', async () => {
    const { ending, email, invitee } = await anInvitee();
    const other = await anOwner(await aLetter());
    const list = await keepList(other, [rowOf(email)]);
    // Holds the wish up in the middle: its invitee's row is locked.
    const { ended, inviting } = await db().$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT FROM invitee WHERE id = ${invitee.id}::uuid FOR UPDATE`;
        const during = { ended: endInvitations(ending) };
        await untilWaiting(1);
        const inviting = inviteOrganizations(other, list);
        await Promise.race([inviting, untilWaiting(2).catch(() => {})]);
        return { ...during, inviting };
      },
      { timeout: 60_000 },
    );
    expect(await ended).toBe(true);
    expect(await inviting).toEqual({ ok: false, reason: 'nobody' });
    expect(await invitations(email)).toEqual([]);
  });

  test('written in capitals is the same address', async () => {
    const owner = await anOwner(await aLetter());
    const email = anAddress('invited').replace('invited', 'Invited');
    await invite(owner, [rowOf(email)]);
    const mail = await db().mail.findFirstOrThrow({ where: { to: email } });
    const ending = derivedToken(tokenOf(mail), 'unsubscribe');
    expect(await endInvitations(ending)).toBe(true);
    expect(await invitationsOf(ending)).toMatchObject({ state: 'ended' });
    const again = await anOwner(await aLetter());
    expect(await invite(again, [rowOf(email)])).toEqual({ ok: false, reason: 'nobody' });
  });
});

describe('reminders of invitations', () => {
  const closesAt = inDays(30);

  test('come once after the days that the owner set, and once before the deadline, by many processes', async () => {
    const { owner, email } = await anInvitee({}, { closesAt });
    await sent(email);
    const remind = async (days: number) => {
      const written = await Promise.all(
        Array.from({ length: 4 }, () => remindInvitees(inDays(days))),
      );
      return written.reduce((sum, count) => sum + count);
    };
    expect(await remind(8)).toBe(0);
    await setInviteeReminders(owner, { days: 7, deadline: true });
    expect([await remind(6), await remind(8), await remind(20)]).toEqual([0, 1, 0]);
    expect([await remind(28), await remind(29)]).toEqual([1, 0]);
    const mails = await invitations(email);
    expect(mails.map(({ props }) => (props as { isReminder: boolean }).isReminder)).toEqual([
      false,
      true,
      true,
    ]);
  });

  test.each([
    [
      'signed',
      ({ letter, email }: Awaited<ReturnType<typeof anInvitee>>) =>
        anEndorsement(letter.id, { email }),
    ],
    ['declined', ({ token }: Awaited<ReturnType<typeof anInvitee>>) => declineInvitation(token)],
    [
      'asked not to be invited',
      ({ ending }: Awaited<ReturnType<typeof anInvitee>>) => endInvitations(ending),
    ],
    [
      'was withdrawn',
      ({ owner, invitee }: Awaited<ReturnType<typeof anInvitee>>) =>
        withdrawInvitee(owner, invitee.id),
    ],
    [
      'did not get the mail',
      ({ email }: Awaited<ReturnType<typeof anInvitee>>) =>
        db().mail.updateMany({ where: { toKey: email }, data: { outcome: 'bounced' } }),
    ],
    [
      'bounced on another letter',
      ({ email }: Awaited<ReturnType<typeof anInvitee>>) =>
        suppress(db(), email, { reason: 'bounced', at: new Date() }),
    ],
  ])('do not come to one that %s', async (_what, happens) => {
    const one = await anInvitee({}, { closesAt });
    await sent(one.email);
    await setInviteeReminders(one.owner, { days: 3, deadline: true });
    await happens(one);
    expect(await remindInvitees(inDays(4))).toBe(0);
    expect(await remindInvitees(inDays(28))).toBe(0);
    expect(await invitations(one.email)).toHaveLength(1);
  });
});

test('invitees are deleted some months after the last mail, and unused lists after a day', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { letter, owner, email, token } = await anInvitee();
  const list = await keepList(owner, [rowOf(anAddress())]);
  await retain(inDays(2));
  expect(await previewedList(owner, list)).toBeNull();
  expect(await stateOf(owner)).toBe('waiting');
  await retain(inDays(181));
  expect(await inviteeCounts(owner)).toMatchObject({ all: 0 });
  expect(await invited(token)).toEqual({ state: 'unknown' });
  expect(await db().mail.count({ where: { toKey: email } })).toBe(0);
  expect(await db().letter.count({ where: { id: letter.id } })).toBe(1);
});

test('what is known of invitees is sealed under the present secret, once', async () => {
  await sealInvitees();
  const { owner, invitee } = await anInvitee();
  expect(await sealInvitees()).toBe(0);
  // As an older version or another secret left it.
  await db().invitee.update({ where: { id: invitee.id }, data: { fields: { name: 'Clear' } } });
  expect(await sealInvitees()).toBe(1);
  const stored = await db().invitee.findUniqueOrThrow({ where: { id: invitee.id } });
  expect(JSON.stringify(stored.fields)).not.toContain('Clear');
  expect((await inviteesOf(owner, 'all', 1))[0]!.name).toBe('Clear');
});

test('5,000 organizations are invited in one go, and their mails go out like others', async () => {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const rows = Array.from({ length: 5_000 }, (_, at) =>
    rowOf(`g${at}-${letter.slug}@example.org`, { name: `Group ${at}` }, at + 2),
  );
  const list = await keepList(owner, rows);
  expect(await inviteOrganizations(owner, list)).toEqual({ ok: true, count: 5_000 });
  expect(await db().mail.count({ where: { letterId: letter.id, kind: 'invite_to_sign' } })).toBe(
    5_000,
  );
  expect(await inviteeCounts(owner)).toMatchObject({ all: 5_000, waiting: 5_000 });
  await db().mail.deleteMany({ where: { letterId: letter.id } });
});

test('an invitation is sent by the dispatcher with the headers of one click', async () => {
  const { owner, email } = await anInvitee();
  const messages: { to: string; oneClickUrl?: string | undefined }[] = [];
  await db().mail.deleteMany({ where: { toKey: { not: email } } });
  await dispatchDue({
    db: db(),
    env: parseEnv({ ...process.env, MAIL_PER_SECOND: '100' }),
    render: renderMail,
    transport: {
      send: async (message) => {
        messages.push(message);
        return {};
      },
    },
  });
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({ to: email });
  expect(messages[0]!.oneClickUrl).toMatch(/\/api\/invited\/[\w-]{43}$/);
  expect(await stateOf(owner)).toBe('sent');
});

test('only owners have the access that inviting takes', async () => {
  const letter = await aLetter();
  const reviewer = await db().coordinator.create({
    data: {
      email: anAddress('reviewer'),
      roles: { create: { letterId: letter.id, role: 'reviewer' } },
    },
  });
  expect(await letterAccess(reviewer, letter.slug, 'inviteOrganizations')).toBeNull();
});

test('erasing an entry deletes the invitation it came from, and others to its address on the letter', async () => {
  const { letter, owner, email, token, invitee } = await anInvitee();
  const other = anAddress('other');
  await invite(owner, [rowOf(other)]);
  const representativeEmail = anAddress('representative');
  await endorse(
    await signedLetter(letter.slug),
    aSignUp({ representativeEmail }),
    CLIENT,
    null,
    token,
  );
  const entry = await db().endorsement.findFirstOrThrow({ where: { letterId: letter.id } });
  expect(entry.inviteeId).toBe(invitee.id);
  const { contactId } = entry;
  await db().contact.update({
    where: { id: contactId! },
    data: { email: other, emailKey: other },
  });
  await db().endorsement.update({
    where: { id: entry.id },
    data: { state: 'verified', verifiedAt: new Date(), erasureRequestedAt: new Date() },
  });
  const { letterId, version, id } = entry;
  expect(await erase(owner, { id, version })).toMatchObject({ ok: true });
  expect(await db().invitee.count({ where: { letterId } })).toBe(0);
  expect(await mailsTo(email)).toEqual([]);
  expect((await mailsTo(other)).map(({ kind }) => kind)).toEqual(['erased']);
});
