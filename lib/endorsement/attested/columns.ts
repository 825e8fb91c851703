/** What is stored of an endorsement that a coordinator attests. */
import { categoryPlace } from '@/lib/letter/categories';
import type { ListSettings } from '@/lib/letter/list-settings';
import type { Names } from '@/lib/organization/names';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { nameHash, storedFromNames } from '../keys';

/** An organization that has signed, as a coordinator entered it. */
export interface AttestedOrganization extends Names {
  website: string | null;
  country: string;
  visibility: Visibility;
  /** Id of one of the letter's categories; null in a letter without them. */
  category: string | null;
}

/** The columns of its endorsement, which stands behind `revision`, but for the state and the evidence. */
export function attestedColumns(
  { names, reading, website, country, visibility, category }: AttestedOrganization,
  { order, revision, now }: { order: ListSettings; revision: number; now: Date },
) {
  return {
    proof: 'attested' as const,
    nameKey: nameHash({ names }),
    website,
    country,
    visibility,
    category,
    categoryPlace: categoryPlace(order, category),
    revision,
    signedRevision: revision,
    submittedAt: now,
    agreedAt: now,
    verifiedAt: now,
    ...storedFromNames({ names, reading, website, signedAt: now, visibility }, order),
  };
}
