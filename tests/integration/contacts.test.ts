import { describe, expect, it } from 'vitest';
import { exportContacts } from '@/lib/endorsement/contacts/commands';
import { readSheet } from 'read-excel-file/universal';
import { contactsCsv } from '@/lib/endorsement/contacts/csv';
import { contactCount, contactRows } from '@/lib/endorsement/contacts/queries';
import {
  contactsHeader,
  contactsRows,
  type Cell,
  type ContactWords,
} from '@/lib/endorsement/contacts/table';
import { contactsXlsx } from '@/lib/endorsement/contacts/xlsx';
import type { Owner } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { auditOf } from '@/tests/support/audit';
import { csvCells } from '@/tests/support/csv-cells';
import { aLetter, anEndorsement, anOwner, manyEndorsements } from '@/tests/support/factories';

const SAY: ContactWords = {
  name: (language) => `name ${language}`,
  column: (column) => column,
  authorisation: (how) => `by ${how}`,
  state: (state) => state,
  visibility: (visibility) => visibility,
  consent: (proof, revision) => `${proof} ${revision}`,
};

/** The header and the rows of the file that an owner downloads. */
async function tableOf(
  owner: Owner,
  batch?: number,
): Promise<[string[], AsyncGenerator<Cell[][]>]> {
  const { ids, languages } = await exportContacts(owner);
  async function* batches() {
    for await (const rows of contactRows(owner, ids, batch))
      yield contactsRows(rows, { languages, timeZone: 'Asia/Tokyo' }, SAY);
  }
  return [contactsHeader(languages, SAY), batches()];
}

/** The cells of the CSV file, without its header. */
async function fileOf(owner: Owner, batch?: number): Promise<string[][]> {
  let file = '';
  for await (const part of contactsCsv(...(await tableOf(owner, batch)))) file += part;
  const [header, ...rows] = csvCells(file);
  expect(header!.slice(0, 2)).toEqual(['name ja', 'name en']);
  return rows;
}

describe('an owner who downloads the contacts', () => {
  it('gets who signed, where they are reached, and what they agreed to and when, oldest first', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const at = (day: number) => new Date(`2025-05-0${day}T15:05:00Z`);
    const withheld = await anEndorsement(letter.id, {
      submittedAt: at(2),
      agreedAt: at(2),
      visibility: 'withheld',
      state: 'declined',
    });
    const named = await anEndorsement(letter.id, { submittedAt: at(1), agreedAt: at(1) });
    const verified = async ({ id }: { id: string }) =>
      db().endorsement.update({ where: { id }, data: { verifiedAt: at(3) } });
    await Promise.all([withheld, named].map(verified));
    await db().endorsement.update({
      where: { id: named.id },
      data: {
        authorisedHow: 'board',
        authorisedBy: '第1理事会',
        authorisedOn: new Date('2025-04-23'),
      },
    });
    const row = (authorised: string[], email: string, ...rest: string[]) => [
      '東京平和の会',
      'Tokyo Peace Group',
      '平和 花子',
      '事務局長',
      ...authorised,
      email,
      'ja',
      ...rest,
    ];
    expect(await fileOf(owner)).toEqual([
      row(
        ['by board', "'第1理事会", '2025-04-23'],
        named.email,
        ...['verified', 'named', 'email 1'],
        ...['2025-05-02 00:05', '2025-05-04 00:05', '1', '2025-05-02 00:05'],
      ),
      row(
        ['', '', ''],
        withheld.email,
        ...['declined', 'withheld', 'email 1'],
        ...['2025-05-03 00:05', '2025-05-04 00:05', '1', '2025-05-03 00:05'],
      ),
    ]);
  });

  it('gets no address that nobody confirmed, and nothing of other letters', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await anEndorsement(letter.id, { state: 'submitted' });
    await anEndorsement(letter.id, { state: 'withdrawn', verifiedAt: null });
    await anEndorsement((await aLetter()).id);
    expect(await fileOf(owner)).toEqual([]);
    expect(await contactCount(owner)).toBe(0);
    await anEndorsement(letter.id, { proof: 'attested', verifiedAt: null });
    expect(await contactCount(owner)).toBe(1);
    expect(await fileOf(owner)).toHaveLength(1);
  });

  it('gets cells that no spreadsheet evaluates', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await anEndorsement(letter.id, {
      nameEn: '=HYPERLINK("http://evil.example")',
      nameJa: '007',
      reading: null,
      representativeName: '@SUM(A1)',
      representativeRole: '+1',
      email: '=1@example.org',
    });
    await db().endorsement.updateMany({
      where: { letterId: letter.id },
      data: { authorisedBy: '=2' },
    });
    expect((await fileOf(owner))[0]!.slice(0, 8)).toEqual([
      "'007",
      `'=HYPERLINK("http://evil.example")`,
      "'@SUM(A1)",
      "'+1",
      '',
      "'=2",
      '',
      "'=1@example.org",
    ]);
  });

  it('is in the audit each time, with the number of entries and no address', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await anEndorsement(letter.id);
    await exportContacts(owner);
    await exportContacts(owner);
    expect(
      (await auditOf(letter.id)).map(({ action, actorId, after }) => [action, actorId, after]),
    ).toEqual(Array(2).fill(['export_contacts', owner.coordinatorId, { entries: 1 }]));
  });

  it('gets every entry of a letter with more than one batch', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await manyEndorsements(db(), letter, 5);
    const names = (await fileOf(owner, 2)).map(([, name]) => name);
    // A digit in a name has an apostrophe before it.
    expect(names.sort()).toEqual([0, 1, 2, 3, 4].map((n) => `'Organization ${n}`));
  });

  it('gets the same as XLSX, where what people typed stays text without an apostrophe', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const typed = ['=1+1', '007', "'Ohana", '_x0041_', 'TRUE', '5月1日', '連帯 & <b>'];
    for (const nameEn of typed) await anEndorsement(letter.id, { nameEn });
    const book = await contactsXlsx(...(await tableOf(owner, 2)));
    const [header, ...rows] = await readSheet(new Blob([Uint8Array.from(book)]));
    expect(header!.slice(0, 3)).toEqual(['name ja', 'name en', 'representative']);
    expect(rows.map((row) => row[1]).sort()).toEqual([...typed].sort());
    const inCsv = await fileOf(owner);
    const plain = (cell: unknown) => (cell === null ? '' : String(cell));
    expect(rows.map((row) => row.slice(2).map(plain))).toEqual(
      inCsv.map((row) => row.slice(2).map((cell) => cell.replace(/^'/, ''))),
    );
  });
});
