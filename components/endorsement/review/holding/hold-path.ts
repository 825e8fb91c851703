import type { LookedFor } from '@/lib/endorsement/review/schema';
import { fieldsOf, reviewPath } from '../view';

/** The path of a letter's page that holds entries, without the locale. @param all what all of them are looked for by */
export function holdPath(slug: string, all?: LookedFor): string {
  const path = `${reviewPath(slug, {})}/hold`;
  return all ? `${path}?${new URLSearchParams({ all: '1', ...fieldsOf(all) })}` : path;
}
