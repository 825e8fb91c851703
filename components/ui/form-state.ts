/** The state of a refused form: errors, and the submitted values. */
export interface FormState {
  /**
   * Differs for each response. Used as a key, so that fields are remounted with the submitted
   * values, since React resets a form after its action.
   */
  answer: number;
  typed: Record<string, string>;
  /** Error codes by field; each form has messages for its codes. */
  errors: Record<string, string[]>;
  /**
   * Why the form was not saved, apart from invalid fields: a code of the form, `failed` for an
   * internal error, or `signed-out`.
   */
  problem: string | null;
  /** Values for placeholders in error messages: a number, a time, a free slug. */
  details?: Record<string, string>;
}

export type FormAction = (previous: FormState | null, form: FormData) => Promise<FormState>;
