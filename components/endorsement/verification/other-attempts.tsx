import { preferred } from '@/lib/platform/languages';
import { isolated } from '@/lib/platform/text/written-language';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { ActionButton, type ButtonAction } from '@/components/ui/action-button';
import { PreferredName } from '@/components/organization/organization-name';
import { fullTitle } from '@/lib/letter/rules';
import type { Attempt } from '@/lib/endorsement/verification/queries';

/**
 * Other unconfirmed sign-ups with the link's mail address, each with its own button. Renders
 * nothing if there are none.
 */
export function OtherAttempts({
  attempts,
  token,
  action,
}: {
  attempts: Attempt[];
  token: string;
  action: ButtonAction;
}) {
  const t = useTranslations('endorsement.confirm.others');
  const format = useFormatter();
  const locale = useLocale();
  if (attempts.length === 0) return null;
  return (
    <section aria-labelledby="others" className="border-t border-line pt-6">
      <h2 id="others" className="font-semibold">
        {t('title')}
      </h2>
      <p className="mt-1 text-quiet">{t('explanation')}</p>
      <ul className="mt-4">
        {attempts.map(({ id, names, letterTitles, submittedAt, revision, changedSince }) => {
          const titled = preferred(letterTitles, locale);
          const name = isolated(preferred(names, locale)?.said ?? '');
          const when = format.dateTime(submittedAt, {
            year: 'numeric',
            month: 'short',
            day: 'numeric',
            hour: '2-digit',
            minute: '2-digit',
            timeZoneName: 'short',
          });
          return (
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3"
            >
              <div className="min-w-0 [overflow-wrap:anywhere]">
                <p className="font-semibold">
                  <PreferredName names={names} />
                </p>
                <p className="text-sm text-quiet">
                  <span lang={titled?.language}>{titled && fullTitle(titled.said)}</span> ·{' '}
                  <time dateTime={submittedAt.toISOString()}>{when}</time>
                </p>
                {changedSince && <p className="text-sm">{t('changed')}</p>}
              </div>
              <ActionButton
                action={action}
                fields={{ token, revision, attempt: id, locale }}
                label={t('confirm')}
                of={t('confirmOf', { name, when })}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
