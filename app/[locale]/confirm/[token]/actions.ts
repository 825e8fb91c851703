'use server';

import { hasLocale } from 'next-intl';
import { headers } from 'next/headers';
import { z } from 'zod';
import { isSlug } from '@/lib/letter/rules';
import { clientOf } from '@/lib/platform/client-address';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { confirm, sendNewLink } from '@/lib/endorsement/verification/commands';
import { forgetInput } from '@/app/[locale]/kept-input';
import { tokenOf } from '@/app/[locale]/secret-link';

function read(form: FormData): {
  token: string;
  slug: string;
  revision: number;
  attempt: string | null;
  locale: Locale;
} {
  const locale = form.get('locale');
  const slug = String(form.get('slug') ?? '');
  const attempt = z.uuid().safeParse(form.get('attempt'));
  return {
    token: tokenOf(form),
    slug: isSlug(slug) ? slug : '',
    revision: Number(form.get('revision')) || 0,
    attempt: attempt.success ? attempt.data : null,
    locale: hasLocale(routing.locales, locale) ? locale : routing.defaultLocale,
  };
}

/** Runs `work` and returns whether it succeeded. Errors are logged without the token. */
async function attempt<T>(what: string, work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    log('error', what, { error: errorName(error) });
    return null;
  });
}

/** Action of the confirmation page's button. On failure, the page shows what to do next. */
export async function confirmEndorsement(form: FormData): Promise<void> {
  const { token, revision, attempt: chosen, locale } = read(form);
  const outcome = await attempt('a confirmation failed', confirm(token, revision, chosen));
  if (outcome?.ok) await forgetInput();
  if (outcome?.ok) redirect({ href: `/confirm/done/${outcome.letterSlug}`, locale });
  redirect({ href: outcome ? `/confirm/${token}` : `/confirm/${token}?failed`, locale });
}

/** Action of an expired link's button. The result is the same whether or not a mail was sent. */
export async function requestNewLink(form: FormData): Promise<void> {
  const { token, slug, locale } = read(form);
  const outcome = await attempt(
    'a new link could not be sent',
    sendNewLink(token, clientOf(await headers())),
  );
  // It may be of another sign-up, with another address.
  if (outcome?.ok) await forgetInput();
  if (outcome?.ok) redirect({ href: `/letters/${slug}/endorse/check-your-email`, locale });
  redirect({ href: `/confirm/${token}?failed${outcome ? '=too-many' : ''}`, locale });
}
