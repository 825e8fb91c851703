import { db } from '../platform/db/client.ts';

/** What commands need to know of a letter. */
export async function findLetter(slug: string) {
  return db().letter.findUnique({
    where: { slug },
    select: {
      id: true,
      slug: true,
      opensAt: true,
      closesAt: true,
      authoritativeLanguage: true,
      texts: { select: { language: true, title: true } },
    },
  });
}
