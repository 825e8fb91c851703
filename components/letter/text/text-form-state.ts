import type { FormState } from '@/components/ui/form-state';
import type { Gap, Piece } from '@/lib/letter/text/difference';
import type { Notices } from '@/lib/letter/text/paste/left-out';
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

/** The name of the button that opens a Word file instead of saving. */
export const OPEN_WORD_FILE = 'openWordFile';

/** A Word file that is in the form now. */
export interface OpenedFile {
  name: string;
  /** Where its text went: into the empty body, behind what was there, or in its place. */
  put: 'filled' | 'after' | 'instead';
  /** Which other fields got something of it. */
  took: 'title' | 'subject' | 'both' | null;
  notices: Notices;
}

/**
 * The state of a form that was not saved; `conflict` if others' changes are the reason, `opened` if
 * it was to open a Word file.
 */
export interface TextFormState extends FormState {
  conflict?: TextConflict;
  opened?: OpenedFile;
}
