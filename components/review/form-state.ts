/** What a button of the review does. */
export type PlainAction = (form: FormData) => Promise<void>;
