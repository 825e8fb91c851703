/** Compares the ledger of clients with what the database and the provider hold. */
import type { PrismaClient } from '@/lib/platform/db/generated/client';
import type { ResendServer } from '@/tests/support/resend-server';
import type { Account, Act, Ledger } from './ledger';
import { addressOf } from './people';

interface Found {
  /** The address's key. */
  address: string;
  entries: number;
  confirmed: number;
  state: string | null;
  approvals: number;
  withdrawals: number;
  mails: number;
  unsent: number;
}

/** What the database holds of each address. */
async function rows(db: PrismaClient): Promise<Map<string, Found>> {
  const found = await db.$queryRaw<Found[]>`
    SELECT email_key AS address, count(DISTINCT endorsement.id)::int AS entries,
      count(DISTINCT endorsement.id) FILTER (WHERE state <> 'submitted')::int AS confirmed,
      max(state::text) FILTER (WHERE state <> 'submitted') AS state,
      (SELECT count(*) FROM audit_event WHERE action = 'approve' AND endorsement_id = ANY(array_agg(endorsement.id)))::int AS approvals,
      (SELECT count(*) FROM audit_event WHERE action = 'withdraw' AND endorsement_id = ANY(array_agg(endorsement.id)))::int AS withdrawals,
      (SELECT count(*) FROM mail WHERE to_key = email_key)::int AS mails,
      (SELECT count(*) FROM mail WHERE to_key = email_key AND sent_at IS NULL)::int AS unsent
    FROM contact JOIN endorsement ON endorsement.contact_id = contact.id
    GROUP BY email_key`;
  return new Map(found.map((row) => [row.address, row]));
}

/** How often each mail reached an address, by subject and by whether it asks to confirm. */
function arrived(provider: ResendServer): Map<string, Map<string, number>> {
  const all = new Map<string, Map<string, number>>();
  for (const { body } of provider.accepted.values()) {
    const mail = JSON.parse(body) as { to: string; subject: string; text: string };
    const kind = /\/en\/confirm\//.test(mail.text) ? 'confirm' : mail.subject;
    const of = all.get(mail.to) ?? new Map<string, number>();
    of.set(kind, (of.get(kind) ?? 0) + 1);
    all.set(mail.to, of);
  }
  return all;
}

/** What was lost, or doubled, of somebody's acts. */
function shortfallsOf(
  who: string,
  account: Record<Act, Account>,
  row: Found | undefined,
  mails: Map<string, number>,
): string[] {
  const wrong: string[] = [];
  const check = (what: string, ok: boolean) => {
    if (!ok) wrong.push(`${who}: ${what}: ${JSON.stringify({ account, row, mails: [...mails] })}`);
  };
  const { confirm, approve, withdraw } = account;
  const acknowledged = (act: Account) => act.acknowledged > 0;
  const between = (count: number, act: Account) =>
    count <= Math.min(1, act.asked) && count >= Math.min(1, act.acknowledged);
  check('a sign-up lost', !acknowledged(account['sign-up']) || (row?.entries ?? 0) > 0);
  check('a sign-up doubled', (row?.entries ?? 0) <= account['sign-up'].asked);
  check('a confirmation lost or doubled', between(row?.confirmed ?? 0, confirm));
  check('an approval lost or doubled', between(row?.approvals ?? 0, approve));
  check('a withdrawal lost or doubled', between(row?.withdrawals ?? 0, withdraw));
  const expected = row?.withdrawals
    ? 'withdrawn'
    : row?.approvals
      ? 'approved'
      : row?.confirmed
        ? 'verified'
        : null;
  check('a state without its event', (row?.state ?? null) === expected);
  check('a mail not sent', row?.unsent === 0);
  for (const [kind, count] of mails)
    check(
      `“${kind}” sent ${count} times`,
      count <= (kind === 'confirm' ? account['sign-up'].asked : 1),
    );
  // To confirm; then the link to the entry; of a decision that was not withdrawn before its mail left.
  check('a mail lost', mails.size >= 1 + (row?.confirmed ?? 0));
  return wrong;
}

/** Everything that the ledger, the database and the provider do not agree in. */
export async function shortfalls(
  ledger: Ledger,
  db: PrismaClient,
  provider: ResendServer,
): Promise<string[]> {
  const [found, mails] = [await rows(db), arrived(provider)];
  const wrong = [...ledger.accounts()].flatMap(([who, account]) =>
    shortfallsOf(who, account, found.get(addressOf(who)), mails.get(addressOf(who)) ?? new Map()),
  );
  const keys = [...provider.accepted.keys()];
  const unknown = await db.mail.count({ where: { sentAt: { not: null }, id: { notIn: keys } } });
  if (unknown > 0) wrong.push(`${unknown} mails are marked as sent that never arrived`);
  return wrong;
}

/** What PostgreSQL itself finds wrong with tables and indexes, and counts that are not what they count. */
export async function damage(db: PrismaClient): Promise<string[]> {
  await db.$executeRaw`CREATE EXTENSION IF NOT EXISTS amcheck`;
  const tables = await db.$queryRaw<{ told: string }[]>`
    SELECT relation.oid::regclass || ': ' || msg AS told
    FROM pg_class AS relation, LATERAL verify_heapam(relation.oid)
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`;
  const indexes = await db.$queryRaw<{ told: string }[]>`
    SELECT indexrelid::regclass || ': ' || coalesce(bt_index_check(indexrelid, true)::text, '') AS told
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
    WHERE amname = 'btree' AND relnamespace = 'public'::regnamespace AND indisvalid`.then(
    () => [],
    (error: unknown) => [{ told: String(error) }],
  );
  const counts = await db.$queryRaw<{ told: string }[]>`
    SELECT 'a letter has ' || counted || ' signatories, but ' || kept || ' are kept' AS told
    FROM (SELECT letter.id,
      (SELECT count(*) FROM endorsement WHERE letter_id = letter.id AND list IS NOT NULL) AS counted,
      (SELECT coalesce(sum(count), 0) FROM signatory_count WHERE letter_id = letter.id) AS kept FROM letter) AS compared
    WHERE counted <> kept`;
  return [...tables, ...indexes, ...counts].map(({ told }) => told);
}
