import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useDates } from '@/components/letter/times/dates';
import { zoneName } from '@/lib/platform/dates';
import { relativeWords } from '@/components/letter/times/relative-time';
import type { Times } from '@/lib/letter/times/rules';

/** A letter's opening and deadlines that are still to come. */
export function Deadlines({ times, now }: { times: Times; now: Date }) {
  const t = useTranslations('signatories.overview.deadlines');
  const format = useFormatter();
  const locale = useLocale();
  const { timeZone } = times;
  const ahead = useDates()(times).filter(({ at }) => at > now);
  if (ahead.length === 0) return <p className="text-quiet">{t('none')}</p>;
  return (
    <dl className="max-w-3xl">
      {ahead.map(({ key, said, label }) => (
        <div key={key} className="flex flex-wrap gap-x-4 border-b border-line py-2">
          <dt className="min-w-32 font-semibold">{label}</dt>
          <dd>
            {t('when', {
              when: format.dateTime(said, { dateStyle: 'long', timeStyle: 'short', timeZone }),
              zone: zoneName(said, timeZone, locale),
              relative: relativeWords(format, said, now),
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
