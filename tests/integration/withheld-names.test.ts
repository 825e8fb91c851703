/** Names of organizations that are withheld stand nowhere in the database in the clear (ADR 52). */
import { afterEach, describe, expect, it } from 'vitest';
import { exportContacts } from '@/lib/endorsement/contacts/commands';
import { contactRows } from '@/lib/endorsement/contacts/queries';
import { deliver } from '@/lib/delivery/commands';
import { change, withhold } from '@/lib/endorsement/entry/commands';
import { mailEntryLinks, requestEntryLinks } from '@/lib/endorsement/entry/links/commands';
import { entryData } from '@/lib/endorsement/entry/data/queries';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { remindUnconfirmed } from '@/lib/endorsement/reminders/commands';
import { attest, correct, decide } from '@/lib/endorsement/review/commands';
import { queue } from '@/lib/endorsement/review/queries';
import { settleChange } from '@/lib/endorsement/review/requests/commands';
import { renewOutdated } from '@/lib/endorsement/renewal/commands';
import { sealWithheld } from '@/lib/endorsement/sealing/commands';
import { confirm, correctSignUp } from '@/lib/endorsement/verification/commands';
import { mergeOrganizations } from '@/lib/organization/commands';
import { namesOf } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { requestAgain } from '@/lib/revision/reaffirmation/commands';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { asSeen } from '@/tests/support/delivery';
import { rowsWith } from '@/tests/support/dump';
import {
  anEntryLink,
  aLetter,
  anAddress,
  anAdministrator,
  anEndorsement,
  anObserver,
  anOwner,
  aReviewer,
  aSignUp,
} from '@/tests/support/factories';
import { mailsTo, sent, tokenOf } from '@/tests/support/mail';
import { entryFor } from '@/tests/support/managed';
import { pdfText } from '@/tests/support/pdf-text';
import { publishAs, write } from '@/tests/support/publishing';
import { aClient, endorse, sendNewLink } from '@/tests/support/sign-up';
import { wordLines } from '@/tests/support/word-text';

/** Rare words, so that nothing else in the database can hold them. */
const CANARY = { ja: '金糸雀秘匿会', reading: 'かなりあひとくかい', en: 'Canarywithheld Society' };
const TRACES = ['金糸雀', 'かなりあひとく', 'canarywithheld', '秘匿', 'カナリア'];

/** The rows that hold a trace of the name. */
const traces = (words: string[] = TRACES) => rowsWith(words);

const rowOf = (id: string) =>
  db().endorsement.findUniqueOrThrow({ where: { id }, include: { names: true } });

const versionOf = async (id: string) => (await rowOf(id)).version;

const last = async (email: string, kind: string) =>
  (await mailsTo(email)).filter((mail) => mail.kind === kind).at(-1)!;

const names = { ja: CANARY.ja, en: CANARY.en };

