/** Reads what `letter:export` wrote into another instance (docs/decisions/0065-moving-letters-and-backups.md). */
import { sealEntries } from '@/lib/endorsement/sealing/commands';
import { ArchiveError } from '@/lib/platform/archive/error';
import { openArchive, type Entry } from '@/lib/platform/archive/file';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { insertAll } from '@/lib/platform/db/insert-all';
import { LONG } from '@/lib/platform/db/rows';
import { suppress, uninvitedHashes, type Suppression } from '@/lib/platform/mail/suppression';
import { keyedHash } from '@/lib/platform/sealing';
import { FORMAT, migrationsOf, type Head } from '../format';
import { sealed, type Row } from '../sealed';
import { rowsOfLetter, TAKEN, type TakenTable } from '../tables';

type Tx = Prisma.TransactionClient;

/** What was written. */
export interface Imported {
  slug: string;
  /** Rows by table, without what was here already. */
  rows: Map<string, number>;
  /** Coordinators of the letter that were known here by their address. */
  knownCoordinators: number;
}

/** Rows written in one statement, at most. */
const AT_ONCE = 500;
/** And the characters of their JSON, unless one row has more. */
const STATEMENT = 2 ** 21;

/** Rows in groups of one table. */
async function* grouped(entries: AsyncIterable<Entry>): AsyncGenerator<[string, Row[]]> {
  let [table, size]: [string, number] = ['', 0];
  let rows: Row[] = [];
  for await (const [name, json] of entries) {
    if (rows.length > 0 && (name !== table || rows.length === AT_ONCE || size > STATEMENT)) {
      yield [table, rows];
      [rows, size] = [[], 0];
    }
    table = name;
    rows.push(JSON.parse(json) as Row);
    size += json.length;
  }
  if (rows.length > 0) yield [table, rows];
}

/** What can be here already, as another letter brought it along or somebody signed here, too. */
type Shared = 'coordinator' | 'organization' | 'contact';

/** Which columns refer to it, by table; from the foreign keys. */
async function references(tx: Tx): Promise<Map<string, [column: string, Shared][]>> {
  const keys = await tx.$queryRaw<{ table: string; column: string; shared: Shared }[]>`
    SELECT conrelid::regclass::text AS table, attname::text AS column, confrelid::regclass::text AS shared
    FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND array_length(conkey, 1) = 1
      AND confrelid IN ('coordinator'::regclass, 'organization'::regclass, 'contact'::regclass)`;
  const found = new Map<string, [string, Shared][]>();
  for (const { table, column, shared } of keys)
    found.set(table, [...(found.get(table) ?? []), [column, shared]]);
  return found;
}

/** Tables whose rows other letters can have, too. */
const IN_COMMON = new Set([
  'coordinator',
  'organization',
  'organization_name',
  'contact',
  'organization_contact',
]);

/** One import on its way: the ids that differ here, and what was written so far. */
class Arrival {
  /** Ids in the file by those that stand for them here. */
  private readonly ids = {
    coordinator: new Map<string, string>(),
    organization: new Map<string, string>(),
    contact: new Map<string, string>(),
  };
  /** Numbers of audit events in the file, and here. */
  private readonly events = new Map<number, number>();
  private readonly withheld: string[] = [];
  private letter: Row | null = null;
  readonly rows = new Map<string, number>();

  constructor(
    private readonly tx: Tx,
    private readonly refersTo: Map<string, [column: string, Shared][]>,
  ) {}

  get knownCoordinators(): number {
    return this.ids.coordinator.size;
  }

  /** Rows of a table, or addresses, in the order of the file. */
  async take(table: string, rows: Row[]): Promise<void> {
    if (table === 'suppressed') return this.suppress(rows);
    if (table === 'uninvited') return this.uninvite(rows);
    if (!(table in TAKEN))
      throw new ArchiveError(`the file has rows of ${table}, which is unknown`);
    const own = rows.map((row) => this.withIdsOfHere(table, sealed(row)));
    switch (table as TakenTable) {
      case 'coordinator':
        return this.coordinators(own);
      case 'organization':
        return this.organizations(own);
      case 'contact':
        return this.contacts(own);
      case 'organization_name':
      case 'organization_contact':
        return this.write(table, own, true);
      case 'letter':
        return this.letterItself(own[0]!);
      case 'letter_update':
        await this.completeLetter();
        return this.write(table, own);
      case 'endorsement':
        await this.completeLetter();
        return this.endorsements(own);
      case 'audit_event':
        return this.auditEvents(own);
      case 'audit_value':
        return this.write(
          table,
          own.map((row) => ({ ...row, event_id: this.events.get(Number(row.event_id))! })),
        );
      default:
        return this.write(table, own);
    }
  }

