/** What the database holds of an endorsement's names in order to find them, without the names (ADR 52). */
import type { Names } from '@/lib/organization/names';
import { foldName } from '@/lib/organization/folding';
import type { OrderSettings } from '@/lib/organization/order';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { keyedHash } from '@/lib/platform/sealing';
import { derivedFromNames, nameKey } from './rules';

/** The `name_key` of an endorsement: a keyed hash of {@link nameKey}. */
export const nameHash = (names: Pick<Names, 'names'>): string => keyedHash(nameKey(names));

/** The keyed hashes by which withheld names are found: of each, folded and whole. */
export const nameHashes = (names: readonly string[]): string[] => [
  ...new Set(names.map(foldName).filter(Boolean).map(keyedHash)),
];

/**
 * The columns derived from the names. Of withheld ones, no sort key, and keyed hashes in place of
 * the names in the text for search.
 */
export function storedFromNames(
  {
    visibility,
    ...entry
  }: Names & { website: string | null; signedAt: Date; visibility: Visibility },
  order: OrderSettings,
): { sortKey: string; searchText: string } {
  if (visibility === 'named') return derivedFromNames(entry, order);
  const { searchText } = derivedFromNames({ ...entry, names: {}, reading: null }, order);
  return {
    sortKey: '',
    searchText: nameHashes(Object.values(entry.names)).join(' ') + searchText,
  };
}
