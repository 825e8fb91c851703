import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { retain } from '@/lib/retention/commands';
import { deliver } from '@/lib/delivery/commands';
import { endorse } from '@/lib/endorsement/commands';
import { signedLetter } from '@/lib/letter/queries';
import { confirmAttested, denyAttested } from '@/lib/endorsement/attested/commands';
import { question } from '@/lib/endorsement/attested/queries';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { carryOutImports } from '@/lib/endorsement/imports/carrying-out/commands';
import {
  attachFile,
  keepRows,
  removeFile,
  requestImport,
  sealImports,
} from '@/lib/endorsement/imports/commands';
import {
  deniedEntries,
  importFile,
  importOf,
  previewedImport,
  takingBack,
} from '@/lib/endorsement/imports/queries';
import { countsOf, type ImportRow } from '@/lib/endorsement/imports/rules';
import { importRows, type CarryOut, type RowDefaults } from '@/lib/endorsement/imports/schema';
import { takeBackImport } from '@/lib/endorsement/imports/taking-back/commands';
import { setCoordinating } from '@/lib/endorsement/review/commands';
import { queue } from '@/lib/endorsement/review/queries';
import { listedRows } from '@/lib/endorsement/table/columns';
import { listSettings } from '@/lib/letter/list-settings';
import { db } from '@/lib/platform/db/client';
import { suppress } from '@/lib/platform/mail/suppression';
import { readPastedTable, readTableFile } from '@/lib/platform/table-file/read';
import { publicCounts } from '@/lib/signatories/queries';
import type { Reviewer } from '@/lib/coordinator/access';
import {
  aLetter,
  anAddress,
  anEndorsement,
  anObserver,
  anOwner,
  aReviewer,
  aSignUp,
} from '@/tests/support/factories';
import { asSeen } from '@/tests/support/delivery';
import { mailsTo, sent, tokenOf } from '@/tests/support/mail';

const DAY = 24 * 3_600_000;
const DEFAULTS: RowDefaults = { country: 'JP', visibility: 'named', category: '', language: 'en' };

/** A name that no other test uses, of which nothing else is a part. */
const aName = () => `Group ${randomUUID().replaceAll('-', '')}`;

/** The rows of a pasted list. */
function rowsOf(text: string, settings: object = {}, defaults = DEFAULTS): ImportRow[] {
  const listed = listedRows(readPastedTable(text));
  if (!listed.ok) throw new Error(listed.reason);
  return importRows(listed.rows, listSettings(settings), defaults);
}

const asked = (id: string, over: Partial<CarryOut> = {}): CarryOut => ({
  import: id,
  kind: 'paper',
  note: 'Sheets of 3 June.',
  approves: 'approve',
  leaveOut: false,
  ...over,
});

/** Imports a list; returns the import's id. */
async function imported(reviewer: Reviewer, rows: ImportRow[], over: Partial<CarryOut> = {}) {
  const id = await keepRows(reviewer, rows);
  expect(await requestImport(reviewer, asked(id, over))).toEqual({ ok: true });
  expect(await carryOutImports()).toBe(1);
  return id;
}

const entriesOf = (letterId: string) =>
  db().endorsement.findMany({
    where: { letterId },
    orderBy: { searchText: 'asc' },
    include: { names: true, contact: true, representatives: true },
  });

const versionOf = async (id: string) =>
  (await db().letter.findUniqueOrThrow({ where: { id } })).publicVersion;

async function dump(): Promise<string> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const texts = await Promise.all(
    tables.map(({ name }) =>
      db().$queryRawUnsafe<{ row: string }[]>(`SELECT "${name}"::text AS row FROM "${name}"`),
    ),
  );
  return texts
    .flat()
    .map(({ row }) => row)
    .join('\n');
}

