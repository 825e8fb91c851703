import type { FormState } from '@/components/admin/form-state';
import type { Gap, Piece } from '@/lib/letter/text/difference';
import type { Part } from '@/lib/letter/text/content';

/** What others changed in a part while the writer was editing it. */
export interface ChangedPart {
  part: Part;
  theirText: string;
  /** The others' changes. */
  theirs: (Piece | Gap)[];
  /**
   * The writer's changes; null if there are none, in which case the others' text was taken over.
   */
  mine: (Piece | Gap)[] | null;
}

/** What others did to a text while the writer was editing it. */
export interface ChangedText {
  /** Who has saved since; empty if unknown. */
  by: string[];
  /** Time of the last save, ISO 8601. */
  at: string;
  removed: boolean;
  parts: ChangedPart[];
}

/** The state of a form that was not saved; `changed` if others' changes are the reason. */
export interface TextState extends FormState {
  changed?: ChangedText;
}
