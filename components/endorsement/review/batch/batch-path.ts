import { reviewPath } from '../view';

/** The path of a letter's page of several selected entries, or of a batch, without the locale. */
export const batchPath = (slug: string, batch?: string): string =>
  `${reviewPath(slug, {})}/batch${batch ? `/${batch}` : ''}`;
