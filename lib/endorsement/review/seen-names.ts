import type { LetterAccess } from '@/lib/coordinator/access';
import { namesOf, type NameRow } from '@/lib/organization/names';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import type { ByLanguage } from '@/lib/platform/languages';
import { mayShowName } from '../rules';

/** Names, as far as a coordinator may see them; `hidden`: not at all. */
export interface SeenNames {
  names: ByLanguage;
  hidden: boolean;
}

/** The names of an entry, as far as the coordinator may see them. */
export function seenNames(
  { role }: LetterAccess,
  { names, visibility }: { names: readonly NameRow[]; visibility: Visibility },
): SeenNames {
  const hidden = !mayShowName(visibility, role);
  return { names: hidden ? {} : namesOf(names).names, hidden };
}
