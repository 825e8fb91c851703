/** A letter moves to another instance, with another secret. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { deliver } from '@/lib/delivery/commands';
import { letterIntegrity } from '@/lib/delivery/integrity/queries';
import { nameHash } from '@/lib/endorsement/keys';
import { nameFields, namesOf } from '@/lib/organization/names';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { sealBytes, sealText } from '@/lib/platform/sealing';
import { suppress, suppressionOf, uninvitedHashes } from '@/lib/platform/mail/suppression';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { openArchive, writeArchive, type Entry } from '@/lib/platform/archive/file';
import { exportLetter } from '@/lib/transfer/export/queries';
import { FORMAT } from '@/lib/transfer/format';
import { importLetter } from '@/lib/transfer/import/commands';
import { opened, sealed, type Row } from '@/lib/transfer/sealed';
import { LEFT_BEHIND, rowsOfLetter, TAKEN, type TakenTable } from '@/lib/transfer/tables';
import { asSeen, approved, aSignedLetter } from '@/tests/support/delivery';
import { dump } from '@/tests/support/dump';
import {
  aColleague,
  aLetter,
  anAddress,
  anEntryLink,
  aReviewer,
  representedBy,
} from '@/tests/support/factories';
import { asInstance } from '@/tests/support/instance';
import { createDatabase } from '@/tests/support/postgres';
import { publishAs, write } from '@/tests/support/publishing';

const SECRET = 'the secret of the other instance, of enough characters';
const PASSPHRASE = 'correct horse battery staple';
const folder = mkdtempSync(path.join(tmpdir(), 'undersigned-transfer-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'letter');
const instance = (name: string) => createDatabase(inject('postgresUrl'), `${name}_${process.pid}`);

/** The letter's rows of every table, opened, with what is renumbered or hashed anew left out. */
async function rowsOf(letterId: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of [
    ...Object.keys(TAKEN),
    'signatory_count',
    'revision_title',
  ] as TakenTable[]) {
    const where = table in TAKEN ? rowsOfLetter(table, letterId) : `t.letter_id = '${letterId}'`;
    const rows = await db().$queryRawUnsafe<{ row: Row }[]>(
      `SELECT row_to_json(t) AS row FROM "${table}" t WHERE ${where}`,
    );
    found[table] = rows
      .map(({ row }) => {
        const kept = opened(table, row);
        if (table === 'endorsement') delete kept.name_key;
        if (row.visibility === 'withheld') delete kept.search_text;
        if (table === 'audit_event') delete kept.id;
        if (table === 'audit_value') delete kept.event_id;
        return JSON.stringify(kept);
      })
      .sort();
  }
  return found;
}

let letter: Awaited<ReturnType<typeof aSignedLetter>>['letter'];
let unnamed: string;
let url: string;
const suppressed = anAddress('suppressed');

