/** The same as the maximum number of cached pages in handler.mjs. */
const MAX_PAGES = 2_000;

const pageCache = () =>
  (globalThis as { undersignedPageCache?: { emptied: number } }).undersignedPageCache;

const known = new Set<string>();
let knownSince = -1;

/**
 * Whether `lookUp` finds a page at a path. Positive results are kept until the page cache is
 * cleared, as long as the page itself: no query delays it, and it can be served while the database
 * is unavailable.
 */
export async function isKnownPage(path: string, lookUp: () => Promise<boolean>): Promise<boolean> {
  const emptied = pageCache()?.emptied;
  if (emptied !== knownSince) known.clear();
  knownSince = emptied ?? -1;
  if (known.has(path)) return true;
  const found = await lookUp();
  // Cleared during the lookup, whose result may be out of date.
  if (found && emptied !== undefined && emptied === pageCache()?.emptied && known.size < MAX_PAGES)
    known.add(path);
  return found;
}
