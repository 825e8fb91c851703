import type { Owner } from '@/lib/coordinator/access';
import { contactOf } from '@/lib/letter/contact';
import { fullTitle, titledFields } from '@/lib/letter/rules';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { byLanguage, type ByLanguage, type Language } from '@/lib/platform/languages';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { suppressionsOf } from '@/lib/platform/mail/suppression';
import type { UpdateContent } from '@/lib/update/schema';
import {
  AUDIENCE_STATES,
  mailingState,
  type Audience,
  type MailingState,
  type Progress,
} from './rules';

/** Entries with their representatives, each of whom is a recipient. */
const PEOPLE = Prisma.sql`endorsement JOIN representative ON representative.endorsement_id = endorsement.id
    JOIN contact ON contact.id = representative.contact_id`;

/** Entries of a letter in an audience. */
const entriesIn = (letterId: string, { states, countries, languages, categories }: Audience) =>
  Prisma.sql`endorsement.letter_id = ${letterId}::uuid AND state::text = ANY(${[...states]})
    AND (${countries.length === 0} OR country = ANY(${[...countries]}::bpchar[]))
    AND (${languages.length === 0} OR contact.language = ANY(${[...languages]}))
    AND (${categories.length === 0} OR category = ANY(${[...categories]}))`;

/**
 * Whoever may be mailed: a confirmed address, since nobody is mailed in bulk who has not shown that
 * they read it; and no request to have everything erased.
 */
const MAY_BE_MAILED = Prisma.sql`contact.verified_at IS NOT NULL AND erasure_requested_at IS NULL`;

/**
 * The recipients of an audience, all representatives of its entries: each address once, also where it
 * stands behind several entries, of which the approved and newest counts. Those that have ended the letter's mailings are missing.
 */
export const recipients = (letterId: string, audience: Audience) => Prisma.sql`
  SELECT DISTINCT ON (contact.email_key) endorsement.id AS endorsement_id, contact.email, contact.email_key, contact.language
  FROM ${PEOPLE}
  WHERE ${entriesIn(letterId, audience)} AND ${MAY_BE_MAILED}
    AND NOT EXISTS (SELECT FROM ended_mailings AS ended WHERE ended.letter_id = endorsement.letter_id AND ended.email_key = contact.email_key)
  ORDER BY contact.email_key, state = 'approved' DESC, endorsement.verified_at DESC, endorsement.id`;

/** Addresses whose hashes are looked up by one query. */
const AT_ONCE = 5_000;

/** Which of the addresses are suppressed. */
async function suppressedAmong(tx: Db, keys: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE)
    found.push(...(await suppressionsOf(tx, keys.slice(from, from + AT_ONCE))).keys());
  return found;
}

