import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useDates } from './dates';
import { zoneName } from '@/lib/platform/dates';
import { ReaderTime } from './reader-time';
import { sectionPath } from '@/components/admin/sections';
import { letterStatus } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import type { Times } from '@/lib/letter/times/rules';
import { relativeWords } from './relative-time';

/** A letter's current state and its next change. */
export function LetterStatusSummary({
  letter,
  last,
  now,
}: {
  letter: Times & {
    slug: string;
    archivedAt: Date | null;
    pausedAt: Date | null;
    revision: number | null;
  };
  last: { by: string | null; at: Date } | null;
  now: Date;
}) {
  const t = useTranslations('letter.times');
  const format = useFormatter();
  const locale = useLocale();
  const { timeZone, opensAt, closesAt, afterClosing } = letter;
  const status = letterStatus(letter, now);
  const said = (at: Date) => ({
    when: format.dateTime(at, { dateStyle: 'long', timeStyle: 'short', timeZone }),
    zone: zoneName(at, timeZone, locale),
    relative: relativeWords(format, at, now),
  });
  const deadlines = useDates()(letter).filter(({ key }) => key !== 'opens');
  return (
    <section aria-labelledby="state" className="border-l-4 border-edge bg-wash px-4 py-3">
      <h2 id="state" className="font-semibold">
        {status === 'draft' && (opensAt ? t('state.planned', said(opensAt)) : t('state.draft'))}
        {status === 'open' && opensAt && t('state.open', said(opensAt))}
        {status === 'closed' && t(`state.closed.${afterClosing}`)}
        {status === 'archived' && letter.archivedAt && t('state.archived', said(letter.archivedAt))}
      </h2>
      {letter.pausedAt && status !== 'archived' && (
        <p className="mt-1 font-semibold">{t('state.paused')}</p>
      )}
      {status === 'draft' && letter.revision === null && (
        <p className="mt-1">
          {t.rich('state.unpublished', {
            link: (chunks) => (
              <Link href={sectionPath(letter.slug, 'revisions')} prefetch={false}>
                {chunks}
              </Link>
            ),
          })}
        </p>
      )}
      {deadlines.length > 0 ? (
        <ul className="mt-1">
          {deadlines.map(({ key, said: at, label }) => (
            <li key={key}>
              {t.rich('state.deadline', {
                ...said(at),
                label,
                yours: () => (
                  <span className="text-quiet">
                    <ReaderTime
                      at={at}
                      timeZone={timeZone}
                      locale={locale}
                      words={t('yours', { time: '{time}' })}
                    />
                  </span>
                ),
              })}
            </li>
          ))}
        </ul>
      ) : (
        status === 'open' && <p className="mt-1">{t('state.noDeadline')}</p>
      )}
      {closesAt && status !== 'closed' && status !== 'archived' && (
        <p className="mt-1 text-sm text-quiet">{t(`state.then.${afterClosing}`)}</p>
      )}
      {last && (
        <p className="mt-1 text-sm text-quiet">
          {t('state.last', { by: last.by ?? t('operator'), when: said(last.at).when })}
        </p>
      )}
    </section>
  );
}
