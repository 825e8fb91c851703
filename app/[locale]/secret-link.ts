import type { Metadata } from 'next';
import { errorName, log } from '@/lib/platform/log';
import { isToken } from '@/lib/platform/tokens';
import { routeLocale } from './locale';

export interface SecretLinkProps {
  params: Promise<{ locale: string; token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The token that a form carries. Anything else becomes the token of no link, since the answer's address repeats it. */
export function tokenIn(form: FormData): string {
  const token = form.get('token');
  return typeof token === 'string' && isToken(token) ? token : 'unknown';
}

/** A page behind a secret link is for nobody but who was sent it. */
export const UNSEEN: Metadata = { robots: { index: false, follow: false } };

/**
 * What the page behind a link from a mail shows: what its token leads to, or null where that cannot be read now; and
 * what came of pressing a button of the page in vain: null when none was.
 */
export async function behindLink<T>({ params, searchParams }: SecretLinkProps, read: (token: string) => Promise<T>) {
  const locale = await routeLocale(params);
  const { token } = await params;
  const given = (await searchParams).failed;
  const failed = given === undefined ? null : String(given);
  const found = await read(token).catch((error: unknown) => {
    log('error', 'what a link leads to could not be read', { error: errorName(error) });
    return null;
  });
  return { locale, token, failed, found };
}
