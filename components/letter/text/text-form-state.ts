import type { FormState } from '@/components/ui/form-state';
import type { Gap, Piece } from '@/lib/letter/text/difference';
import type { Part } from '@/lib/letter/text/content';

/** What others changed in a part of a text that was being written. */
export interface ChangedPart {
  part: Part;
  theirText: string;
  /** What they changed. */
  theirs: (Piece | Gap)[];
  /** What the writer changed; null where they changed nothing, so that the others' text was taken over. */
  mine: (Piece | Gap)[] | null;
}

/** What others did to a text while it was being written. */
export interface ChangedText {
  /** Who saved since; empty when that is not known. */
  by: string[];
  /** When it was saved last, ISO 8601. */
  at: string;
  removed: boolean;
  parts: ChangedPart[];
}

/** A text that was not saved; with what others changed where that is why. */
export interface TextState extends FormState {
  changed?: ChangedText;
}
