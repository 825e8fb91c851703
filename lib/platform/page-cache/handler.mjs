/**
 * Next's cache of rendered pages: an in-process LRU cache. Unlike Next's own, it can be emptied
 * outside of a request, which the watcher (watcher.ts) does when another server process has changed
 * public data (ADR 5).
 *
 * Plain JavaScript because Next loads it without compiling.
 */

import { policyFor } from './script-hashes.mjs';

/** @typedef {import('next/dist/server/lib/incremental-cache').CacheHandlerValue} CacheHandlerValue */

/** Maximum number of pages; the least recently used is evicted. A page takes tens of kilobytes. */
const MAX_PAGES = 2_000;

/** @param {Map<string, unknown>} map */
function evictOldest(map) {
  if (map.size > MAX_PAGES) map.delete(/** @type {string} */ (map.keys().next().value));
}

/**
 * The slug in the path of a letter's page. Undefined for other pages, which may show any letter.
 * @param {string} path
 */
const slugIn = (path) => /\/(?:letters|done)\/([^/]+)/.exec(path)?.[1];

/**
 * One cache per process, on the global object: Next can load this file several times, and the
 * watcher is in a separate bundle.
 */
class Store {
  /** @type {Map<string, CacheHandlerValue>} least recently used first */
  pages = new Map();
  /** Pages being rendered, and whether the cache has not been emptied of them since. @type {Map<string, boolean>} */
  rendering = new Map();
  /** Paths at which there is a page (known-pages.ts). @type {Set<string>} */
  known = new Set();
  /** How often pages have been removed. */
  emptied = 0;

  /**
   * Removes the pages of some letters, and those that may show any; without slugs, all.
   * @param {ReadonlySet<string>} [slugs]
   */
  empty(slugs) {
    this.emptied += 1;
    /** @param {string} path */
    const isStale = (path) => {
      const slug = slugIn(path);
      return !slugs || slug === undefined || slugs.has(slug);
    };
    for (const path of this.pages.keys()) if (isStale(path)) this.pages.delete(path);
    for (const path of this.known) if (isStale(path)) this.known.delete(path);
    for (const path of this.rendering.keys()) if (isStale(path)) this.rendering.set(path, false);
  }

  /** @param {string} path */
  know(path) {
    if (this.known.size < MAX_PAGES) this.known.add(path);
  }
}

const globals = /** @type {{ undersignedPageCache?: Store }} */ (globalThis);
const store = (globals.undersignedPageCache ??= new Store());

export default class PageCache {
  /** @param {string} key */
  async get(key) {
    const page = store.pages.get(key);
    if (!page) {
      if (!store.rendering.has(key)) store.rendering.set(key, true);
      evictOldest(store.rendering);
      return null;
    }
    store.pages.delete(key);
    store.pages.set(key, page);
    // Ignores the revalidation time: the watcher removes a page that is out of date, and while the
    // database is unavailable, none is.
    return { ...page, lastModified: Date.now() };
  }

  /** @param {string} key @param {any} value @param {any} context */
  async set(key, value, context) {
    // In place, since this is also what Next responds with to the request that had it rendered.
    if (value?.kind === 'APP_PAGE')
      value.headers = {
        ...value.headers,
        'content-security-policy': policyFor(value.html, value.rscData?.toString() ?? ''),
      };
    const isCurrent = store.rendering.get(key);
    store.rendering.delete(key);
    store.pages.delete(key);
    // Emptied of this page while it was being rendered: it may be out of date. The next request
    // renders it again.
    if (value === null || !isCurrent) return;
    store.pages.set(key, { lastModified: Date.now(), value, cacheControl: context?.cacheControl });
    evictOldest(store.pages);
  }

  async revalidateTag() {
    store.empty();
  }

  resetRequestCache() {}
}
