/** What a form that was not taken comes back with: what is wrong, and all that was typed. */
export interface FormState {
  /** Differs with every answer: fields are then made anew with what was typed, since React empties a form after its action. */
  answer: number;
  typed: Record<string, string>;
  /** Codes by field; each has words where its form's words stand. */
  errors: Record<string, string[]>;
  /** Why nothing was saved, besides wrong fields: a code of the form's own, `failed` for a reason of ours, or `signed-out`. */
  problem: string | null;
  /** What the words for errors and problems name: a number, a moment, an address that is free. */
  details?: Record<string, string>;
}

export type FormAction = (previous: FormState | null, form: FormData) => Promise<FormState>;