describe('a reviewer looks at a list', () => {
  test('and sees what will happen with each row, and what is wrong', async () => {
    const letter = await aLetter();
    const other = await aLetter();
    const reviewer = await aReviewer(letter);
    const [signed, hidden, declined, unconfirmed, elsewhere, fresh] = Array.from(
      { length: 6 },
      aName,
    ) as [string, string, string, string, string, string];
    const plain = { nameJa: null, reading: null, website: null };
    await anEndorsement(letter.id, { ...plain, nameEn: signed, state: 'approved' });
    await anEndorsement(letter.id, { ...plain, nameEn: hidden, visibility: 'withheld' });
    await anEndorsement(letter.id, { ...plain, nameEn: declined, state: 'declined' });
    await anEndorsement(letter.id, { ...plain, nameEn: unconfirmed, state: 'submitted' });
    await anEndorsement(other.id, { ...plain, nameEn: elsewhere, state: 'approved' });
    const id = await keepRows(
      reviewer,
      rowsOf(
        [
          'Organization\tCountry\tWebsite\tEmail\tVisibility',
          `${fresh}\t\t\t\t`,
          `${fresh.toUpperCase()}\t\t\t\t`,
          `${signed}\t\t\t\t`,
          `${hidden}\t\t\t\twithheld`,
          `${declined}\t\t\t\t`,
          `${unconfirmed}\t\t\t\t`,
          `${elsewhere}\t\t\t\t`,
          `${aName()}\tJapan\thttps://shared-site.org/a\t\t公開`,
          `${aName()}\t日本\thttps://shared-site.org/b\t\t非公開`,
          `${aName()}\tAtlantis\t\tnobody\tperhaps`,
          '\tJapan\t\t\t',
        ].join('\n'),
      ),
    );
    const rows = (await previewedImport(reviewer, id))!;
    expect(rows.map(({ number, state }) => [number, state])).toEqual([
      [2, 'new'],
      [3, 'repeated'],
      [4, 'signed'],
      [5, 'signed'],
      [6, 'known'],
      [7, 'unconfirmed'],
      [8, 'known'],
      [9, 'known'],
      [10, 'known'],
      [11, 'faulty'],
      [12, 'faulty'],
    ]);
    expect(rows[8]!.organization).toMatchObject({ country: 'JP', visibility: 'withheld' });
    expect(rows[9]!.faults).toEqual({
      country: ['invalidCountry'],
      representativeEmail: ['invalidEmail'],
      visibility: ['invalidChoice'],
    });
    expect(rows[10]!.faults).toEqual({ name: ['oneNameRequired'] });
    // Of another letter's reviewers, none sees it.
    expect(await previewedImport(await aReviewer(other), id)).toBeNull();
  });

  test('a category is read by its name, and checked again when the letter has changed', async () => {
    const categories = [{ id: randomUUID(), names: { en: 'National', ja: '国内' } }];
    const letter = await aLetter({ listSettings: { categories } });
    const reviewer = await aReviewer(letter);
    const rows = rowsOf(`団体名,区分\n${aName()},国内\n${aName()},海外\n${aName()},`, {
      categories,
    });
    expect(rows.map(({ faults }) => faults)).toEqual([
      {},
      { category: ['invalidChoice'] },
      { category: ['required'] },
    ]);
    const id = await keepRows(reviewer, rows.slice(0, 1));
    expect((await previewedImport(reviewer, id))![0]!.state).toBe('new');
    const moved = [{ id: randomUUID(), names: { en: 'Local' } }];
    await db().letter.update({
      where: { id: letter.id },
      data: { listSettings: { categories: moved } },
    });
    expect((await previewedImport(reviewer, id))![0]!.state).toBe('faulty');
  });
});

