/** Where sign-ups of a letter come from: one network, or one mail domain. */
export interface Place {
  kind: 'network' | 'domain';
  /** Its hash. */
  key: string;
  /** Sign-ups from it lately, and between when. */
  count: number;
  first: Date;
  last: Date;
  /** Of those before, how many came from it. Only known of domains. */
  before: number;
}

/** The figures that decide, from lib/platform/limits.ts. */
export interface TrendTerms {
  least: number;
  factor: number;
  largeShare: number;
}

/**
 * Whether more sign-ups than usual come from a place. Of a network hardly more than one does; of a
 * mail domain as many as before, in proportion, and of a large provider's always many.
 * @param all how many sign-ups there were lately, and before
 * @param isLarge whether it is the domain of a large provider
 */
export function isUnusual(
  { kind, count, before }: Pick<Place, 'kind' | 'count' | 'before'>,
  all: { recent: number; before: number },
  isLarge: boolean,
  { least, factor, largeShare }: TrendTerms,
): boolean {
  if (count < least) return false;
  if (kind === 'network') return true;
  const share = all.before > 0 ? before / all.before : 0;
  return count > factor * all.recent * Math.max(share, isLarge ? largeShare : 0);
}

/** A place as a filter of the review: its kind and its hash. */
export const originKey = ({ kind, key }: Pick<Place, 'kind' | 'key'>): string => `${kind[0]}${key}`;

/** What {@link originKey} writes. */
export const ORIGIN = /^[nd][0-9a-f]{16}$/;