describe('a name that is withheld', () => {
  it('is nowhere in the database, whatever happens to its entry, and its people and coordinators read it', async () => {
    const letter = await aLetter({ reminds: true });
    const [owner, reviewer] = [await anOwner(letter), await aReviewer(letter)];
    const representativeEmail = anAddress('canary-holder');
    const signUp = aSignUp({
      nameJa: CANARY.ja,
      reading: CANARY.reading,
      nameEn: CANARY.en,
      website: '',
      representativeEmail,
      visibility: 'withheld',
    });
    expect(await endorse(letter.slug, signUp)).toEqual({ ok: true });
    const { token, id } = await (async () => {
      const mail = await last(representativeEmail, 'confirm');
      return { token: tokenOf(mail), id: mail.endorsementId! };
    })();
    expect(await correctSignUp(token, { ...signUp, country: 'KR' })).toEqual({ ok: true });
    expect(await sendNewLink(token)).toEqual({ ok: true });
    await remindUnconfirmed(new Date(Date.now() + 3 * 24 * 3_600_000));
    expect(await last(representativeEmail, 'reminder')).toBeDefined();
    expect((await queue(reviewer, { state: 'all', q: 'canarywith', page: 1 })).total).toBe(1);
    expect(await traces()).toEqual([]);

    expect(await confirm(token, 1)).toMatchObject({ ok: true });
    // Who signs again with the same name is told so.
    expect(await endorse(letter.slug, { ...signUp, visibility: 'named' })).toEqual({ ok: true });
    expect(await last(representativeEmail, 'already_signed')).toBeDefined();
    const own = tokenOf(await last(representativeEmail, 'confirmed'));
    expect(await ownEntry(own)).toMatchObject({ names, reading: CANARY.reading });
    for (const q of ['Canarywithheld Society', 'canarywith', '秘匿', 'かなりあ'])
      expect((await queue(reviewer, { state: 'all', q, page: 1 })).rows).toMatchObject([
        { id, names },
      ]);
    const observer = await anObserver(letter);
    expect((await queue(observer, { state: 'all', q: 'canarywith', page: 1 })).total).toBe(0);
    expect(JSON.stringify(await entryFor(observer, id))).not.toMatch(/anary|金糸雀|かなりあ/);

    await decide(reviewer, { step: 'approve', id, version: await versionOf(id) });
    expect(
      await correct(reviewer, {
        id,
        version: await versionOf(id),
        names: { ...names, en: 'Canarywithheld Association' },
        reading: CANARY.reading,
      }),
    ).toEqual({ ok: true });
    for (const decision of ['decline', 'accept'] as const) {
      const wanted = {
        names: { ja: CANARY.ja },
        reading: CANARY.reading,
        website: null,
        category: null,
      };
      expect(
        await change(own, { version: await versionOf(id), ...wanted, visibility: 'withheld' }),
      ).toEqual({ ok: true, outcome: 'proposed' });
      expect(await traces()).toEqual([]);
      expect((await entryFor(reviewer, id))!.proposed).toMatchObject({ names: { ja: CANARY.ja } });
      expect(
        await settleChange(reviewer, { id, version: await versionOf(id), decision, note: null }),
      ).toEqual({ ok: true });
    }
    await requestEntryLinks(representativeEmail, 'en', aClient());
    while ((await mailEntryLinks()) > 0);
    expect(await last(representativeEmail, 'entry_links')).toBeDefined();

    expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true });
    await write(letter, { body: 'Another text.' });
    expect(await publishAs(owner, 'substance')).toMatchObject({ asked: { mailed: 1 } });
    const later = new Date(Date.now() + 30 * 24 * 3_600_000);
    expect(await requestAgain(owner, id, later)).toEqual({ ok: true });

    const elsewhere = await anEndorsement((await aLetter()).id, { state: 'approved' });
    expect(
      await mergeOrganizations(await anAdministrator(letter), {
        from: (await rowOf(id)).organizationId!,
        into: elsewhere.organizationId!,
      }),
    ).toEqual({ ok: true });
    const { ids } = await exportContacts(owner);
    for await (const rows of contactRows(owner, ids))
      expect(rows).toMatchObject([{ names: { ja: CANARY.ja } }]);
    const { history, ...data } = (await entryData(own))!;
    expect(JSON.stringify(data)).toContain(CANARY.ja);
    expect(JSON.stringify(history)).toContain('Canarywithheld Association');
    expect(
      (await entryFor(reviewer, id))!.history.flatMap(({ changes }) => changes),
    ).toContainEqual({
      field: 'name',
      language: 'en',
      before: CANARY.en,
      after: 'Canarywithheld Association',
    });
    await attest(reviewer, {
      names,
      reading: CANARY.reading,
      website: null,
      category: null,
      country: 'JP',
      visibility: 'withheld',
      evidence: 'Told so in a meeting.',
    });
    // Both are the same organization: each shows at the other.
    expect((await entryFor(reviewer, id))!.similar).toMatchObject([{ names }]);
    expect(await traces()).toEqual([]);

    const mails = (await sent()).filter(({ to }) => to === representativeEmail);
    // All but the one to whoever signs again, who may be somebody else.
    const naming = mails.filter(({ text }) => /金糸雀秘匿会|Canarywithheld/.test(text));
    expect([naming.length, mails.length]).toEqual([mails.length - 1, mails.length]);
    expect(naming.length).toBeGreaterThanOrEqual(6);
    expect(await traces()).toEqual([]);

    expect(JSON.stringify(await publicLetter(letter.slug))).not.toMatch(/anary|金糸雀/);
    for (const { name, bytes } of await db().deliveryFile.findMany({
      where: { letterId: letter.id },
    })) {
      const text = name.endsWith('.pdf')
        ? JSON.stringify(await pdfText(bytes))
        : name.endsWith('.docx')
          ? (await wordLines(bytes)).join('\n')
          : Buffer.from(bytes).toString();
      expect(text).not.toMatch(/anarywithheld|金糸雀/i);
    }
  }, 120_000);

  it('leaves the database when an organization withholds it that was named, and comes back', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const name = 'Formerlynamed Guild';
    const { id, email } = await anEndorsement(letter.id, {
      nameJa: null,
      reading: null,
      nameEn: 'Formernamed Guild',
    });
    await correct(reviewer, { id, version: 1, names: { en: name }, reading: null });
    await decide(reviewer, { step: 'approve', id, version: 2 });
    await sent();
    const own = await anEntryLink(id);
    const wanted = { names: { en: 'Formernamed' }, reading: null, website: null, category: null };
    await change(own, { version: await versionOf(id), ...wanted, visibility: 'named' });
    expect(await traces(['formerlynamed', 'formernamed'])).not.toEqual([]);
    expect(await withhold(own)).toEqual({ ok: true });
    expect(await traces(['formerlynamed', 'formernamed'])).toEqual([]);
    expect((await mailsTo(email)).length).toBeGreaterThan(0);
    expect((await entryFor(reviewer, id))!.proposed).toMatchObject({ names: wanted.names });

    const named = { names: { en: name }, reading: null, website: null, category: null };
    await change(own, { version: await versionOf(id), ...named, visibility: 'named' });
    expect(await traces(['formerlynamed'])).toEqual([]);
    const version = await versionOf(id);
    expect(await settleChange(reviewer, { id, version, decision: 'accept', note: null })).toEqual({
      ok: true,
    });
    expect((await rowOf(id)).names).toMatchObject([{ name }]);
    expect((await rowOf(id)).searchText).toContain('formerlynamed');
    expect(
      (await queue(await anObserver(letter), { state: 'all', q: 'formerlyn', page: 1 })).total,
    ).toBe(1);
  });
});