describe('5,000 rows', () => {
  test(
    'are imported all or none, once, with one public change; and taken back',
    { timeout: 180_000 },
    async () => {
      const letter = await aLetter();
      const reviewer = await aReviewer(letter);
      const header = 'Organization,Country,Email,Representative,Visibility';
      const lines = Array.from({ length: 5_000 }, (_, at) => {
        const visibility = at % 50 === 0 ? 'withheld' : '';
        return `Offline ${letter.slug} ${at},Japan,offline${at}-${letter.slug}@example.org,Person ${at},${visibility}`;
      });
      // Row 3,210 as the spreadsheet counts.
      const faulty = lines.with(3_208, `Offline ${letter.slug} 3208,Nowhere,,,`);
      const read = async (all: string[]) => {
        const listed = listedRows(await readTableFile(Buffer.from([header, ...all].join('\r\n'))));
        if (!listed.ok) throw new Error(listed.reason);
        return importRows(listed.rows, listSettings({}), DEFAULTS);
      };
      const before = await versionOf(letter.id);
      const id = await keepRows(reviewer, await read(faulty));
      const preview = (await previewedImport(reviewer, id))!;
      expect(countsOf(preview)).toMatchObject({ new: 4_999, faulty: 1 });
      expect(preview.filter(({ state }) => state === 'faulty')).toMatchObject([
        { number: 3_210, faults: { country: ['invalidCountry'] } },
      ]);
      expect(await requestImport(reviewer, asked(id))).toEqual({ ok: false, reason: 'faults' });
      expect(await carryOutImports()).toBe(0);
      expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(0);
      // What was said of the evidence is kept beside the mended list.
      expect(await keepRows(reviewer, await read(lines), id)).toBe(id);
      expect(await importOf(reviewer, id)).toMatchObject({
        kind: 'paper',
        note: 'Sheets of 3 June.',
      });

      expect(await requestImport(reviewer, asked(id))).toEqual({ ok: true });
      // A second press, and several servers at once.
      expect(await requestImport(reviewer, asked(id))).toEqual({ ok: false, reason: 'gone' });
      const seen: number[] = [];
      let isDone = false;
      const watching = (async () => {
        while (!isDone) {
          seen.push((await importOf(reviewer, id))!.prepared);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      const done = await Promise.all([carryOutImports(), carryOutImports(), carryOutImports()]);
      isDone = true;
      await watching;
      expect(done.toSorted()).toEqual([0, 0, 1]);
      expect(seen.some((prepared) => prepared > 0 && prepared < 5_000)).toBe(true);
      expect(await importOf(reviewer, id)).toMatchObject({
        state: 'done',
        added: 5_000,
        leftOut: 0,
      });
      expect(await versionOf(letter.id)).toBe(before + 1);
      expect((await publicCounts(letter.id)).listed).toMatchObject({ named: 4_900, withheld: 100 });
      expect(await db().mail.count({ where: { letterId: letter.id } })).toBe(5_000);
      const organizations = await db().organization.count({
        where: { endorsements: { some: { letterId: letter.id } } },
      });
      expect(organizations).toBe(5_000);

      // The same list once more adds nothing.
      const again = await keepRows(reviewer, await read(lines));
      expect(await requestImport(reviewer, asked(again))).toEqual({ ok: false, reason: 'nobody' });

      expect(await takeBackImport(reviewer, id)).toEqual({ ok: true, removed: 5_000, left: 0 });
      expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(0);
      expect(await db().mail.count({ where: { letterId: letter.id } })).toBe(0);
      expect(await versionOf(letter.id)).toBe(before + 2);
      const left = await db().contact.count({ where: { email: { contains: letter.slug } } });
      expect(left).toBe(0);
      const names = await db().organizationName.count({
        where: { name: { contains: letter.slug } },
      });
      expect(names).toBe(0);
      expect(await takeBackImport(reviewer, id)).toEqual({ ok: false, reason: 'not-possible' });
    },
  );
});

describe('an import', () => {
  test('adds what attesting by hand does, with evidence by row or for all', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const [one, two] = [aName(), aName()].toSorted() as [string, string];
    const email = anAddress('offline');
    await imported(
      reviewer,
      rowsOf(
        `Organization,Website,Email,Representative,Role,Evidence,Language\n${one},https://${one.slice(6)}.org,${email},Kim Example,Chair,Letter of 1 May,日本語\n${two},,,,,,`,
      ),
    );
    const [first, second] = await entriesOf(letter.id);
    expect(first).toMatchObject({
      state: 'approved',
      proof: 'attested',
      evidence: 'Letter of 1 May',
      country: 'JP',
      revision: 1,
      signedRevision: 1,
      version: 1,
      names: [{ language: 'en', name: one }],
      contact: { email, verifiedAt: null, language: 'ja' },
      representatives: [{ name: 'Kim Example', role: 'Chair' }],
    });
    expect(first!.organizationId).not.toBeNull();
    expect(first!.sortKey).not.toBe('');
    expect(second).toMatchObject({
      evidence: 'Sheets of 3 June.',
      contactId: null,
      representatives: [],
    });
    const events = await db().auditEvent.findMany({
      where: { letterId: letter.id },
      orderBy: { sequence: 'asc' },
      select: { sequence: true, action: true },
    });
    expect(events).toEqual([
      { sequence: 1, action: 'attest' },
      { sequence: 2, action: 'attest' },
      { sequence: 3, action: 'import_endorsements' },
    ]);
  });

  test('leaves what may be known to a reviewer; or all, if asked', async () => {
    const letter = await aLetter();
    const other = await aLetter();
    const reviewer = await aReviewer(letter);
    const [known, fresh, third] = [aName(), aName(), aName()];
    await anEndorsement(other.id, {
      nameJa: null,
      nameEn: known,
      website: null,
      state: 'approved',
    });
    await imported(reviewer, rowsOf(`Organization\n${known}\n${fresh}`));
    const states = async () =>
      Object.fromEntries(
        (await entriesOf(letter.id)).map(({ names, state, organizationId }) => [
          names[0]!.name,
          [state, organizationId !== null],
        ]),
      );
    expect(await states()).toEqual({ [known]: ['verified', false], [fresh]: ['approved', true] });
    const before = await versionOf(letter.id);
    await imported(reviewer, rowsOf(`Organization\n${third}`), { approves: 'review' });
    expect((await states())[third]).toEqual(['verified', false]);
    expect(await versionOf(letter.id)).toBe(before);
  });

  test('is refused without evidence, and leaves out faulty rows only if asked', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const id = await keepRows(reviewer, rowsOf(`Organization,Country\n${aName()},\n${aName()},?`));
    expect(await requestImport(reviewer, asked(id))).toEqual({ ok: false, reason: 'faults' });
    expect(await requestImport(reviewer, asked(id, { leaveOut: true, note: null }))).toEqual({
      ok: false,
      reason: 'evidence',
    });
    expect(await requestImport(reviewer, asked(id, { leaveOut: true }))).toEqual({ ok: true });
    await carryOutImports();
    expect(await importOf(reviewer, id)).toMatchObject({ state: 'done', added: 1, leftOut: 1 });
  });

  test('gives the list back where nothing of the letter is published', async () => {
    const letter = await aLetter({ opensAt: null });
    const reviewer = await aReviewer(letter);
    const id = await keepRows(reviewer, rowsOf(`Organization\n${aName()}`));
    expect(await requestImport(reviewer, asked(id))).toEqual({ ok: true });
    await carryOutImports();
    expect(await importOf(reviewer, id)).toMatchObject({ state: 'draft', problem: 'unpublished' });
  });

  test('of one list that two coordinators upload at the same time adds it once', async () => {
    const letter = await aLetter();
    const [one, two] = [await aReviewer(letter), await aReviewer(letter)];
    const rows = rowsOf(`Organization\n${aName()}\n${aName()}`);
    const ids = [await keepRows(one, rows), await keepRows(two, rows)] as const;
    expect(await requestImport(one, asked(ids[0]))).toEqual({ ok: true });
    expect(await requestImport(two, asked(ids[1]))).toEqual({ ok: true });
    await Promise.all([carryOutImports(), carryOutImports()]);
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(2);
    const states = await Promise.all(ids.map((id) => importOf(one, id)));
    expect(states.map((found) => found!.state).toSorted()).toEqual(['done', 'draft']);
    expect(states.find((found) => found!.state === 'draft')!.problem).toBe('nobody');
  });

  test('of which a server dies is begun anew once its lease has ended, and given up after some times', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const id = await keepRows(reviewer, rowsOf(`Organization\n${aName()}`));
    await requestImport(reviewer, asked(id));
    // The server that had it prepared some rows, and is gone.
    const dead = { leaseId: randomUUID(), leaseUntil: new Date(Date.now() + 30_000), attempts: 1 };
    await db().import.update({ where: { id }, data: { ...dead, prepared: 1 } });
    expect(await carryOutImports()).toBe(0);
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(0);
    expect(await carryOutImports(new Date(Date.now() + 31_000))).toBe(1);
    expect(await importOf(reviewer, id)).toMatchObject({ state: 'done', added: 1 });

    const next = await keepRows(reviewer, rowsOf(`Organization\n${aName()}`));
    await requestImport(reviewer, asked(next));
    await db().import.update({ where: { id: next }, data: { attempts: 3 } });
    await carryOutImports();
    expect(await importOf(reviewer, next)).toMatchObject({ state: 'draft', problem: 'failed' });
  });

  test('that breaks off while it is written leaves nothing', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const name = aName();
    const id = await keepRows(reviewer, rowsOf(`Organization,Email\n${name},${anAddress()}`));
    await requestImport(reviewer, asked(id));
    // The last statements fail, after the entries are written.
    await db().$executeRawUnsafe(`
      CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken off'; END $$`);
    await db().$executeRawUnsafe(
      `CREATE TRIGGER break_off BEFORE INSERT ON mail FOR EACH ROW WHEN (NEW.letter_id = '${letter.id}') EXECUTE FUNCTION break_off()`,
    );
    try {
      await carryOutImports();
    } finally {
      await db().$executeRawUnsafe('DROP FUNCTION break_off CASCADE');
    }
    expect(await importOf(reviewer, id)).toMatchObject({ state: 'draft', problem: 'failed' });
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(0);
    expect(await db().organizationName.count({ where: { name } })).toBe(0);
    expect((await previewedImport(reviewer, id))!.map(({ state }) => state)).toEqual(['new']);
  });

  test('keeps withheld names from everybody who has the database alone, and from observers', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const canary = `Canary${randomUUID().slice(0, 8)}`;
    const email = anAddress('offline');
    const rows = rowsOf(`Organization,Email,Visibility\n${canary} Society,${email},withheld`);
    const id = await keepRows(reviewer, rows);
    await attachFile(reviewer, id, {
      name: `${canary}.pdf`,
      bytes: Buffer.from(`%PDF-1.7 ${canary}`),
    });
    const trace = new RegExp(`${canary}|${Buffer.from(canary).toString('hex')}`, 'i');
    expect(await dump()).not.toMatch(trace);
    await requestImport(reviewer, asked(id));
    await carryOutImports();
    expect(await dump()).not.toMatch(trace);
    const view = { state: 'all' as const, q: '', page: 1 };
    const seenBy = async (access: Reviewer | Awaited<ReturnType<typeof anObserver>>) =>
      JSON.stringify(await queue(access, view));
    expect(await seenBy(reviewer)).toMatch(trace);
    expect(await seenBy(await anObserver(letter))).not.toMatch(trace);
    const message = (await sent()).find(({ to }) => to === email);
    expect(message!.text).toContain(`${canary} Society`);
    expect((await importFile(reviewer, id))!.name).toBe(`${canary}.pdf`);
  });
});