/** Recipients of an audience that bounced or complained before, by the keys of their addresses. */
export async function suppressedRecipients(
  tx: Db,
  letterId: string,
  audience: Audience,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    SELECT email_key AS key FROM (${recipients(letterId, audience)}) AS recipient`;
  return suppressedAmong(
    tx,
    rows.map(({ key }) => key),
  );
}

/** How many addresses an audience reaches, by language, and how many it leaves out. */
export interface Reach {
  count: number;
  byLanguage: { language: Language; count: number }[];
  /** They bounced or complained. */
  suppressed: number;
  /** They asked for no mailings of this letter. */
  ended: number;
  /** Entries whose address nobody has confirmed, or that have none. */
  unconfirmed: number;
}

/** Whom a mailing to an audience would reach now. */
export async function reach({ letterId }: Owner, audience: Audience): Promise<Reach> {
  const [rows, [left]] = await Promise.all([
    db().$queryRaw<{ key: string; language: Language }[]>`
      SELECT email_key AS key, language FROM (${recipients(letterId, audience)}) AS recipient`,
    db().$queryRaw<{ ended: number; unconfirmed: number }[]>`
      SELECT count(DISTINCT contact.email_key) FILTER (WHERE ${MAY_BE_MAILED})::int AS ended,
        count(DISTINCT endorsement.id) FILTER (WHERE contact.verified_at IS NULL)::int AS unconfirmed
      FROM endorsement LEFT JOIN representative ON representative.endorsement_id = endorsement.id
      LEFT JOIN contact ON contact.id = representative.contact_id
      LEFT JOIN ended_mailings ON ended_mailings.letter_id = endorsement.letter_id AND ended_mailings.email_key = contact.email_key
      WHERE ${entriesIn(letterId, audience)} AND (contact.verified_at IS NULL OR ended_at IS NOT NULL)`,
  ]);
  const suppressed = new Set(
    await suppressedAmong(
      db(),
      rows.map(({ key }) => key),
    ),
  );
  const counts = new Map<Language, number>();
  for (const { key, language } of rows)
    if (!suppressed.has(key)) counts.set(language, (counts.get(language) ?? 0) + 1);
  return {
    count: rows.length - suppressed.size,
    byLanguage: Object.entries(
      byLanguage(
        [...counts].map(([language, count]) => ({ language, count })),
        ({ count }) => count,
      ),
    ).map(([language, count]) => ({ language, count })),
    suppressed: suppressed.size,
    ended: left?.ended ?? 0,
    unconfirmed: left?.unconfirmed ?? 0,
  };
}

/** What recipients can be chosen by, with the number of entries. */
export interface Choices {
  states: Map<string, number>;
  countries: Map<string, number>;
  languages: Map<string, number>;
  categories: Map<string, number>;
}

/** The countries, languages and categories of a letter's confirmed entries. */
export async function choices({ letterId }: Owner): Promise<Choices> {
  const rows = await db().$queryRaw<{ kind: keyof Choices; value: string | null; count: number }[]>`
    SELECT CASE WHEN grouping(state) = 0 THEN 'states' WHEN grouping(country) = 0 THEN 'countries'
        WHEN grouping(contact.language) = 0 THEN 'languages' ELSE 'categories' END AS kind,
      CASE WHEN grouping(state) = 0 THEN state::text WHEN grouping(country) = 0 THEN country::text
        WHEN grouping(contact.language) = 0 THEN contact.language ELSE category END AS value,
      count(DISTINCT endorsement.id)::int AS count
    FROM ${PEOPLE}
    WHERE letter_id = ${letterId}::uuid AND state::text = ANY(${[...AUDIENCE_STATES]}) AND ${MAY_BE_MAILED}
    GROUP BY GROUPING SETS ((state), (country), (contact.language), (category)) ORDER BY count DESC, value`;
  const of = (kind: keyof Choices) =>
    new Map(
      rows.flatMap((row): [string, number][] =>
        row.kind === kind && row.value !== null ? [[row.value, row.count]] : [],
      ),
    );
  return {
    states: of('states'),
    countries: of('countries'),
    languages: of('languages'),
    categories: of('categories'),
  };
}

/** What the mails of a mailing are rendered from. */
export async function mailingProps(
  tx: Db,
  letterId: string,
  texts: ByLanguage<UpdateContent>,
  isTest = false,
): Promise<MailProps['mailing']> {
  const letter = await tx.letter.findUniqueOrThrow({
    where: { id: letterId },
    select: { slug: true, contactEmail: true, ...titledFields },
  });
  return {
    letterSlug: letter.slug,
    letterTitles: byLanguage(letter.current?.titles ?? [], fullTitle),
    contact: contactOf(letter),
    texts,
    authoritativeLanguage: letter.authoritativeLanguage,
    isTest,
  };
}

/** What the mails of a mailing would be rendered from now. */
export const previewProps = ({ letterId }: Owner, { texts }: Pick<ManagedMailing, 'texts'>) =>
  mailingProps(db(), letterId, texts);

const mailingFields = {
  id: true,
  version: true,
  audience: true,
  updateId: true,
  createdAt: true,
  sentAt: true,
  recipients: true,
  pausedAt: true,
  cancelledAt: true,
  pastSent: true,
  pastReturned: true,
  pastFailed: true,
  texts: { select: { language: true, title: true, body: true } },
} as const satisfies Prisma.MailingSelect;

type Row = Prisma.MailingGetPayload<{ select: typeof mailingFields }>;

export interface ManagedMailing {
  id: string;
  version: number;
  texts: ByLanguage<UpdateContent>;
  audience: Audience;
  /** The update on the letter's page that says the same. */
  updateId: string | null;
  state: MailingState;
  sentAt: Date | null;
  /** How many mails were written. */
  recipients: number;
  progress: Progress;
}

type Counts = Pick<Progress, 'waiting' | 'sent' | 'returned' | 'failed'>;

const NONE: Counts = { waiting: 0, sent: 0, returned: 0, failed: 0 };

function managed(row: Row, counts: Counts = NONE): ManagedMailing {
  const recipients = row.recipients ?? 0;
  const sent = counts.sent + row.pastSent;
  const failed = counts.failed + row.pastFailed;
  return {
    id: row.id,
    version: row.version,
    texts: textsOf(row),
    audience: row.audience as unknown as Audience,
    updateId: row.updateId,
    state: mailingState(row, counts.waiting),
    sentAt: row.sentAt,
    recipients,
    progress: {
      waiting: counts.waiting,
      sent,
      returned: counts.returned + row.pastReturned,
      failed,
      left: Math.max(0, recipients - counts.waiting - sent - failed),
    },
  };
}

/** The texts of a mailing's or update's rows. */
export const textsOf = ({
  texts,
}: {
  texts: { language: Language; title: string; body: string }[];
}): ByLanguage<UpdateContent> => byLanguage(texts, ({ title, body }) => ({ title, body }));

async function countsOf(ids: readonly string[]): Promise<Map<string, Counts>> {
  const rows = await db().$queryRaw<({ id: string } & Counts)[]>`
    SELECT mailing_id AS id, count(*) FILTER (WHERE sent_at IS NULL AND failed_at IS NULL)::int AS waiting,
      count(sent_at)::int AS sent, count(failed_at)::int AS failed,
      count(*) FILTER (WHERE sent_at IS NOT NULL AND outcome IN ('returned', 'bounced', 'complained'))::int AS returned
    FROM mail WHERE mailing_id = ANY(${[...ids]}::uuid[]) GROUP BY mailing_id`;
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** Mailings that the page of a letter lists. */
const MOST_SHOWN = 50;

/** The newest mailings of a letter, newest first. */
export async function mailingsOf({ letterId }: Owner): Promise<ManagedMailing[]> {
  const rows = await db().mailing.findMany({
    where: { letterId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: MOST_SHOWN,
    select: mailingFields,
  });
  const counts = await countsOf(rows.map(({ id }) => id));
  return rows.map((row) => managed(row, counts.get(row.id)));
}

/** A mailing of a letter, or null if there is none such. */
export async function mailingOf({ letterId }: Owner, id: string): Promise<ManagedMailing | null> {
  const row = await db().mailing.findFirst({ where: { id, letterId }, select: mailingFields });
  return row && managed(row, (await countsOf([id])).get(id));
}
