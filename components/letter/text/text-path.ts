import type { Language } from '@/lib/platform/languages';

/** A view of the page on which a letter's text is written. */
export interface TextView {
  language: Language;
  /** A save to be shown. */
  save?: number;
  /** A save whose text is put into the form. */
  take?: number;
  /** Page of the list of saves. */
  saves?: number;
  /** When something was done that led here: forms begin anew. */
  at?: number;
}

/** The address of a view of the text of the letter at `slug`, without the locale. */
export function textPath(slug: string, view: TextView): string {
  const query = new URLSearchParams({ language: view.language });
  for (const key of ['save', 'take', 'saves', 'at'] as const)
    if (view[key]) query.set(key, String(view[key]));
  return `/admin/letters/${slug}/text?${query}`;
}
