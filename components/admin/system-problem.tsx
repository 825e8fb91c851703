'use client';

import { useLocale, useTranslations } from 'next-intl';
import { pathIn } from '@/lib/platform/i18n/routing';

/** Why a valid admin form was not saved: an internal error, or an expired session. */
export function SystemProblem({ problem }: { problem: 'failed' | 'signed-out' }) {
  const t = useTranslations('admin');
  const locale = useLocale();
  if (problem === 'failed') return t('failed');
  return t.rich('signedOut', {
    // Opens in a new tab, so that the input stays in this one.
    link: (words) => (
      <a href={pathIn(locale, '/admin/sign-in')} target="_blank">
        {words}
      </a>
    ),
  });
}

/** Whether a problem code is handled by {@link SystemProblem} and not by the form itself. */
export const isSystemProblem = (problem: string | null): problem is 'failed' | 'signed-out' =>
  problem === 'failed' || problem === 'signed-out';
