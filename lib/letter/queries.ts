import { db } from '../platform/db/client.ts';
import { isSlug } from './rules.ts';

/** What commands and coordinators need to know of a letter, or null when there is none. */
export async function findLetter(slug: string) {
  if (!isSlug(slug)) return null;
  return db().letter.findUnique({
    where: { slug },
    select: {
      id: true,
      slug: true,
      opensAt: true,
      closesAt: true,
      timeZone: true,
      authoritativeLanguage: true,
      texts: { select: { language: true, title: true } },
    },
  });
}
