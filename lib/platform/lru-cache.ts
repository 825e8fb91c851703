/**
 * Keeps what is dear to make, for this process: at most `most` values, of which the one asked for least lately goes first.
 * @returns what stands under a key, made where there is nothing
 */
export function lruCache<V>(most: number): {
  get: (key: string, make: () => V) => V;
  delete: (key: string) => void;
} {
  const kept = new Map<string, { value: V }>();
  return {
    get(key, make) {
      const entry = kept.get(key) ?? { value: make() };
      kept.delete(key);
      kept.set(key, entry);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return entry.value;
    },
    delete: (key) => void kept.delete(key),
  };
}
