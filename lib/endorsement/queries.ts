import { Prisma } from '@/lib/platform/db/generated/client';

/**
 * An endorsement's `search_text` as words, in SQL: folded names, their keyed hashes if they are
 * withheld, reading, and domain. The index `endorsement_words` is of this very expression.
 */
export const SEARCH_WORDS = Prisma.raw("string_to_array(translate(search_text, E'\\n', ''), ' ')");

/** Whether an endorsement has a word, as an SQL condition that the index answers for confirmed ones. */
export const hasWord = (word: Prisma.Sql) => Prisma.sql`${SEARCH_WORDS} @> ARRAY[${word}]`;