describe('evidence', () => {
  test('is a PDF or picture, kept sealed, of this letter’s reviewers alone, and deleted with what it shows', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const id = await keepRows(reviewer, rowsOf(`Organization\n${aName()}`));
    const bytes = Buffer.from('%PDF-1.7 signed');
    expect(await attachFile(reviewer, id, { name: 'a.html', bytes: Buffer.from('<p>') })).toEqual({
      ok: false,
      reason: 'fileType',
    });
    const big = Buffer.concat([bytes, Buffer.alloc(3 * 1024 * 1024)]);
    expect(await attachFile(reviewer, id, { name: 'a.pdf', bytes: big })).toEqual({
      ok: false,
      reason: 'fileTooBig',
    });
    expect(await attachFile(reviewer, id, { name: 'scan.pdf', bytes })).toEqual({ ok: true });
    await requestImport(reviewer, asked(id));
    await carryOutImports();
    const file = (await importFile(reviewer, id))!;
    expect(file).toMatchObject({ name: 'scan.pdf', type: 'application/pdf' });
    expect(Buffer.from(file.bytes)).toEqual(bytes);
    expect(await importFile(await aReviewer(await aLetter()), id)).toBeNull();
    // It stays as long as an endorsement of the import stands.
    const later = new Date(Date.now() + 8 * DAY);
    await retain(later);
    expect(await importFile(reviewer, id)).not.toBeNull();
    await removeFile(reviewer, id);
    expect(await importFile(reviewer, id)).toBeNull();
    await db().endorsement.deleteMany({ where: { letterId: letter.id } });
    await retain(later);
    expect(await importOf(reviewer, id)).toBeNull();
  });

  test('lists that nobody imported are deleted after a week', async () => {
    const reviewer = await aReviewer(await aLetter());
    const id = await keepRows(reviewer, rowsOf(`Organization\n${aName()}`));
    await retain(new Date(Date.now() + 7 * DAY - 1_000));
    expect(await importOf(reviewer, id)).not.toBeNull();
    await retain(new Date(Date.now() + 7 * DAY + 1_000));
    expect(await importOf(reviewer, id)).toBeNull();
  });

  test('sealed under another secret is sealed anew', async () => {
    const reviewer = await aReviewer(await aLetter());
    const id = await keepRows(reviewer, rowsOf(`Organization\n${aName()}`));
    await attachFile(reviewer, id, { name: 'scan.pdf', bytes: Buffer.from('%PDF-1.7') });
    const stored = () => db().import.findUniqueOrThrow({ where: { id }, include: { file: true } });
    const first = await stored();
    const secret = process.env.APP_SECRET;
    const { env } = await import('@/lib/platform/env');
    const settings = env();
    const [now, before] = [settings.APP_SECRET, settings.PREVIOUS_SECRETS];
    Object.assign(settings, { APP_SECRET: 'n'.repeat(64), PREVIOUS_SECRETS: [now] });
    try {
      expect(await sealImports()).toBeGreaterThanOrEqual(2);
      const second = await stored();
      expect(second.rows).not.toBe(first.rows);
      Object.assign(settings, { PREVIOUS_SECRETS: [] });
      expect((await previewedImport(reviewer, id))!).toHaveLength(1);
      expect((await importFile(reviewer, id))!.name).toBe('scan.pdf');
      // Back, for the other tests.
      Object.assign(settings, { APP_SECRET: now, PREVIOUS_SECRETS: ['n'.repeat(64)] });
      await sealImports();
    } finally {
      Object.assign(settings, { APP_SECRET: now, PREVIOUS_SECRETS: before });
      expect(process.env.APP_SECRET).toBe(secret);
    }
  });
});

