/**
 * Next's cache of rendered pages: an in-process LRU cache. Unlike Next's own, it can be cleared
 * outside of a request, which the watcher (watcher.ts) does when another server process has changed
 * public data. It is always cleared as a whole: rendering a page again takes milliseconds, and
 * there is no need to track which pages show a letter (ADR 0005).
 *
 * Plain JavaScript because Next loads it without compiling.
 */

/** @typedef {import('next/dist/server/lib/incremental-cache').CacheHandlerValue} CacheHandlerValue */

/** Maximum number of pages; the least recently used is evicted. A page takes tens of kilobytes. */
const MAX_PAGES = 2_000;

/**
 * One cache per process, on the global object: Next can load this file several times, and the
 * watcher is in a separate bundle.
 */
class Store {
  /** @type {Map<string, CacheHandlerValue>} least recently used first */
  pages = new Map();
  /** The value of `emptied` at the cache miss of each page being rendered. @type {Map<string, number>} */
  emptiedAtMiss = new Map();
  emptied = 0;

  empty() {
    this.emptied += 1;
    this.pages.clear();
  }
}

const globals = /** @type {{ undersignedPageCache?: Store }} */ (globalThis);
const store = (globals.undersignedPageCache ??= new Store());

/** @param {Map<string, unknown>} map */
function evictOldest(map) {
  if (map.size > MAX_PAGES) map.delete(/** @type {string} */ (map.keys().next().value));
}

export default class PageCache {
  /** @param {string} key */
  async get(key) {
    const page = store.pages.get(key);
    if (!page) {
      if (!store.emptiedAtMiss.has(key)) store.emptiedAtMiss.set(key, store.emptied);
      evictOldest(store.emptiedAtMiss);
      return null;
    }
    store.pages.delete(key);
    store.pages.set(key, page);
    // Ignores the revalidation time: the watcher clears the cache when a page is out of date, and
    // while the database is unavailable, none is.
    return { ...page, lastModified: Date.now() };
  }

  /** @param {string} key @param {any} value @param {any} context */
  async set(key, value, context) {
    const emptiedAtMiss = store.emptiedAtMiss.get(key);
    store.emptiedAtMiss.delete(key);
    store.pages.delete(key);
    // Cleared while this page was being rendered: it may be out of date. The next request renders
    // it again.
    if (value === null || emptiedAtMiss !== store.emptied) return;
    store.pages.set(key, { lastModified: Date.now(), value, cacheControl: context?.cacheControl });
    evictOldest(store.pages);
  }

  async revalidateTag() {
    store.empty();
  }

  resetRequestCache() {}
}
