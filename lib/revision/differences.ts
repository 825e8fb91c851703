import { lruCache } from '@/lib/platform/lru-cache';
import type { RevisionContent } from './content';
import { changesBetween, type Changes } from './rules';

/** A revision as far as its difference to another needs it; the hash tells it from all others. */
interface Hashed {
  hash: string;
  content: RevisionContent;
}

const known = lruCache<Changes | null>(100);

/**
 * What differs between two revisions, as `changesBetween` has it. Kept by their hashes, since comparing long texts takes
 * up to a second and revisions never change.
 */
export function changesBetweenRevisions(before: Hashed, after: Hashed): Changes | null {
  return known.get(`${before.hash} ${after.hash}`, () =>
    changesBetween(before.content, after.content),
  );
}
