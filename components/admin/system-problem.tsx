'use client';

import { useLocale, useTranslations } from 'next-intl';
import { getPathname } from '@/lib/platform/i18n/navigation';

/** Why a form of the tool was not saved where nothing in it is wrong: a reason of ours, or that the session has ended. */
export function SystemProblem({ problem }: { problem: 'failed' | 'signed-out' }) {
  const t = useTranslations('admin');
  const locale = useLocale();
  if (problem === 'failed') return t('failed');
  return t.rich('signedOut', {
    // In a window of its own: what is typed stays in this one.
    link: (words) => (
      <a href={getPathname({ href: '/admin/sign-in', locale })} target="_blank">
        {words}
      </a>
    ),
  });
}

/** Whether a problem is one of those of {@link SystemProblem}, and none of the form's own. */
export const isSystemProblem = (problem: string | null): problem is 'failed' | 'signed-out' =>
  problem === 'failed' || problem === 'signed-out';
