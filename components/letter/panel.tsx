import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/lib/platform/i18n/navigation';
import type { PublicLetter } from '@/lib/publication/queries';
import { lastMoment, zoneName } from './deadline';

/** What stays in view beside a letter (a bar at the foot of a narrow screen): how many have endorsed, until when, and how. */
export function Panel({ letter, total }: { letter: Pick<PublicLetter, 'slug' | 'status' | 'closesAt' | 'timeZone'>; total: number }) {
  const t = useTranslations('letter.panel');
  const format = useFormatter();
  const locale = useLocale();
  const { timeZone } = letter;
  const until = letter.closesAt && lastMoment(letter.closesAt, timeZone);
  const date = until && format.dateTime(until, { dateStyle: 'long', timeZone });
  return (
    <aside
      aria-label={t('label')}
      className={`${letter.status === 'open' ? 'foot-bar' : 'max-lg:mt-12'} lg:sticky lg:top-10 lg:w-64 lg:self-start lg:border-t lg:border-ink lg:pt-5 print:hidden`}
    >
      <div className="mx-auto flex max-w-[44rem] items-center justify-between gap-4 lg:block">
        <div>
          <p className="leading-snug">
            <a href="#signatories" className="inline-flex min-h-8 items-center gap-2 text-ink no-underline max-lg:text-sm/snug hover:underline lg:block">
              {t.rich('count', {
                count: total,
                w: (chunks) => <span>{chunks}</span>,
                more: (chunks) => <span className="max-lg:hidden">{chunks}</span>,
                n: (chunks) => (
                  <strong className="font-serif text-[1.75rem] leading-none font-semibold tabular-nums lg:mb-1 lg:block lg:text-[3.25rem] lg:leading-none lg:font-medium">
                    {chunks}
                  </strong>
                ),
              })}
            </a>
          </p>
          {letter.status === 'closed' && date && <p className="text-sm text-quiet lg:mt-3">{t('closedOn', { date })}</p>}
          {letter.status === 'open' && until && date && (
            <>
              <p className="text-sm text-quiet lg:hidden">{t('deadlineShort', { date })}</p>
              <p className="mt-3 text-sm text-balance text-quiet max-lg:hidden">
                {t('deadline', {
                  deadline: format.dateTime(until, { dateStyle: 'long', timeStyle: 'short', timeZone }),
                  zone: zoneName(until, timeZone, locale),
                })}
              </p>
            </>
          )}
        </div>
        {letter.status === 'open' && (
          <Link href={`/letters/${letter.slug}/endorse`} prefetch={false} className={`${buttonClass('seal')} max-lg:px-4 lg:mt-6 lg:w-full`}>
            {t('endorse')}
          </Link>
        )}
        {letter.status === 'open' && <p className="mt-3 text-sm text-quiet max-lg:hidden">{t('who')}</p>}
      </div>
    </aside>
  );
}
