import { listSettings } from '@/lib/letter/list-settings';
import { isSlug } from '@/lib/letter/rules';
import { db } from '@/lib/platform/db/client';
import type { Asked } from './schema';

/**
 * What the sign-up form of the letter at `slug` asks; the defaults if there is no such letter. Reads
 * one column: every sign-up asks, before the letter itself is read.
 */
export async function askedFor(slug: string): Promise<Asked> {
  const letter = isSlug(slug)
    ? await db().letter.findUnique({ where: { slug }, select: { listSettings: true } })
    : null;
  return listSettings(letter?.listSettings ?? {});
}
