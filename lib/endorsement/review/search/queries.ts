import type { LetterAccess } from '@/lib/coordinator/access';
import { may } from '@/lib/coordinator/permissions';
import { fold } from '@/lib/organization/folding';
import { containing } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { nameHashes } from '../../keys';
import { mayShowName, publishedText, searchWords } from '../../rules';
import { newestWithheld } from '../withheld/queries';

/**
 * The ids of the letter's newest withheld entries that contain one of `words` in a name or reading,
 * which are opened for this.
 */
async function withheldWith({ letterId }: LetterAccess, words: string[]): Promise<string[]> {
  const opened = await newestWithheld(letterId);
  return opened.flatMap(({ id, names, reading }) => {
    const text = `${publishedText(names)} ${fold(reading ?? '')}`;
    return words.some((word) => text.includes(word)) ? id : [];
  });
}

/**
 * A letter's entries that contain `q` in a name, reading or website, as an SQL query: their id, state
 * and times.
 * For those who may read contacts, also in a representative's name or address; for observers
 * without withheld entries, since a match would reveal the name. Those are found by a part of a
 * name among the newest, and by the whole name among all.
 *
 * Unconfirmed entries are searched by themselves: they are in no search index, because a stranger
 * can create any number of them.
 */
export async function entriesWith(access: LetterAccess, q: string): Promise<Prisma.Sql> {
  const { names, addresses } = searchWords(q);
  const inLetter = Prisma.sql`endorsement.letter_id = ${access.letterId}::uuid`;
  const seesWithheld = mayShowName('withheld', access.role);
  const shown = seesWithheld ? Prisma.sql`true` : Prisma.sql`visibility = 'named'`;
  const named = containing(Prisma.sql`endorsement.search_text`, [
    ...names,
    ...addresses,
    ...(seesWithheld ? nameHashes([q]) : []),
  ]);
  const entry = Prisma.sql`endorsement.id, state, endorsement.verified_at, submitted_at`;
  const searches = [
    Prisma.sql`SELECT ${entry} FROM endorsement WHERE ${inLetter} AND state <> 'submitted' AND ${shown} AND ${named}`,
    Prisma.sql`SELECT ${entry} FROM endorsement WHERE ${inLetter} AND state = 'submitted' AND ${shown} AND ${named}`,
  ];
  if (seesWithheld) {
    const opened = await withheldWith(access, names);
    searches.push(
      Prisma.sql`SELECT ${entry} FROM endorsement WHERE ${inLetter} AND endorsement.id = ANY(${opened}::uuid[])`,
    );
  }
  if (may(access.role, 'readContacts')) {
    const written = containing(Prisma.sql`contact.email_key`, addresses);
    const represented = containing(Prisma.sql`representative.search_text`, names);
    const joined = Prisma.sql`endorsement JOIN representative ON endorsement_id = endorsement.id
      JOIN contact ON contact.id = representative.contact_id`;
    searches.push(
      Prisma.sql`SELECT ${entry} FROM ${joined} WHERE ${inLetter} AND contact.verified_at IS NOT NULL AND ${written}`,
      Prisma.sql`SELECT ${entry} FROM ${joined} WHERE ${inLetter} AND state = 'submitted' AND ${written}`,
      Prisma.sql`SELECT ${entry} FROM endorsement JOIN representative ON endorsement_id = endorsement.id WHERE ${inLetter} AND ${represented}`,
    );
  }
  return Prisma.join(searches, ' UNION ');
}
