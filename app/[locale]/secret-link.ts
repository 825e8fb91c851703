import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { errorName, log } from '@/lib/platform/log';
import { isToken, tokenIn } from '@/lib/platform/tokens';
import { routeLocale } from './locale';

export interface SecretLinkProps {
  params: Promise<{ locale: string; token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * The token in a form. Malformed input becomes an unknown token, because the redirect URL contains
 * it.
 */
export function tokenOf(form: FormData): string {
  const token = form.get('token');
  return typeof token === 'string' && isToken(token) ? token : 'unknown';
}

/** Metadata of pages with a secret URL: not indexed. */
export const UNSEEN: Metadata = { robots: { index: false, follow: false } };

type TitleKey =
  | 'endorsement.attested.title'
  | 'endorsement.confirm.pageTitle'
  | 'endorsement.invited.end.on.title'
  | 'endorsement.invited.title'
  | 'endorsement.unsubscribe.on.title'
  | 'entry.nomination.title'
  | 'entry.pageTitle'
  | 'entry.share.pageTitle'
  | 'mailing.end.on.title'
  | 'revision.reaffirmation.pageTitle';

/** `generateMetadata` of a page with a secret URL. */
export const secretTitle =
  (title: TitleKey) =>
  async ({ params }: SecretLinkProps): Promise<Metadata> => {
    const t = await getTranslations({ locale: await routeLocale(params) });
    return { title: t(title), ...UNSEEN };
  };

/**
 * The state of a page with a secret URL: the record of its token, or null if it cannot be read now;
 * and why the last action failed, or null.
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
    log('error', 'the record of a secret link could not be read', { error: errorName(error) });
    return null;
  });
  return { locale, token, failed, found };
}
