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

/** @type {Map<string, CacheHandlerValue>} least recently read first */
const pages = new Map();
/** How often the cache had been emptied when a page was first asked for since it was last stored. @type {Map<string, number>} */
const askedAt = new Map();
let emptied = 0;

/** @param {Map<string, unknown>} map */
function makeRoom(map) {
  if (map.size > MAX_PAGES) map.delete(/** @type {string} */ (map.keys().next().value));
}

function empty() {
  emptied += 1;
  pages.clear();
}

Object.assign(globalThis, { undersignedPageCache: { empty } });

export default class PageCache {
  /** @param {string} key */
  async get(key) {
    if (!askedAt.has(key)) {
      askedAt.set(key, emptied);
      makeRoom(askedAt);
    }
    const page = pages.get(key);
    if (!page) return null;
    pages.delete(key);
    pages.set(key, page);
    return page;
  }

  /** @param {string} key @param {any} value @param {any} context */
  async set(key, value, context) {
    const asked = askedAt.get(key);
    askedAt.delete(key);
    pages.delete(key);
    // Emptied while this page was being made: it may show what was true before. The next request makes it anew.
    if (value === null || asked !== emptied) return;
    pages.set(key, { lastModified: Date.now(), value, cacheControl: context?.cacheControl });
    makeRoom(pages);
  }

  async revalidateTag() {
    empty();
  }

  resetRequestCache() {}
}
