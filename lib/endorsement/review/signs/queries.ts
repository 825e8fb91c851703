import type { LetterAccess } from '@/lib/coordinator/access';
import { may } from '@/lib/coordinator/permissions';
import { foldName } from '@/lib/organization/folding';
import { namesOf, type NameRow } from '@/lib/organization/names';
import { domainCheck, registrableDomain } from '@/lib/organization/rules';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { suppressionsOf, type Suppression } from '@/lib/platform/mail/suppression';
import { nameHashes } from '../../keys';
import { mayShowName } from '../../rules';
import { hasWord } from '../../queries';

/** What a row of the queue shows of the evidence, before its entry is opened. */
export interface Signs {
  /** The domains of a mail address and of the website differ. */
  otherDomain: boolean;
  /** Another confirmed entry of the letter has one of its names, or its website. */
  sameName: boolean;
  sameWebsite: boolean;
  /** One of its addresses is not mailed again, or the newest mail did not arrive. */
  mailFails: boolean;
  /** The address of an attested entry answers that its organization has not signed, and nobody has looked into it. */
  denied: boolean;
}

interface Row {
  id: string;
  names: NameRow[];
  website: string | null;
  visibility: Visibility;
}

const NONE: Signs = {
  otherDomain: false,
  sameName: false,
  sameWebsite: false,
  mailFails: false,
  denied: false,
};

/**
 * The signs of a page of entries, by id, in one statement. Names are compared as they are: similarity
 * as in `similarEntries` would take seconds for a page in long lists. Observers see none of mail addresses, nor of withheld entries, since a
 * match would reveal the name.
 */
export async function signsOf(
  access: LetterAccess,
  rows: Row[],
  on: Db = db(),
): Promise<Map<string, Signs>> {
  if (rows.length === 0) return new Map();
  const words = rows.flatMap(({ id, names, website, visibility }) => {
    if (!mayShowName(visibility, access.role)) return [];
    const domain = website && registrableDomain(website);
    const clear = Object.values(namesOf(names).names);
    // Of withheld entries, `search_text` has the hashes.
    const folded = new Set([...clear.map(foldName).filter(Boolean), ...nameHashes(clear)]);
    return [
      ...[...folded].map((word) => ({ id, word, isDomain: false })),
      ...(domain ? [{ id, word: domain, isDomain: true }] : []),
    ];
  });
  const shown = mayShowName('withheld', access.role)
    ? Prisma.sql`true`
    : Prisma.sql`visibility = 'named'`;
  const found = await on.$queryRaw<
    {
      id: string;
      emails: string[];
      sameName: boolean;
      sameWebsite: boolean;
      mailFails: boolean | null;
      denied: boolean;
    }[]
  >`
    WITH own AS (
      SELECT * FROM unnest(${words.map(({ id }) => id)}::uuid[], ${words.map(({ word }) => word)}::text[],
        ${words.map(({ isDomain }) => isDomain)}::boolean[]) AS own (id, word, is_domain)
    ), same AS (
      SELECT own.id, bool_or(NOT is_domain) AS name, bool_or(is_domain) AS website FROM own
      WHERE EXISTS (
        SELECT FROM endorsement AS other WHERE letter_id = ${access.letterId}::uuid AND other.id <> own.id
          AND state <> 'submitted' AND ${shown} AND ${hasWord(Prisma.sql`own.word`)})
      GROUP BY own.id
    )
    SELECT endorsement.id, ARRAY(SELECT email FROM representative JOIN contact ON contact.id = representative.contact_id
        WHERE endorsement_id = endorsement.id) AS emails,
      coalesce(same.name, false) AS "sameName", coalesce(same.website, false) AS "sameWebsite",
      newest.fails AS "mailFails", coalesce(answer = 'denied' AND dismissed_at IS NULL, false) AS denied
    FROM endorsement LEFT JOIN attested_question ON endorsement_id = endorsement.id LEFT JOIN same ON same.id = endorsement.id
      LEFT JOIN LATERAL (
        SELECT coalesce(outcome = 'returned', failed_at IS NOT NULL) AS fails FROM mail
        WHERE endorsement_id = endorsement.id ORDER BY created_at DESC, id DESC LIMIT 1) AS newest ON true
    WHERE endorsement.id = ANY(${rows.map(({ id }) => id)}::uuid[])`;
  const readsContacts = may(access.role, 'readContacts');
  const suppressed = readsContacts
    ? await suppressionsOf(
        on,
        found.flatMap(({ emails }) => emails),
      )
    : new Map<string, Suppression>();
  return new Map(
    rows.map(({ id, website }) => {
      const row = found.find((other) => other.id === id);
      if (!row) return [id, NONE];
      const { emails, sameName, sameWebsite, denied } = row;
      const otherDomain =
        readsContacts && emails.some((email) => domainCheck(email, website).matches === false);
      const mailFails =
        readsContacts && (row.mailFails === true || emails.some((email) => suppressed.has(email)));
      return [id, { otherDomain, sameName, sameWebsite, mailFails, denied }];
    }),
  );
}
