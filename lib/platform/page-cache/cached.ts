interface Cached {
  value?: { status?: number } | null;
}

/** Whether this process's page cache (handler.mjs) holds the page at a path; an error page does not count. */
export function isCached(path: string): boolean {
  const { undersignedPageCache: cache } = globalThis as {
    undersignedPageCache?: { pages: ReadonlyMap<string, Cached> };
  };
  const value = cache?.pages.get(path)?.value;
  return Boolean(value) && (value!.status ?? 200) < 400;
}
