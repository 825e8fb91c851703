/** Writes a letter, with everything that belongs to it, to a file (docs/decisions/0065-moving-letters-and-backups.md). */
import { uninvitedAmong } from '@/lib/endorsement/invitees/queries';
import { nameKey } from '@/lib/endorsement/rules';
import { nameFields, namesOf } from '@/lib/organization/names';
import { writeArchive, type Entry } from '@/lib/platform/archive/file';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { LONG, readOnly, rowsOf } from '@/lib/platform/db/rows';
import { suppressionsOf } from '@/lib/platform/mail/suppression';
import { formerHashes, isHash, keyedHash } from '@/lib/platform/sealing';
import { FORMAT, migrationsOf, type Head } from '../format';
import { opened, type Row } from '../sealed';
import { rowsOfLetter, TAKEN, type TakenTable } from '../tables';

type Tx = Prisma.TransactionClient;

/** What was written, and what stays behind. */
export interface Exported {
  /** Rows by table. */
  rows: Map<TakenTable, number>;
  /** Mails that have not left yet. */
  waitingMails: number;
  /** Imports that have not been carried out. */
  openImports: number;
  /** Whether the letter takes no sign-ups, so that nothing is added after the export. */
  isPaused: boolean;
}

/**
 * Entries with the name in place of the hash of it, so that another secret can hash it. Where the
 * names have been corrected since, the hash stays, as it does after a change of the secret (ADR 52).
 */
async function withNameKeys(tx: Tx, rows: Row[]): Promise<Row[]> {
  const found = await tx.endorsement.findMany({
    where: { id: { in: rows.map(({ id }) => String(id)) } },
    select: { id: true, names: { select: nameFields } },
  });
  const keys = new Map(found.map(({ id, names }) => [id, nameKey(namesOf(names))]));
  return rows.map((row) => {
    const [id, stored] = [String(row.id), String(row.name_key)];
    if (!isHash(stored)) return row;
    const key = keys.get(id) ?? '';
    // The second is that of a contact's second entry whose name became the same by newer rules.
    const known = [key, `${key} ${id}`].find((text) =>
      [keyedHash(text), ...formerHashes(text)].includes(stored),
    );
    return known === undefined ? row : { ...row, name_key: known };
  });
}

/** Mails without the token of their link: the mails that failed are tried again where they failed. */
const withoutTokens = (rows: Row[]): Row[] =>
  rows.map((row) => ({ ...row, sealed_token: null, lease_id: null, lease_until: null }));

async function* entriesOf(
  tx: Tx,
  letterId: string,
  rows: Map<TakenTable, number>,
): AsyncGenerator<Entry> {
  for (const table of Object.keys(TAKEN) as TakenTable[]) {
    const order = table === 'audit_event' ? 't.id' : undefined;
    for await (const texts of rowsOf(tx, table, rowsOfLetter(table, letterId), order)) {
      let found = texts.map((text) => opened(table, JSON.parse(text) as Row));
      if (table === 'endorsement') found = await withNameKeys(tx, found);
      if (table === 'mail') found = withoutTokens(found);
      rows.set(table, (rows.get(table) ?? 0) + found.length);
      for (const row of found) yield [table, JSON.stringify(row)];
    }
  }
  yield* refusals(tx, letterId);
}

/** Addresses looked up at once. */
const AT_ONCE = 1_000;

/** Which of the letter's addresses are not mailed, or not invited, by any letter. */
async function* refusals(tx: Tx, letterId: string): AsyncGenerator<Entry> {
  let last = '';
  for (;;) {
    const found = await tx.$queryRaw<{ key: string }[]>`
      SELECT key FROM (
        SELECT contact.email_key AS key FROM representative
          JOIN endorsement ON endorsement.id = endorsement_id JOIN contact ON contact.id = representative.contact_id
        WHERE letter_id = ${letterId}::uuid
        UNION SELECT contact.email_key FROM endorsement JOIN contact ON contact.id = contact_id
        WHERE letter_id = ${letterId}::uuid
        UNION SELECT email_key FROM invitee WHERE letter_id = ${letterId}::uuid
        UNION SELECT email_key FROM nomination JOIN endorsement ON endorsement.id = endorsement_id
        WHERE letter_id = ${letterId}::uuid
      ) AS addresses WHERE key COLLATE "C" > ${last} ORDER BY key COLLATE "C" LIMIT ${AT_ONCE}`;
    if (found.length === 0) return;
    const addresses = found.map(({ key }) => key);
    last = addresses.at(-1)!;
    for (const [address, { reason, at }] of await suppressionsOf(tx, addresses))
      yield ['suppressed', JSON.stringify({ address, reason, at })];
    for (const address of await uninvitedAmong(tx, addresses))
      yield ['uninvited', JSON.stringify({ address })];
  }
}

/**
 * Writes the letter at `slug` to a file that the passphrase opens, as it is at one moment.
 * @returns null if there is no such letter
 * @throws {ArchiveError} if the file exists
 */
export async function exportLetter(
  slug: string,
  file: string,
  passphrase: string,
): Promise<Exported | null> {
  return db().$transaction(
    async (tx) => {
      await readOnly(tx);
      const letter = await tx.letter.findUnique({
        where: { slug },
        select: { id: true, pausedAt: true, slugs: { select: { slug: true } } },
      });
      if (!letter) return null;
      const { id: letterId } = letter;
      const head: Head = {
        format: FORMAT,
        madeAt: new Date().toISOString(),
        letter: { id: letterId, slug, slugs: letter.slugs.map((one) => one.slug).sort() },
        migrations: await migrationsOf(tx),
      };
      const rows = new Map<TakenTable, number>();
      await writeArchive(file, head, entriesOf(tx, letterId, rows), passphrase);
      return {
        rows,
        waitingMails: await tx.mail.count({ where: { letterId, sentAt: null, failedAt: null } }),
        openImports: await tx.import.count({ where: { letterId, doneAt: null } }),
        isPaused: letter.pausedAt !== null,
      };
    },
    { ...LONG, isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead },
  );
}
