/** As many as handler.mjs caches pages. */
const MOST = 2_000;

const pageCache = () =>
  (globalThis as { undersignedPageCache?: { emptied: number } }).undersignedPageCache;

const known = new Set<string>();
let knownSince = -1;

/**
 * Whether `lookUp` finds a page at a path. A page that was found is known until the page cache is emptied, just as long as
 * it stays cached: no lookup delays it, and it can be read while the database is away.
 */
export async function isKnownPage(path: string, lookUp: () => Promise<boolean>): Promise<boolean> {
  const emptied = pageCache()?.emptied;
  if (emptied !== knownSince) known.clear();
  knownSince = emptied ?? -1;
  if (known.has(path)) return true;
  const found = await lookUp();
  // Emptied during the lookup, it may have found what was true before.
  if (found && emptied !== undefined && emptied === pageCache()?.emptied && known.size < MOST)
    known.add(path);
  return found;
}
