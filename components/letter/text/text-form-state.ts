import type { FormState } from '@/components/ui/form-state';
import type { Gap, Piece } from '@/lib/letter/text/difference';
import type { ContentField } from '@/lib/letter/text/content';

/** What others changed in a field while this coordinator was editing it. */
export interface ChangedField {
  field: ContentField;
  theirText: string;
  /** The others' changes. */
  theirs: (Piece | Gap)[];
  /**
   * This coordinator's changes; null if there are none, in which case the others' text was taken over.
   */
  mine: (Piece | Gap)[] | null;
}

/** What others did to a text while this coordinator was editing it. */
export interface TextConflict {
  /** Who has saved since; empty if unknown. */
  by: string[];
  /** Time of the last save, ISO 8601. */
  at: string;
  removed: boolean;
  fields: ChangedField[];
}

/** The state of a form that was not saved; `conflict` if others' changes are the reason. */
export interface TextFormState extends FormState {
  conflict?: TextConflict;
}
