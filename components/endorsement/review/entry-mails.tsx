import { useLocale, useTranslations } from 'next-intl';
import type { ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Entry } from '@/lib/endorsement/review/queries';
import { HiddenView } from './hidden-view';
import { MailStateLabel } from './mail-state';
import type { ReviewView } from './view';
import { When, type Clock } from './when';

/**
 * The mails about an entry, newest first, and whether its address is mailed at all; for one that is
 * not confirmed, with a button that sends another link.
 */
export function EntryMails({
  slug,
  view,
  entry: { id, mails, state, suppression },
  clock,
  allow,
  send,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  clock: Clock;
  allow: ButtonAction;
  send: ButtonAction;
}) {
  const t = useTranslations('endorsement.review.mails');
  const locale = useLocale();
  return (
    <>
      {suppression && (
        <div className="mb-1.5 border-l-4 border-alert bg-wash px-3 py-1.5">
          <p>
            {t.rich(`suppressed.${suppression.reason}`, {
              when: () => <When at={suppression.at} clock={clock} />,
            })}
          </p>
          {suppression.isLiftable ? (
            <form action={allow}>
              <HiddenView locale={locale} slug={slug} view={view} />
              <input type="hidden" name="id" value={id} />
              <SubmitButton className={`mt-1 ${buttonClass('outline', 'small')}`}>
                {t('allow')}
              </SubmitButton>
            </form>
          ) : (
            <p>{t('unconfirmed')}</p>
          )}
        </div>
      )}
      <ul>
        {mails.map((mail) => (
          <li key={mail.id}>
            {t(`kinds.${mail.kind}`)}
            {locale === 'ja' ? '：' : ': '}
            <MailStateLabel mail={mail} clock={clock} />
          </li>
        ))}
      </ul>
      {state === 'submitted' && !suppression && (
        <form action={send} className="mt-1.5">
          <HiddenView locale={locale} slug={slug} view={view} />
          <input type="hidden" name="id" value={id} />
          <SubmitButton className={buttonClass('outline', 'small')}>{t('sendLink')}</SubmitButton>
        </form>
      )}
    </>
  );
}