describe('taking an import back', () => {
  test('leaves what was changed, confirmed or delivered since, and names it', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const owner = await anOwner(letter);
    const names = Array.from({ length: 4 }, aName);
    const email = anAddress('offline');
    const id = await imported(
      reviewer,
      rowsOf(
        `Organization,Email\n${names.map((name, at) => `${name},${at === 1 ? email : ''}`).join('\n')}`,
      ),
    );
    const idOf = async (name: string) =>
      (await db().endorsementName.findFirstOrThrow({ where: { name } })).endorsementId;
    await setCoordinating(reviewer, { id: await idOf(names[0]!), version: 1, coordinating: true });
    await confirmAttested(tokenOf((await mailsTo(email))[0]!));
    await db().entryNote.create({
      data: {
        endorsementId: await idOf(names[2]!),
        authorId: reviewer.coordinatorId,
        text: 'Called them.',
      },
    });
    const shown = (await importOf(reviewer, id))!;
    const before = await takingBack(reviewer, shown, new Date());
    expect(before).toMatchObject({ removable: 1, left: 3 });
    expect(await takeBackImport(reviewer, id)).toEqual({ ok: true, removed: 1, left: 3 });
    const kept = await entriesOf(letter.id);
    expect(kept.map((entry) => entry.names[0]!.name).toSorted()).toEqual(
      names.slice(0, 3).toSorted(),
    );

    const next = await imported(reviewer, rowsOf(`Organization\n${aName()}`));
    expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true });
    expect(await takeBackImport(reviewer, next)).toEqual({ ok: true, removed: 0, left: 1 });
  });

  test('is possible for a week', async () => {
    const reviewer = await aReviewer(await aLetter());
    const id = await imported(reviewer, rowsOf(`Organization\n${aName()}`));
    const late = new Date(Date.now() + 7 * DAY + 1_000);
    expect(await takeBackImport(reviewer, id, late)).toEqual({ ok: false, reason: 'not-possible' });
    const intruder = await aReviewer(await aLetter());
    expect(await takeBackImport(intruder, id)).toEqual({ ok: false, reason: 'not-possible' });
    expect(await takeBackImport(reviewer, id)).toEqual({ ok: true, removed: 1, left: 0 });
  });
});

