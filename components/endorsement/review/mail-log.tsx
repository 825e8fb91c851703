import { useLocale, useTranslations } from 'next-intl';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { Link } from '@/lib/platform/i18n/navigation';
import type { LoggedMail, LogPlace } from '@/lib/platform/mail/log';
import { logPath, placeText, type LogView } from './log-path';
import { MailStateLabel } from './mail-state';
import { reviewPath } from './view';
import { When, type Clock } from './when';

const cell = 'py-2 pr-4 align-top max-sm:block max-sm:p-0';
const head = 'py-1.5 pr-4 text-left text-xs font-normal whitespace-nowrap text-quiet';

/** A page of a letter's mails: to whom, what became of them, and a button where one can be retried. */
export function MailLog({
  slug,
  view,
  mails,
  last,
  clock,
  retry,
}: {
  slug: string;
  view: LogView;
  mails: LoggedMail[];
  /** The last mail of the page; null if there are no older ones. */
  last: LogPlace | null;
  clock: Clock;
  retry: ButtonAction;
}) {
  const t = useTranslations('endorsement.review.mails');
  const locale = useLocale();
  const { show, after } = view;
  const hidden = { locale, slug, show, ...(after && { after: placeText(after) }) };
  return (
    <div>
      <nav aria-label={t('filter')}>
        <ul className="flex flex-wrap gap-x-5 border-b border-line text-sm">
          {(['all', 'failing'] as const).map((choice) => (
            <li key={choice}>
              <Link
                href={logPath(slug, { show: choice, after: null })}
                prefetch={false}
                aria-current={choice === show ? 'page' : undefined}
                className="inline-flex min-h-10 items-center border-b-2 border-transparent text-ink no-underline hover:border-edge aria-[current=page]:border-indigo aria-[current=page]:font-semibold"
              >
                {t(`show.${choice}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {mails.length === 0 ? (
        <p className="mt-4 text-quiet">{t(after ? 'emptyOlder' : `empty.${show}`)}</p>
      ) : (
        <table className="mt-2 w-full border-collapse text-[0.8125rem]/[1.5] max-sm:block">
          <caption className="sr-only">{t('table')}</caption>
          <thead className="max-sm:sr-only">
            <tr className="border-b border-line">
              {(['kind', 'to', 'written', 'state'] as const).map((column) => (
                <th key={column} scope="col" className={head}>
                  {t(`columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="max-sm:block">
            {mails.map((mail) => (
              <tr key={mail.id} className="border-b border-line max-sm:block max-sm:py-2">
                <td className={cell}>
                  <span className="font-semibold">{t(`kinds.${mail.kind}`)}</span>
                  {mail.endorsementId && (
                    <>
                      {' · '}
                      <Link
                        href={reviewPath(slug, { state: 'all', entry: mail.endorsementId })}
                        prefetch={false}
                        className="inline-block min-h-6"
                      >
                        {t('entry')}
                      </Link>
                    </>
                  )}
                </td>
                <td className={`${cell} [overflow-wrap:anywhere]`}>{mail.to}</td>
                <td className={`${cell} sm:whitespace-nowrap`}>
                  <When at={mail.createdAt} clock={clock} />
                </td>
                <td className={`${cell} sm:w-2/5`}>
                  <MailStateLabel mail={mail} clock={clock} />
                  {mail.lastError && (
                    <span className="block [overflow-wrap:anywhere] text-quiet">
                      {t('error')}: <code className="text-xs">{mail.lastError}</code>
                    </span>
                  )}
                  {mail.retryable && (
                    <form action={retry} className="mt-1">
                      <HiddenFields fields={{ ...hidden, mail: mail.id }} />
                      <SubmitButton className={buttonClass('outline', 'small')}>
                        {t('retry')}
                        <span className="sr-only">
                          {' '}
                          {t(`kinds.${mail.kind}`)}, {mail.to}
                        </span>
                      </SubmitButton>
                    </form>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="mt-6 flex justify-between gap-4 text-sm">
        {after && (
          <Link
            href={logPath(slug, { show, after: null })}
            prefetch={false}
            className="inline-flex min-h-11 items-center"
          >
            {t('newest')}
          </Link>
        )}
        {last && (
          <Link
            href={logPath(slug, { show, after: last })}
            prefetch={false}
            rel="next"
            className="ml-auto inline-flex min-h-11 items-center"
          >
            {t('older')}
          </Link>
        )}
      </p>
    </div>
  );
}
