/**
 * Next's cache of rendered pages, in this process's memory. Unlike Next's own it can be emptied from outside a request,
 * which the watcher (watcher.ts) does when another server process has changed what the public sees. Everything goes at
 * once: a page is made again in milliseconds, and which pages show a letter is then nobody's worry (ADR 0005).
 *
 * Plain JavaScript because Next loads it as it stands.
 */

/** @typedef {import('next/dist/server/lib/incremental-cache').CacheHandlerValue} CacheHandlerValue */

/** Pages kept; the least recently read makes room. A page is some tens of kilobytes. */
const MAX_PAGES = 2_000;

/**
 * One cache a process, on the global object: Next may load this file more than once, and the watcher is in a bundle of
 * its own.
 */
class Store {
  /** @type {Map<string, CacheHandlerValue>} least recently read first */
  pages = new Map();
  /** How often the cache had been emptied when the making of a page began. @type {Map<string, number>} */
  askedAt = new Map();
  emptied = 0;

  empty() {
    this.emptied += 1;
    this.pages.clear();
  }
}

const globals = /** @type {{ undersignedPageCache?: Store }} */ (globalThis);
const store = (globals.undersignedPageCache ??= new Store());

/** @param {Map<string, unknown>} map */
function makeRoom(map) {
  if (map.size > MAX_PAGES) map.delete(/** @type {string} */ (map.keys().next().value));
}

export default class PageCache {
  /** @param {string} key */
  async get(key) {
    const page = store.pages.get(key);
    if (!page) {
      if (!store.askedAt.has(key)) store.askedAt.set(key, store.emptied);
      makeRoom(store.askedAt);
      return null;
    }
    store.pages.delete(key);
    store.pages.set(key, page);
    // Never past its time: the watcher says when a page is out of date, and while the database is away none is.
    return { ...page, lastModified: Date.now() };
  }

  /** @param {string} key @param {any} value @param {any} context */
  async set(key, value, context) {
    const asked = store.askedAt.get(key);
    store.askedAt.delete(key);
    store.pages.delete(key);
    // Emptied while this page was being made: it may show what was true before. The next request makes it anew.
    if (value === null || asked !== store.emptied) return;
    store.pages.set(key, { lastModified: Date.now(), value, cacheControl: context?.cacheControl });
    makeRoom(store.pages);
  }

  async revalidateTag() {
    store.empty();
  }

  resetRequestCache() {}
}
