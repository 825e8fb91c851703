import { notFound } from 'next/navigation';

/**
 * Catch-all for unknown paths under a locale; without it, Next would render its own untranslated
 * 404 page.
 */
export default function UnknownAddress() {
  notFound();
}
