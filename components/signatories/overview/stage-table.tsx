import { useFormatter, useTranslations } from 'next-intl';
import type { Stages } from '@/lib/signatories/overview/queries';
import { ProgressBar } from './progress-bar';

const STAGES = ['signed', 'confirmed', 'approved', 'published'] as const satisfies (keyof Stages)[];

/** How far the endorsements have come: a stage a row, with its part of all. */
export function StageTable({ stages }: { stages: Stages }) {
  const t = useTranslations('signatories.overview');
  const format = useFormatter();
  const { signed, published, named } = stages;
  return (
    <table className="w-full max-w-3xl border-collapse text-sm">
      <caption className="sr-only">{t('way.title')}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('way.stage')}</th>
          <th scope="col">{t('way.organizations')}</th>
          <th scope="col">{t('way.part')}</th>
        </tr>
      </thead>
      <tbody>
        {STAGES.map((stage) => (
          <tr key={stage} className="border-b border-line break-inside-avoid">
            <th scope="row" className="w-full py-1.5 text-left font-normal">
              {t(`way.${stage}`)}
              {stage === 'published' && published > named && (
                <span className="block text-xs text-quiet">
                  {t('way.withheld', { count: published - named })}
                </span>
              )}
              <ProgressBar signed={stages[stage]} approved={stages[stage]} most={signed} />
            </th>
            <td className="py-1.5 pl-4 text-right font-semibold tabular-nums">
              {format.number(stages[stage])}
            </td>
            <td className="py-1.5 pl-4 text-right text-quiet tabular-nums">
              {format.number(stages[stage] / Math.max(1, signed), {
                style: 'percent',
                maximumFractionDigits: 0,
              })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
