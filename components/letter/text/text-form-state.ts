import type { FormState } from '@/components/admin/form-state';
import type { Gap, Piece } from '@/lib/letter/text/difference';
import type { ContentField } from '@/lib/letter/text/content';

/** What others changed in a field of a text that was being edited. */
export interface ChangedField {
  field: ContentField;
  theirText: string;
  /** What they changed. */
  theirs: (Piece | Gap)[];
  /** What this coordinator changed; null where they changed nothing, so that the others' text was taken over. */
  mine: (Piece | Gap)[] | null;
}

/** What others did to a text while it was being edited. */
export interface TextConflict {
  /** Who saved since; empty when that is not known. */
  by: string[];
  /** When it was saved last, ISO 8601. */
  at: string;
  removed: boolean;
  fields: ChangedField[];
}

/** A text that was not saved; with what others changed where that is why. */
export interface TextFormState extends FormState {
  conflict?: TextConflict;
}
