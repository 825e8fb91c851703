import type { LetterAccess } from '@/lib/coordinator/access';
import { may } from '@/lib/coordinator/permissions';
import { literally } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { mayShowName, searchWords } from '../../rules';

/** A text's column that contains one of the words, as an SQL condition. */
function holds(column: Prisma.Sql, words: (string | null)[]): Prisma.Sql {
  const alike = [...new Set(words)]
    .filter((word) => word !== null)
    .map((word) => Prisma.sql`${column} LIKE ${`%${literally(word)}%`}`);
  return alike.length > 0 ? Prisma.sql`(${Prisma.join(alike, ' OR ')})` : Prisma.sql`false`;
}

/**
 * A letter's entries that contain `q` in a name, reading or website, as an SQL query: their id, state
 * and times.
 * For those who may read contacts, also in the representative's name or address; for observers
 * without withheld entries, since a match would reveal the name.
 *
 * Unconfirmed entries are searched by themselves: they are in no search index, because a stranger
 * can create any number of them.
 */
export function entriesWith(access: LetterAccess, q: string): Prisma.Sql {
  const { name, address } = searchWords(q);
  const inLetter = Prisma.sql`endorsement.letter_id = ${access.letterId}::uuid`;
  const shown = mayShowName('withheld', access.role)
    ? Prisma.sql`true`
    : Prisma.sql`visibility = 'named'`;
  const named = holds(Prisma.sql`endorsement.search_text`, [name, address]);
  const entry = Prisma.sql`endorsement.id, state, endorsement.verified_at, submitted_at`;
  const searches = [
    Prisma.sql`SELECT ${entry} FROM endorsement WHERE ${inLetter} AND state <> 'submitted' AND ${shown} AND ${named}`,
    Prisma.sql`SELECT ${entry} FROM endorsement WHERE ${inLetter} AND state = 'submitted' AND ${shown} AND ${named}`,
  ];
  if (may(access.role, 'readContacts')) {
    const written = holds(Prisma.sql`contact.email_key`, [address]);
    const represented = holds(Prisma.sql`representative.search_text`, [name]);
    const joined = Prisma.sql`endorsement JOIN contact ON contact.id = contact_id`;
    searches.push(
      Prisma.sql`SELECT ${entry} FROM ${joined} WHERE ${inLetter} AND contact.verified_at IS NOT NULL AND ${written}`,
      Prisma.sql`SELECT ${entry} FROM ${joined} WHERE ${inLetter} AND state = 'submitted' AND ${written}`,
      Prisma.sql`SELECT ${entry} FROM endorsement JOIN representative ON endorsement_id = endorsement.id WHERE ${inLetter} AND ${represented}`,
    );
  }
  return Prisma.join(searches, ' UNION ');
}
