import { preferred } from '@/lib/platform/languages';
import { isolated } from '@/lib/platform/text/written-language';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { PreferredName } from '@/components/organization/organization-name';
import { Pagination } from '@/components/ui/pagination';
import { ActionButton, type ButtonAction } from '@/components/ui/action-button';
import type { Answered, ReaffirmationSignatory } from '@/lib/revision/reaffirmation/queries';
import { Link } from '@/lib/platform/i18n/navigation';

/**
 * The signatories' answers to the newest change of substance, with actions for those who have not
 * answered.
 */
export function ReaffirmationList({
  slug,
  timeZone,
  bindingRevision,
  revision,
  show,
  counts,
  rows,
  page,
  pages,
  actions,
}: {
  slug: string;
  timeZone: string;
  /** The binding revision and the newest one. */
  bindingRevision: number;
  revision: number;
  show: Answered;
  counts: Record<Answered, number>;
  rows: ReaffirmationSignatory[];
  page: number;
  pages: number;
  actions: { requestAgain: ButtonAction; record: ButtonAction };
}) {
  const t = useTranslations('revision.admin.reaffirmation');
  const locale = useLocale();
  const format = useFormatter();
  const path = `/admin/letters/${slug}/revisions`;
  const when = (at: Date) =>
    format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return (
    <section aria-labelledby="asked" className="border-t border-line pt-8">
      <h2 id="asked" className="font-serif text-xl font-semibold">
        {t('title', { number: bindingRevision })}
      </h2>
      <p className="mt-2 text-quiet">{t('lead')}</p>
      <nav aria-label={t('label')} className="mt-4">
        <ul className="flex flex-wrap gap-x-5 border-b border-line text-sm">
          {(['waiting', 'affirmed', 'withdrawn'] as const).map((answer) => (
            <li key={answer}>
              <Link
                href={`${path}?show=${answer}#asked`}
                prefetch={false}
                aria-current={answer === show ? 'page' : undefined}
                className="inline-flex min-h-10 items-center gap-1.5 border-b-2 border-transparent text-ink no-underline hover:border-edge aria-[current=page]:border-indigo aria-[current=page]:font-semibold"
              >
                {t(`answers.${answer}`)}{' '}
                <span className="text-quiet tabular-nums">{format.number(counts[answer])}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {rows.length === 0 ? (
        <p className="mt-4 text-quiet">{t(`empty.${show}`)}</p>
      ) : (
        <ul>
          {rows.map((row) => {
            const name = isolated(preferred(row.names, locale)?.said ?? '');
            const fields = { slug, locale, id: row.id, revision };
            const facts = [
              row.withheld && t('withheld'),
              t('standsBehind', { number: row.revision }),
              row.proof === 'email' &&
                (row.askedAt ? t('askedAt', { at: when(row.askedAt) }) : t('neverAsked')),
              row.answeredAt && t('answeredAt', { at: when(row.answeredAt) }),
              row.recordedBy && t('recordedBy', { by: row.recordedBy }),
              row.proof === 'attested' && show === 'waiting' && t('attested'),
            ].filter(Boolean);
            return (
              <li
                key={row.id}
                className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3"
              >
                <div className="min-w-60 flex-1">
                  <p>
                    <PreferredName names={row.names} />
                  </p>
                  <p className="text-sm text-quiet">{facts.join(' · ')}</p>
                </div>
                {show === 'waiting' && (
                  <div className="flex flex-wrap gap-2">
                    {row.canAskAgain && (
                      <ActionButton
                        action={actions.requestAgain}
                        label={t('askAgain')}
                        of={t('of', { action: t('askAgain'), name })}
                        fields={fields}
                      />
                    )}
                    <ActionButton
                      action={actions.record}
                      label={t('record')}
                      of={t('of', { action: t('record'), name })}
                      fields={fields}
                    />
                  </div>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <Pagination
        page={page}
        pages={pages}
        hrefOf={(other) => `${path}?show=${show}&page=${other}#asked`}
      />
    </section>
  );
}
