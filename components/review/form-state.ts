import type { FieldErrors } from '@/lib/endorsement/schema';

/** What a form of the review that could not be saved comes back with: what is wrong, and all that was typed. */
export interface FormState {
  errors: FieldErrors;
  /** Somebody else was faster, or the step is no longer possible. */
  refused: boolean;
  /** It could not be saved for a reason of ours, such as the database being away. */
  failed?: boolean;
  typed: Record<string, string>;
}

export type PlainAction = (form: FormData) => Promise<void>;
export type FormAction = (previous: FormState | null, form: FormData) => Promise<FormState>;
