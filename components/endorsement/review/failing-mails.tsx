import { useLocale, useTranslations } from 'next-intl';
import { sectionPath } from '@/components/admin/sections';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/lib/platform/i18n/navigation';
import type { FailingMail } from '@/lib/platform/mail/failures';
import type { ButtonAction } from '@/components/ui/action-button';
import { HiddenView } from './hidden-view';
import { SubmitButton } from '@/components/ui/submit-button';
import { reviewPath, type ReviewView } from './view';
import { When, type Clock } from './when';

/**
 * A collapsed list of the letter's mails that could not be sent, with reasons and retry buttons.
 */
export function FailingMails({
  slug,
  view,
  mails,
  clock,
  retry,
}: {
  slug: string;
  view: ReviewView;
  mails: FailingMail[];
  clock: Clock;
  retry: ButtonAction;
}) {
  const t = useTranslations('endorsement.review');
  const locale = useLocale();
  if (mails.length === 0) return null;
  return (
    <details className="border-l-4 border-alert bg-wash px-3 py-1 text-[0.8125rem]/[1.5]">
      <summary className="min-h-6 cursor-pointer py-1 font-semibold">
        {t('mails.summary', { count: mails.length })}
      </summary>
      <ul
        className="max-h-72 overflow-auto"
        tabIndex={0}
        aria-label={t('mails.summary', { count: mails.length })}
      >
        {mails.map((mail) => (
          <li
            key={mail.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-1.5"
          >
            <span className="grow">
              <b className="font-semibold">{t(`mails.kinds.${mail.kind}`)}</b>
              {mail.endorsementId && (
                <>
                  {' · '}
                  <Link
                    href={reviewPath(slug, { ...view, entry: mail.endorsementId })}
                    prefetch={false}
                    scroll={false}
                  >
                    {t('mails.entry')}
                  </Link>
                </>
              )}
              <span className="block">
                {t('mails.since')}: <When at={mail.createdAt} clock={clock} /> ·{' '}
                {t('mails.attempts')}: {mail.attempts} ·{' '}
                {t(mail.failedAt ? 'mails.givenUp' : 'mails.trying')}
              </span>
              {mail.lastError && (
                <span className="block [overflow-wrap:anywhere]">
                  {t('mails.error')}: <code className="text-xs">{mail.lastError}</code>
                </span>
              )}
            </span>
            <form action={retry}>
              <HiddenView locale={locale} slug={slug} view={view} />
              <input type="hidden" name="mail" value={mail.id} />
              <SubmitButton className={buttonClass('outline', 'small')}>
                {t('mails.retry')}
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
      <p className="border-t border-line py-1.5">
        <Link href={sectionPath(slug, 'mails')} prefetch={false}>
          {t('mails.all')}
        </Link>
      </p>
    </details>
  );
}
