import type { Language } from '@/lib/platform/languages';

/** A view of the page on which a letter's text is edited. */
export interface TextView {
  language: Language;
  /** Version of a save to show. */
  save?: number;
  /** Version of a save to restore into the form. */
  take?: number;
  /** Page number of the list of saves. */
  saves?: number;
  /** Time of the action that led here; a new value resets the forms. */
  at?: number;
}

/** The path of a view of a letter's text, without the locale. */
export function textPath(slug: string, view: TextView): string {
  const query = new URLSearchParams({ language: view.language });
  for (const key of ['save', 'take', 'saves', 'at'] as const)
    if (view[key]) query.set(key, String(view[key]));
  return `/admin/letters/${slug}/text?${query}`;
}
