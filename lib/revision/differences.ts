import { LRUCache } from 'lru-cache';
import type { RevisionContent } from './content';
import { changesBetween, type Changes } from './rules';

/** The parts of a revision needed to compare it; the hash identifies it. */
interface Hashed {
  hash: string;
  content: RevisionContent;
}

const cache = new LRUCache<string, Changes>({ max: 100 });

/**
 * The difference between two revisions, as returned by `changesBetween`. Cached by both hashes,
 * since comparing long texts takes up to a second and revisions never change.
 */
export function changesBetweenRevisions(before: Hashed, after: Hashed): Changes | null {
  const key = `${before.hash} ${after.hash}`;
  const cached = cache.get(key);
  if (cached) return cached;
  const changes = changesBetween(before.content, after.content);
  // Equal revisions need no word comparison, so caching would save nothing.
  if (changes) cache.set(key, changes);
  return changes;
}
