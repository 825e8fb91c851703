import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { countryNames } from '@/components/endorsement/countries';
import type { Standing } from '@/lib/coordinator/permissions';
import type { Times } from '@/lib/letter/times/rules';
import { languageName } from '@/lib/platform/languages';
import type { Group, Overview } from '@/lib/signatories/overview/queries';
import { total, type Periods, type Progress } from '@/lib/signatories/overview/rules';
import { Deadlines } from './deadlines';
import { ProgressTable, type ProgressRow } from './progress-table';
import { StageTable } from './stage-table';
import { TimeChart, usePeriodNames } from './time-chart';
import { WaitingList } from './waiting-list';

/** Countries with a row of their own; the others share one. */
const COUNTRIES_SHOWN = 15;

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-3 font-serif text-xl font-semibold break-after-avoid">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** What a letter's coordinators see first: what there is to do, and how its endorsements come in. */
export function LetterOverview({
  slug,
  role,
  times,
  overview: { waiting, stages, time, countries, languages },
  now,
}: {
  slug: string;
  role: Standing;
  times: Times;
  overview: Overview;
  now: Date;
}) {
  const t = useTranslations('signatories.overview');
  return (
    <>
      <Part id="waiting" title={t('waiting.title')}>
        <WaitingList slug={slug} role={role} waiting={waiting} />
      </Part>
      <Part id="deadlines" title={t('deadlines.title')}>
        <Deadlines times={times} now={now} />
      </Part>
      {time ? (
        <>
          <Part id="way" title={t('way.title')}>
            <StageTable stages={stages} />
          </Part>
          <Part id="time" title={t('time.title')}>
            <Time time={time} timeZone={times.timeZone} />
          </Part>
          <Part id="countries" title={t('countries.title')}>
            <Countries countries={countries} />
          </Part>
          <Part id="languages" title={t('languages.title')}>
            <Languages languages={languages} />
          </Part>
        </>
      ) : (
        <p className="text-quiet">{t('nobody')}</p>
      )}
    </>
  );
}

function Time({ time, timeZone }: { time: Periods & { progress: Progress[] }; timeZone: string }) {
  const t = useTranslations('signatories.overview');
  const nameOf = usePeriodNames(time, timeZone);
  return (
    <>
      <p className="mb-3 max-w-prose break-after-avoid text-sm text-quiet">
        {t(`time.lead.${time.unit}`)}
      </p>
      <TimeChart time={time} timeZone={timeZone} />
      <div
        role="region"
        aria-label={t('time.numbers')}
        tabIndex={0}
        className="mt-4 max-h-80 max-w-3xl overflow-y-auto print:max-h-none"
      >
        <ProgressTable
          caption={t('time.title')}
          of={t(`time.units.${time.unit}`)}
          rows={time.progress.map((progress, index) => ({
            ...progress,
            key: String(index),
            name: nameOf(index, 'long'),
          }))}
        />
      </div>
    </>
  );
}

function Countries({ countries }: { countries: Group[] }) {
  const t = useTranslations('signatories.overview');
  const nameOf = countryNames(useLocale(), useTranslations('endorsement')('international'));
  const others = countries.slice(COUNTRIES_SHOWN);
  const rows: ProgressRow[] = countries
    .slice(0, COUNTRIES_SHOWN)
    .map(({ of, ...progress }) => ({ ...progress, key: of!, name: nameOf(of!) }));
  if (others.length > 0)
    rows.push({
      ...total(others),
      key: 'others',
      name: t('countries.others', { count: others.length }),
    });
  return <ProgressTable caption={t('countries.title')} of={t('countries.of')} rows={rows} bars />;
}

function Languages({ languages }: { languages: Group[] }) {
  const t = useTranslations('signatories.overview');
  const locale = useLocale();
  return (
    <ProgressTable
      caption={t('languages.title')}
      of={t('languages.of')}
      rows={languages.map(({ of, ...progress }) => ({
        ...progress,
        key: of ?? '',
        name: of ? languageName(of, locale) : t('languages.unknown'),
      }))}
      bars
    />
  );
}
