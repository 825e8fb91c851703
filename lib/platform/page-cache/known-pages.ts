import { pageCache } from './store';

/**
 * Whether `lookUp` finds a page at a path, such as `/en/letters/a-letter`. Positive results are kept
 * as long as the page itself would be in the page cache: no query delays it, and it can be served
 * while the database is unavailable.
 */
export async function isKnownPage(path: string, lookUp: () => Promise<boolean>): Promise<boolean> {
  if (pageCache()?.known.has(path)) return true;
  const emptied = pageCache()?.emptied;
  const found = await lookUp();
  // If the cache was emptied during the lookup, its result may be out of date.
  if (found && emptied === pageCache()?.emptied) pageCache()?.know(path);
  return found;
}