/** A row of every table that has none yet. */
async function plantTheRest(endorsementId: string, coordinatorId: string): Promise<void> {
  const [letterId, at, language] = [letter.id, new Date(), 'en'];
  const token = () => hashToken(newToken());
  const tx = db();
  await tx.round.create({ data: { letterId, number: 1, deadlineAt: at } });
  await tx.deadlineLabel.create({ data: { letterId, language, label: 'Last' } });
  await tx.letterSlug.create({ data: { letterId, slug: `former-${letter.slug}` } });
  await tx.draftLink.create({
    data: { letterId, tokenHash: token(), label: 'Us', createdById: coordinatorId, expiresAt: at },
  });
  await tx.declineText.create({ data: { letterId, reason: 'other', language, text: 'No' } });
  await tx.ownDeclineReason.create({
    data: { letterId, label: 'Own', texts: { create: { language, text: 'No' } } },
  });
  await tx.reviewFilter.create({ data: { letterId, name: 'Mine' } });
  const said = { language, title: 'News', body: 'Text' };
  const update = await tx.update.create({
    data: {
      letterId,
      kind: 'reply',
      date: at,
      createdById: coordinatorId,
      texts: { create: said },
    },
  });
  const mailing = await tx.mailing.create({
    data: { letterId, updateId: update.id, audience: {}, createdById: coordinatorId, texts: { create: said } }, // prettier-ignore
  });
  await tx.endedMailings.create({ data: { letterId, emailKey: suppressed } });
  const email = anAddress('invited');
  const fields = { nameEn: sealText('Invited') };
  const links = { create: { tokenHash: token(), endingHash: token(), expiresAt: at } };
  const invitee = await tx.invitee.create({
    data: { letterId, email, emailKey: email, language, fields, links },
  });
  await tx.uninvitedAddress.create({ data: { addressHash: uninvitedHashes(email)[0] } });
  await tx.inviteeMessage.create({ data: { letterId, language, text: 'Please' } });
  const list = { letterId, coordinatorId };
  const file = { create: { name: 'scan', type: 'image/png', bytes: sealBytes(Buffer.from('x')) } };
  const done = await tx.import.create({ data: { ...list, doneAt: at, kind: 'paper', file } });
  await tx.import.create({ data: { ...list, rows: sealText('[]') } });
  await tx.endorsement.update({
    where: { id: endorsementId },
    data: { inviteeId: invitee.id, importId: done.id },
  });
  await anEntryLink(endorsementId);
  await tx.entryNote.create({ data: { endorsementId, authorId: coordinatorId, text: 'A note' } });
  await tx.attestedQuestion.create({ data: { endorsementId, tokenHash: token(), expiresAt: at } });
  const { id: representativeId } = await tx.representative.findFirstOrThrow({
    where: { endorsementId },
  });
  const { organizationId, contactId } = await tx.endorsement.findUniqueOrThrow({
    where: { id: endorsementId },
  });
  await tx.organizationContact.create({
    data: { organizationId: organizationId!, contactId: contactId! },
  });
  await tx.nomination.create({
    data: { endorsementId, nominatedById: representativeId, kind: 'add', name: 'N', role: 'R', email, emailKey: email, language, tokenHash: token(), expiresAt: at }, // prettier-ignore
  });
  await tx.verification.create({ data: { endorsementId, tokenHash: token(), expiresAt: at } });
  await tx.reminder.create({
    data: { endorsementId, occasion: 'waiting', unsubscribeHash: token() },
  });
  await tx.proposedChange.create({
    data: { endorsementId, names: { en: sealText('Proposed') }, visibility: 'withheld', proposedAt: at }, // prettier-ignore
  });
  await tx.reaffirmation.create({
    data: { endorsementId, letterId, revision: 2, links: { create: { tokenHash: token(), representativeId } } }, // prettier-ignore
  });
  await tx.batch.create({
    data: { ...list, step: 'approve', entries: { create: { endorsementId, outcome: 'decided', version: 1 } } }, // prettier-ignore
  });
  const mail = {
    kind: 'approved' as const,
    language,
    to: email,
    toKey: email,
    props: {},
    letterId,
  };
  await tx.mail.create({
    data: { ...mail, sentAt: at, mailingId: mailing.id, events: { create: { id: newToken(), outcome: 'delivered', at } } }, // prettier-ignore
  });
  await tx.mail.create({ data: mail });
}

beforeAll(async () => {
  const signed = await aSignedLetter();
  letter = signed.letter;
  unnamed = signed.unnamed.id;
  await write(letter, { body: 'Another text.' });
  await publishAs(signed.owner, 'correction');
  expect((await deliver(signed.owner, await asSeen(letter.slug))).ok).toBe(true);
  const late = await approved(letter.id, 'Late', { email: suppressed });
  await aColleague(late.id);
  // It has signed another letter by name, so its name stands among the organizations.
  const { organizationId } = await db().endorsement.findUniqueOrThrow({ where: { id: unnamed } });
  await db().organizationName.create({
    data: { organizationId: organizationId!, language: 'en', name: 'Secret elsewhere' },
  });
  await suppress(db(), suppressed, { reason: 'bounced', at: new Date() });
  const reviewer = await aReviewer(letter);
  await audit(db(), {
    letterId: letter.id,
    endorsementId: unnamed,
    actor: { kind: 'coordinator', id: reviewer.coordinatorId },
    action: 'correct',
    before: { names: { en: 'Secret before' } },
    withheld: true,
  });
  await db().evidenceFile.create({
    data: {
      endorsementId: unnamed,
      name: sealText('scan.pdf'),
      type: 'application/pdf',
      bytes: sealBytes(Buffer.from('a scan')),
    },
  });
  await plantTheRest(late.id, reviewer.coordinatorId);
  url = await instance('moved_to');
}, 120_000);

