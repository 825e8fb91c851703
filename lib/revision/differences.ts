import { LRUCache } from 'lru-cache';
import type { RevisionContent } from './content';
import { changesBetween, type Changes } from './rules';

/** A revision as far as its difference to another needs it; the hash tells it from all others. */
interface Hashed {
  hash: string;
  content: RevisionContent;
}

const cache = new LRUCache<string, Changes>({ max: 100 });

/**
 * What differs between two revisions, as `changesBetween` has it. Cached by the hashes of both,
 * since comparing long texts takes up to a second and revisions never change.
 */
export function changesBetweenRevisions(before: Hashed, after: Hashed): Changes | null {
  const key = `${before.hash} ${after.hash}`;
  const cached = cache.get(key);
  if (cached) return cached;
  const changes = changesBetween(before.content, after.content);
  // Finding no change compares no words: there is nothing to save by caching it.
  if (changes) cache.set(key, changes);
  return changes;
}
