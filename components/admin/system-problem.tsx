'use client';

import { useLocale, useTranslations } from 'next-intl';
import { getPathname } from '@/lib/platform/i18n/navigation';

/** Why a valid admin form was not saved: an internal error, or an expired session. */
export function SystemProblem({ problem }: { problem: 'failed' | 'signed-out' }) {
  const t = useTranslations('admin');
  const locale = useLocale();
  if (problem === 'failed') return t('failed');
  return t.rich('signedOut', {
    // Opens in a new tab, so that the input stays in this one.
    link: (words) => (
      <a href={getPathname({ href: '/admin/sign-in', locale })} target="_blank">
        {words}
      </a>
    ),
  });
}

/** Whether a problem code is handled by {@link SystemProblem} and not by the form itself. */
export const isSystemProblem = (problem: string | null): problem is 'failed' | 'signed-out' =>
  problem === 'failed' || problem === 'signed-out';
