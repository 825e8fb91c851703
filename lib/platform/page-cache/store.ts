/** What the rest of the product needs of the page cache in handler.mjs, which Next loads by itself. */
interface PageCacheStore {
  readonly known: ReadonlySet<string>;
  readonly emptied: number;
  empty(slugs?: ReadonlySet<string>): void;
  know(path: string): void;
}

/** This process's page cache; undefined before Next has loaded its handler. */
export const pageCache = (): PageCacheStore | undefined =>
  (globalThis as { undersignedPageCache?: PageCacheStore }).undersignedPageCache;
