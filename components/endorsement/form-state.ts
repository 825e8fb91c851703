import type { FieldErrors } from '@/lib/endorsement/schema';
import { rawMax } from '@/lib/platform/text/raw-text';

/** The fields of the form, in their order on the page. */
export const FIELDS = [
  'nameJa',
  'reading',
  'nameEn',
  'website',
  'country',
  'representativeName',
  'representativeRole',
  'representativeEmail',
  'visibility',
  'mayEndorse',
  'privacyConsent',
] as const;

export type Field = (typeof FIELDS)[number];

/** What was typed, as the browser sent it; a box that was ticked is `on`. */
export type FormValues = Record<Field, string>;

/** What the form knows after an answer. */
export interface EndorseFormState {
  /** Differs with every answer: fields are then made anew with what was typed, since React empties a form after its action. */
  answer: number;
  values: FormValues;
  errors: FieldErrors;
  failure:
    | 'unknown-letter'
    | 'closed'
    | 'paused'
    | 'too-many'
    | 'changed'
    | 'withheld-not-offered'
    | 'unexpected'
    | null;
  /** The letter's text that the answer showed the way to, once the text has changed; null before. */
  revision: number | null;
  /** After how long it is worth sending again; null unless too much was sent. */
  retryAfterSeconds: number | null;
}

/** As much of a field as is kept: more than any of them may arrive with, so that what was cut is still refused as too long. */
const KEPT_MAX = rawMax(1_000);

/** Reads the named fields; whatever else a form may hold (files, repeated or foreign fields) is not looked at. */
export function typedValues(form: FormData): FormValues {
  const entries = FIELDS.map((field) => {
    const value = form.get(field);
    return [field, typeof value === 'string' ? value.slice(0, KEPT_MAX) : ''];
  });
  return Object.fromEntries(entries) as FormValues;
}