  /** What can be written when everything else is there. */
  async finish(): Promise<void> {
    await this.completeLetter();
    for (let from = 0; from < this.withheld.length; from += AT_ONCE)
      await sealEntries(this.tx, this.withheld.slice(from, from + AT_ONCE));
  }

  /**
   * Refuses a file with rows that its letter does not take along: of another letter, or mails that
   * would be sent.
   */
  async checkRows(letterId: string): Promise<void> {
    for (const [table, written] of this.rows) {
      if (IN_COMMON.has(table)) continue;
      const [own] = await this.tx.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM ${Prisma.raw(table)} t
        WHERE ${Prisma.raw(rowsOfLetter(table as TakenTable, letterId))}`;
      if (own?.count !== written)
        throw new ArchiveError(`the file has rows of ${table} that are not the letter’s`);
    }
  }

  private withIdsOfHere(table: string, row: Row): Row {
    const changed: Row = {};
    for (const [column, shared] of this.refersTo.get(table) ?? []) {
      const here = this.ids[shared].get(String(row[column]));
      if (here !== undefined) changed[column] = here;
    }
    return { ...row, ...changed };
  }

  private count(table: string, rows: number): void {
    this.rows.set(table, (this.rows.get(table) ?? 0) + rows);
  }

  private async write(table: string, rows: Row[], unlessThere = false): Promise<void> {
    this.count(
      table,
      await insertAll(this.tx, table, rows as Record<string, never>[], unlessThere),
    );
  }

  /** Matched by their address, which is what they sign in with; nobody becomes an administrator. */
  private async coordinators(rows: Row[]): Promise<void> {
    const emails = rows.map(({ email }) => String(email));
    const ids = rows.map(({ id }) => String(id));
    const here = await this.tx.coordinator.findMany({
      where: { OR: [{ email: { in: emails } }, { id: { in: ids } }] },
      select: { id: true, email: true },
    });
    const byEmail = new Map(here.map(({ id, email }) => [email, id]));
    const known = new Set(here.map(({ id }) => id));
    const isNew = ({ id, email }: Row) => !byEmail.has(String(email)) && !known.has(String(id));
    for (const row of rows.filter((one) => !isNew(one)))
      this.ids.coordinator.set(String(row.id), byEmail.get(String(row.email)) ?? String(row.id));
    await this.write(
      'coordinator',
      rows.filter(isNew).map((row) => ({ ...row, is_administrator: false, signed_in_at: null })),
    );
  }

  /** Those that another letter from the same instance has brought along stay as they are. */
  private async organizations(rows: Row[]): Promise<void> {
    const merged = await this.tx.$queryRaw<{ id: string; into: string }[]>`
      WITH RECURSIVE found AS (
        SELECT id, merged_into_id AS into FROM organization
        WHERE id = ANY(${rows.map(({ id }) => String(id))}::uuid[]) AND merged_into_id IS NOT NULL
        UNION ALL
        SELECT found.id, merged_into_id FROM found JOIN organization ON organization.id = found.into
        WHERE merged_into_id IS NOT NULL
      )
      SELECT found.id, found.into FROM found JOIN organization ON organization.id = found.into
      WHERE merged_into_id IS NULL`;
    for (const { id, into } of merged) this.ids.organization.set(id, into);
    await this.write('organization', rows, true);
  }

  /** An address that is verified here already is the same contact. */
  private async contacts(rows: Row[]): Promise<void> {
    const verified = rows.filter(({ verified_at: at }) => at !== null);
    const here = await this.tx.contact.findMany({
      where: {
        emailKey: { in: verified.map(({ email_key: key }) => String(key)) },
        verifiedAt: { not: null },
      },
      select: { id: true, emailKey: true },
    });
    const byKey = new Map(here.map(({ id, emailKey }) => [emailKey, id]));
    const isKnown = (row: Row) => row.verified_at !== null && byKey.has(String(row.email_key));
    for (const row of rows.filter(isKnown))
      this.ids.contact.set(String(row.id), byKey.get(String(row.email_key))!);
    await this.write(
      'contact',
      rows.filter((row) => !isKnown(row)),
      true,
    );
  }

  /** Without what refers to its revisions and deliveries, which refer to it. */
  private async letterItself(row: Row): Promise<void> {
    this.letter = row;
    const later = { opens_at: null, revision: null, binding_revision: null, delivery: null };
    await this.write('letter', [{ ...row, ...later }]);
  }

  /** Needed before its entries, since a trigger puts them on a list by it. */
  private async completeLetter(): Promise<void> {
    if (!this.letter) return;
    const { id, opens_at, revision, binding_revision, delivery } = this.letter;
    this.letter = null;
    await this.tx.$executeRaw`
      UPDATE letter SET opens_at = ${opens_at}::timestamptz, revision = ${revision}::int,
        binding_revision = ${binding_revision}::int, delivery = ${delivery}::int
      WHERE id = ${id}::uuid`;
  }

  private async endorsements(rows: Row[]): Promise<void> {
    for (const { id, visibility } of rows)
      if (visibility === 'withheld') this.withheld.push(String(id));
    await this.write(
      'endorsement',
      rows.map((row) => ({ ...row, name_key: keyedHash(String(row.name_key)) })),
    );
  }

  /** They are numbered anew among all letters' events; the number under their letter stays. */
  private async auditEvents(rows: Row[]): Promise<void> {
    const before = rows.map(({ id }) => Number(id));
    const numbers = await this.tx.$queryRaw<{ id: bigint }[]>`
      SELECT nextval('audit_event_id_seq') AS id FROM generate_series(1, ${rows.length}::int)`;
    before.forEach((id, index) => this.events.set(id, Number(numbers[index]!.id)));
    await this.write(
      'audit_event',
      rows.map((row) => ({ ...row, id: this.events.get(Number(row.id))! })),
    );
  }

  private async suppress(rows: Row[]): Promise<void> {
    for (const { address, reason, at } of rows)
      await suppress(this.tx, String(address), {
        reason: reason as Suppression['reason'],
        at: new Date(String(at)),
      });
  }

  private async uninvite(rows: Row[]): Promise<void> {
    await this.tx.uninvitedAddress.createMany({
      data: rows.map(({ address }) => ({ addressHash: uninvitedHashes(String(address))[0] })),
      skipDuplicates: true,
    });
  }
}

/** Refuses a letter that cannot come here. */
async function check(tx: Tx, { letter, migrations }: Head): Promise<void> {
  const here = await migrationsOf(tx);
  const missing = migrations.filter((name) => !here.includes(name));
  const more = here.filter((name) => !migrations.includes(name));
  if (missing.length + more.length > 0)
    throw new ArchiveError(
      `the two instances are of different versions: run the same version at both (${
        missing.length > 0
          ? `this one lacks the migration ${missing.at(-1)}`
          : `the other one lacked the migration ${more.at(-1)}`
      })`,
    );
  const same = await tx.letter.findUnique({ where: { id: letter.id }, select: { slug: true } });
  if (same) throw new ArchiveError(`this letter is here already, at ${same.slug}`);
  const taken = await tx.letterSlug.findFirst({ where: { slug: { in: letter.slugs } } });
  if (taken)
    throw new ArchiveError(
      `the address ${taken.slug} is or was that of another letter here, which keeps it`,
    );
}

/**
 * Writes the letter in a file, which the passphrase opens; all of it, or nothing. Nothing is mailed.
 * @throws {ArchiveError} with what to tell, if the file cannot be read or the letter cannot come here
 */
export async function importLetter(file: string, passphrase: string): Promise<Imported> {
  const { head, rows } = await openArchive<Head>(file, FORMAT, passphrase);
  return db().$transaction(async (tx) => {
    await check(tx, head);
    const arrival = new Arrival(tx, await references(tx));
    for await (const [table, group] of grouped(rows())) await arrival.take(table, group);
    await arrival.finish();
    await arrival.checkRows(head.letter.id);
    return {
      slug: head.letter.slug,
      rows: arrival.rows,
      knownCoordinators: arrival.knownCoordinators,
    };
  }, LONG);
}
