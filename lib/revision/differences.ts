import { LRUCache } from 'lru-cache';
import { canonicalJson, hex, sha256 } from '@/lib/platform/canonical-json';
import { changesBetween, type Changes, type Compared } from './rules';

const cache = new LRUCache<string, Changes>({ max: 100 });

const keyOf = ({ texts, date }: Compared) => hex(sha256(canonicalJson({ texts, date })));

/**
 * The difference between two revisions, as returned by `changesBetween`. Cached by what is compared,
 * since comparing long texts takes up to a second: also for a revision that is about to be
 * published.
 */
export function changesBetweenRevisions(before: Compared, after: Compared): Changes | null {
  const key = `${keyOf(before)} ${keyOf(after)}`;
  const cached = cache.get(key);
  if (cached) return cached;
  const changes = changesBetween(before, after);
  // Equal revisions need no word comparison, so caching would save nothing.
  if (changes) cache.set(key, changes);
  return changes;
}