describe('the address of an imported organization', () => {
  /** An imported organization, and the token of the mail to its address. */
  async function anImported(over: Partial<CarryOut> = {}) {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const [name, email] = [aName(), anAddress('offline')];
    await imported(reviewer, rowsOf(`Organization,Email,Website\n${name},${email},`), over);
    const [mail] = await mailsTo(email);
    const entry = await db().endorsement.findFirstOrThrow({ where: { letterId: letter.id } });
    return { letter, reviewer, name, email, token: tokenOf(mail!), entry };
  }

  test('confirms: the entry is as one that was signed by mail, and its private link is mailed', async () => {
    const { letter, name, email, token, entry } = await anImported();
    expect(await question(token)).toMatchObject({
      state: 'open',
      names: { en: name },
      kind: 'paper',
    });
    expect(await db().endorsement.findUniqueOrThrow({ where: { id: entry.id } })).toMatchObject({
      proof: 'attested',
    });
    const before = await versionOf(letter.id);
    const answers = await Promise.all([confirmAttested(token), confirmAttested(token)]);
    expect(answers).toEqual([{ ok: true }, { ok: true }]);
    const confirmed = await db().endorsement.findUniqueOrThrow({
      where: { id: entry.id },
      include: { contact: true },
    });
    expect(confirmed).toMatchObject({ proof: 'email', state: 'approved', version: 2 });
    expect(confirmed.contact!.verifiedAt).not.toBeNull();
    expect(await versionOf(letter.id)).toBe(before);
    const speaks = await db().organizationContact.count({
      where: { contactId: confirmed.contactId! },
    });
    expect(speaks).toBe(1);
    const mails = await mailsTo(email);
    expect(mails.map(({ kind }) => kind)).toEqual(['confirm_attested', 'approved']);
    expect(await ownEntry(tokenOf(mails[1]!))).toMatchObject({ names: { en: name } });
    expect(await question(token)).toMatchObject({ state: 'confirmed' });
    expect(await denyAttested(token)).toEqual({ ok: false, reason: 'over' });
  });

  test('that is verified already keeps one contact; one that has signed is told so', async () => {
    const { letter, name, email, token, entry } = await anImported();
    const other = await aLetter();
    await anEndorsement(other.id, { email, state: 'approved' });
    expect(await confirmAttested(token)).toEqual({ ok: true });
    const contacts = await db().contact.findMany({ where: { emailKey: email } });
    expect(contacts).toHaveLength(1);
    expect((await db().endorsement.findUniqueOrThrow({ where: { id: entry.id } })).contactId).toBe(
      contacts[0]!.id,
    );

    const second = await anImported();
    await anEndorsement(second.letter.id, {
      nameJa: null,
      nameEn: second.name,
      email: second.email,
    });
    expect(await confirmAttested(second.token)).toEqual({ ok: false, reason: 'already-signed' });
    expect(letter.id).not.toBe(second.letter.id);
    expect(name).not.toBe(second.name);
  });

  test('says that this was not them: the reviewers are told and see it, and the entry stays', async () => {
    const { letter, reviewer, token, entry } = await anImported();
    const notices = () =>
      db().mail.count({ where: { letterId: letter.id, kind: 'review_notice' } });
    expect(await notices()).toBe(0);
    expect(await denyAttested(token)).toEqual({ ok: true });
    expect(await denyAttested(token)).toEqual({ ok: true });
    expect(await notices()).toBeGreaterThan(0);
    const { rows } = await queue(reviewer, { state: 'all', q: '', page: 1 });
    expect(rows.map(({ id, signs }) => [id, signs.denied])).toEqual([[entry.id, true]]);
    expect((await deniedEntries(reviewer)).entries.map(({ id }) => id)).toEqual([entry.id]);
    expect((await db().endorsement.findUniqueOrThrow({ where: { id: entry.id } })).state).toBe(
      'approved',
    );
    const denials = { endorsementId: entry.id, action: 'deny_attested' } as const;
    expect(await db().auditEvent.count({ where: denials })).toBe(1);
    // It was pressed by mistake.
    expect(await confirmAttested(token)).toEqual({ ok: true });
    expect((await deniedEntries(reviewer)).entries).toEqual([]);
  });

  test('cannot answer with another token, when the link has expired, or once it is over', async () => {
    const { reviewer, token, entry } = await anImported();
    const unknown = { ok: false, reason: 'unknown' };
    expect(await confirmAttested('x'.repeat(43))).toEqual(unknown);
    const late = new Date(Date.now() + 61 * DAY);
    expect(await confirmAttested(token, late)).toEqual(unknown);
    expect(await denyAttested(token, late)).toEqual(unknown);
    expect(await question(token, late)).toEqual({ state: 'unknown' });
    await db().endorsement.update({
      where: { id: entry.id },
      data: { state: 'withdrawn', withdrawnBy: 'coordinator' },
    });
    expect(await question(token)).toMatchObject({ state: 'over' });
    expect(await confirmAttested(token)).toEqual({ ok: false, reason: 'over' });
    expect(reviewer.letterId).toBe(entry.letterId);
  });

  test('is not mailed if it bounced or asked so, nor more than 20 times for one import', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const [bounced, uninvited, shared] = [anAddress(), anAddress(), anAddress()];
    await suppress(db(), bounced, { reason: 'bounced', at: new Date() });
    const { uninvitedHashes } = await import('@/lib/platform/mail/suppression');
    await db().uninvitedAddress.create({ data: { addressHash: uninvitedHashes(uninvited)[0] } });
    const lines = [bounced, uninvited, ...Array.from({ length: 25 }, () => shared)].map(
      (email) => `${aName()},${email}`,
    );
    await imported(reviewer, rowsOf(['Organization,Email', ...lines].join('\n')));
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(27);
    expect(await mailsTo(bounced)).toEqual([]);
    expect(await mailsTo(uninvited)).toEqual([]);
    expect(await mailsTo(shared)).toHaveLength(20);
  });

  test('learns nothing of it by signing up: the answer is the same, and the entry is untouched', async () => {
    const { letter, name, email, entry } = await anImported();
    const signUp = aSignUp({
      nameJa: '',
      reading: '',
      nameEn: name,
      representativeEmail: email,
      language: 'en',
    });
    const client = { network: randomUUID(), neighbourhood: randomUUID() };
    expect(await endorse(await signedLetter(letter.slug), signUp, client)).toEqual({ ok: true });
    const mails = await mailsTo(email);
    expect(mails.map(({ kind }) => kind)).toEqual(['confirm_attested', 'confirm']);
    expect(await db().endorsement.findUniqueOrThrow({ where: { id: entry.id } })).toMatchObject({
      version: 1,
      proof: 'attested',
    });
  });
});
