import type { Metadata } from 'next';
import { errorName, log } from '@/lib/platform/log';
import { isToken, tokenIn } from '@/lib/platform/tokens';
import { routeLocale } from './locale';

export interface SecretLinkProps {
  params: Promise<{ locale: string; token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The token that a form carries. Anything else becomes the token of no link, since the answer's address repeats it. */
export function tokenOf(form: FormData): string {
  const token = form.get('token');
  return typeof token === 'string' && isToken(token) ? token : 'unknown';
}

/** A page behind a secret link is for nobody but who was sent it. */
export const UNSEEN: Metadata = { robots: { index: false, follow: false } };

/**
 * What the page behind a link from a mail shows: what its token leads to, or null where that cannot be read now; and
 * what came of pressing a button of the page in vain: null when none was.
 */
export async function behindLink<T>(
  { params, searchParams }: SecretLinkProps,
  read: (token: string) => Promise<T>,
) {
  const locale = await routeLocale(params);
  const given = (await params).token;
  const token = tokenIn(given) ?? 'unknown';
  const outcome = (await searchParams).failed;
  const failed = outcome === undefined ? null : String(outcome);
  const found = await read(token).catch((error: unknown) => {
    log('error', 'what a link leads to could not be read', { error: errorName(error) });
    return null;
  });
  return { locale, token, failed, found };
}