describe('a letter that moves', () => {
  it('takes along every table that is not named as left behind', async () => {
    const tables = await db().$queryRaw<{ name: string }[]>`
      SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
    const named = [...Object.keys(TAKEN), ...Object.keys(LEFT_BEHIND)];
    expect(named.sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  it('arrives row by row, with its hashes, lists and withheld names, under another secret', async () => {
    const exported = await exportLetter(letter.slug, file, PASSPHRASE);
    expect(exported).toMatchObject({ waitingMails: 1, openImports: 1, isPaused: false });
    expect(readFileSync(file).includes('Alpha')).toBe(false);
    const before = await rowsOf(letter.id);
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
    const seen = await publicLetter(letter.slug);
    await asInstance(
      url,
      async () => {
        await importLetter(file, PASSPHRASE);
        expect(await rowsOf(letter.id)).toEqual({ ...before, coordinator: expect.anything() });
        const findings = (await letterIntegrity(letter.slug))!;
        expect(findings.length).toBeGreaterThan(3);
        expect(findings.flatMap(({ problems }) => problems)).toEqual([]);
        expect(await publicLetter(letter.slug)).toEqual(seen);
        expect(await db().mail.count({ where: { sentAt: null, failedAt: null } })).toBe(0);
        const { nameKey, searchText, names } = await db().endorsement.findUniqueOrThrow({
          where: { id: unnamed },
          include: { names: { select: nameFields } },
        });
        expect(namesOf(names).names).toEqual({ en: 'Secret' });
        expect(nameKey).toBe(nameHash(namesOf(names)));
        expect(searchText.slice(0, 9)).toBe(nameKey.slice(0, 9));
        const entries = await db().endorsement.findMany({
          select: { nameKey: true, names: { select: nameFields } },
        });
        for (const entry of entries) expect(entry.nameKey).toBe(nameHash(namesOf(entry.names)));
        expect(await db().uninvitedAddress.count()).toBe(1);
        expect(await suppressionOf(db(), suppressed)).toMatchObject({ reason: 'bounced' });
        expect(await db().coordinator.count({ where: { isAdministrator: true } })).toBe(0);
        expect(await dump()).not.toMatch(/Secret/);
        await expect(importLetter(file, PASSPHRASE)).rejects.toThrow('is here already');
      },
      SECRET,
    );
  }, 120_000);

  it('joins another letter of the same organizations, people and coordinators, by the commands', async () => {
    const second = await aLetter();
    const { coordinatorId } = await db().letterRole.findFirstOrThrow({
      where: { letterId: letter.id, role: 'owner' },
    });
    await db().letterRole.create({
      data: { letterId: second.id, coordinatorId, role: 'reviewer' },
    });
    const { organizationId, contactId } = await db().endorsement.findFirstOrThrow({
      where: { letterId: letter.id, state: 'approved', visibility: 'named' },
    });
    const entry = await approved(second.id, 'Alpha', { organizationId });
    await representedBy(entry.id, contactId!);
    const [to, passphrase] = [path.join(folder, 'second'), path.join(folder, 'passphrase')];
    writeFileSync(passphrase, `${PASSPHRASE}\n`);
    const command = (name: 'export' | 'import', env: object, ...args: string[]) =>
      promisify(execFile)(
        process.execPath,
        ['--import', 'tsx', `scripts/letter-${name}.ts`, ...args, '--passphrase-file', passphrase],
        { env: { ...process.env, NODE_OPTIONS: '', ...env } },
      );
    const exported = await command('export', {}, second.slug, to);
    expect(exported.stdout).toMatch(/Pause it/);
    const other = { DATABASE_URL: url, APP_SECRET: SECRET };
    const imported = await command('import', other, to);
    expect(imported.stdout).toMatch(/1 of its coordinators were known here.\n1 hashes verified/);
    await expect(command('import', other, to)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing was imported: this letter is here already'),
    });
    await asInstance(url, async () => {
      const where = { organizationId, contactId };
      expect(await db().endorsement.count({ where })).toBe(2);
    });
  }, 240_000); // three processes are started

  it('is refused, with nothing written, if the file was altered or cut off, or the passphrase is another', async () => {
    const other = await instance('refusing');
    await asInstance(other, async () => {
      let before = await dump();
      const bytes = readFileSync(file);
      const altered = path.join(folder, 'altered');
      const refused = async (contents: Buffer, passphrase = PASSPHRASE) => {
        writeFileSync(altered, contents);
        const error = await importLetter(altered, passphrase).catch((thrown: Error) => thrown);
        expect(await dump()).toBe(before);
        return (error as Error).message;
      };
      const changed = Buffer.from(bytes);
      changed[bytes.length >> 1]! ^= 1;
      expect(await refused(changed)).toMatch(/altered/);
      expect(await refused(bytes.subarray(0, -1))).toMatch(/altered|incomplete/);
      expect(await refused(bytes, 'another passphrase')).toMatch(/passphrase/);
      /** The file with more rows in it, as somebody who knows its passphrase can make it. */
      const withRows = async (...more: [table: string, row: Row][]) => {
        const { head, rows } = await openArchive<{ format: string }>(file, FORMAT, PASSPHRASE);
        async function* entries(): AsyncGenerator<Entry> {
          yield* rows();
          for (const [table, row] of more) yield [table, JSON.stringify(row)];
        }
        const forged = path.join(folder, 'forged');
        rmSync(forged, { force: true });
        await writeArchive(forged, head, entries(), PASSPHRASE);
        return refused(readFileSync(forged));
      };
      const here = await aLetter();
      before = await dump();
      const coordinator = { id: randomUUID(), email: anAddress() };
      const role = { letter_id: here.id, coordinator_id: coordinator.id, role: 'owner' };
      expect(await withRows(['coordinator', coordinator], ['letter_role', role])).toMatch(
        /rows of letter_role that are not the letter’s/,
      );
      const mail = {
        ...{ id: randomUUID(), kind: 'approved', language: 'en', props: {}, letter_id: letter.id },
        ...{ to: 'a@example.org', to_key: 'a@example.org' },
      };
      expect(await withRows(['mail', mail])).toMatch(/rows of mail that are not the letter’s/);
      const injected = `id","email","is_administrator") SELECT gen_random_uuid(),'evil@example.org',true WHERE $1::jsonb IS NOT NULL AND ''<>$q$$q$ --`;
      expect(await withRows(['coordinator', { [injected]: '', ...coordinator }])).toMatch(
        /not the name of a table or column/,
      );
      expect(await withRows(['session', {}])).toMatch(/rows of session, which is unknown/);
      await db().letter.create({
        data: {
          slug: letter.slug,
          authoritativeLanguage: 'en',
          date: new Date(),
          timeZone: 'UTC',
          slugs: { create: { slug: letter.slug } },
          languages: { create: { language: 'en' } },
          roles: { create: { role: 'owner', coordinator: { create: { email: anAddress() } } } },
        },
      });
      await expect(importLetter(file, PASSPHRASE)).rejects.toThrow('that of another letter');
      expect(await db().endorsement.count()).toBe(0);
    });
  }, 120_000);
});

describe('what is sealed', () => {
  it('is opened in text, JSON and bytes, and sealed anew', () => {
    const hex = (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString('hex')}`;
    const row = {
      value: sealText('a name'),
      salt: hex(Buffer.from(sealText('aa'))),
      props: { inner: [sealText('b')] },
      plain: '\\x01',
    };
    const open = opened('audit_value', row);
    expect(JSON.stringify(open)).toMatch(/a name.*aa.*opened:b/);
    expect(opened('audit_value', sealed(open))).toEqual(open);
    expect(sealed(open)).not.toEqual(open);
  });
});