describe('what an older version stored in the clear', () => {
  it('is read as before, is sealed by the servers, and what was found then is found afterwards', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const { id, contactId } = await anEndorsement(letter.id, {
      visibility: 'withheld',
      nameJa: null,
      reading: null,
      nameEn: 'Oldclear League',
      website: null,
      category: null,
      state: 'approved',
    });
    const clear = { sortKey: 'oldclear', searchText: 'oldclear\n', nameKey: 'oldclearleague' };
    await db().endorsement.update({ where: { id }, data: clear });
    await db().endorsementName.updateMany({
      where: { endorsementId: id },
      data: { name: 'Oldclear League' },
    });
    await correct(reviewer, { id, version: 1, names: { en: 'Oldclear Union' }, reading: null });
    await db().endorsement.update({ where: { id }, data: clear });
    await db().endorsementName.updateMany({
      where: { endorsementId: id },
      data: { name: 'Oldclear Union' },
    });
    await db().proposedChange.create({
      data: {
        endorsementId: id,
        names: { en: 'Oldclear Bund' },
        visibility: 'withheld',
        proposedAt: new Date(),
      },
    });
    await db().mail.create({
      data: {
        kind: 'reopened',
        to: 'a@example.org',
        toKey: 'a@example.org',
        language: 'en',
        endorsementId: id,
        letterId: letter.id,
        props: { organization: { en: 'Oldclear Union' } },
        sentAt: new Date(),
      },
    });
    const find = async () =>
      (await queue(reviewer, { state: 'all', q: 'Oldclear Union', page: 1 })).rows;
    expect(await find()).toMatchObject([{ id, names: { en: 'Oldclear Union' } }]);
    // An entry that is being changed is left to the next time.
    await db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM endorsement WHERE id = ${id}::uuid FOR UPDATE`;
      await sealWithheld();
    });
    expect(await traces(['oldclear'])).not.toEqual([]);
    await Promise.all([sealWithheld(), sealWithheld()]);
    await sealWithheld();
    expect(await traces(['oldclear'])).toEqual([]);
    expect(await sealWithheld()).toBe(0);
    expect(await find()).toMatchObject([{ id, names: { en: 'Oldclear Union' } }]);
    expect((await entryFor(reviewer, id))!.proposed).toMatchObject({
      names: { en: 'Oldclear Bund' },
    });
    // The key is that of the name first signed, which the contact cannot sign with again.
    const { nameKey } = await rowOf(id);
    const same = await anEndorsement(letter.id, { nameJa: null, nameEn: 'Oldclear League' });
    expect(nameKey).toBe((await rowOf(same.id)).nameKey);
    expect(contactId).not.toBeNull();
  });

  it('stays sealed when the order of the list is renewed', async () => {
    const letter = await aLetter();
    const { id } = await anEndorsement(letter.id, {
      visibility: 'withheld',
      state: 'approved',
      nameJa: null,
      reading: null,
      nameEn: 'Renewedorder Club',
    });
    await db().letter.update({ where: { id: letter.id }, data: { orderVersion: 0 } });
    await renewOutdated();
    expect(await traces(['renewedorder'])).toEqual([]);
    expect((await rowOf(id)).sortKey).toBe('');
  });
});

describe('another secret', () => {
  const { APP_SECRET, PREVIOUS_SECRETS } = env();
  afterEach(() => Object.assign(env(), { APP_SECRET, PREVIOUS_SECRETS }));

  it('opens nothing without the former one, and with it everything is sealed anew', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const { id } = await anEndorsement(letter.id, {
      visibility: 'withheld',
      nameJa: null,
      reading: null,
      nameEn: 'Othersecret Society',
    });
    const named = await anEndorsement(letter.id, { nameJa: null, nameEn: 'Plain Society' });
    await correct(reviewer, { id, version: 1, names: { en: 'Othersecret Club' }, reading: null });
    const keyOf = async (of: { id: string }) => (await rowOf(of.id)).nameKey;
    const before = await keyOf(named);
    Object.assign(env(), { APP_SECRET: 'another secret, of thirty-two characters or more' });
    const { names: rows } = await rowOf(id);
    expect(() => namesOf(rows)).toThrow('PREVIOUS_SECRETS');
    await expect(sealWithheld()).rejects.toThrow();
    expect((await rowOf(id)).names).toEqual(rows);

    Object.assign(env(), { PREVIOUS_SECRETS: [APP_SECRET] });
    expect(namesOf(rows).names).toEqual({ en: 'Othersecret Club' });
    await sealWithheld();
    Object.assign(env(), { PREVIOUS_SECRETS: [] });
    expect(namesOf((await rowOf(id)).names).names).toEqual({ en: 'Othersecret Club' });
    expect(await keyOf(named)).not.toBe(before);
    expect((await entryFor(reviewer, id))!.history.at(-1)!.changes).toMatchObject([
      { before: 'Othersecret Society', after: 'Othersecret Club' },
    ]);
    const rest = await queue(reviewer, { state: 'all', q: 'Othersecret', page: 1 });
    expect(rest.total).toBe(1);
    // Back to the secret of the tests.
    Object.assign(env(), { APP_SECRET, PREVIOUS_SECRETS: [env().APP_SECRET] });
    await sealWithheld();
  });
});
