import { useLocale } from 'next-intl';
import type { ComponentProps } from 'react';
import { pathIn } from '@/lib/platform/i18n/routing';

/**
 * A link to a page in the present language, which the browser loads as a whole: public pages come
 * whole from a cache, and the router's links are scripts that every reader would load (ADR 37). Admin
 * pages, which keep their state, have those (`lib/platform/i18n/navigation.ts`).
 */
export function Link({ href, ...attributes }: ComponentProps<'a'> & { href: string }) {
  return <a {...attributes} href={pathIn(useLocale(), href)} />;
}
