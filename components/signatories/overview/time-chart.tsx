import { scaleBand, scaleLinear } from 'd3-scale';
import { useFormatter, useTranslations } from 'next-intl';
import { useId } from 'react';
import { total, type Periods, type Progress } from '@/lib/signatories/overview/rules';

const HEIGHT = 200;
/** Above the highest bar, for half of its tick's number. */
const TOP = 8;
const LABELS = 20;

/** How a period is called: `Apr 3`, `Apr 3 – 9`, `April 2025` … */
export function usePeriodNames({ unit, starts, end }: Periods, timeZone: string) {
  const format = useFormatter();
  return (index: number, length: 'short' | 'long'): string => {
    const start = starts[index]!;
    // The last moment of the period, since its end belongs to the next one.
    const last = new Date((starts[index + 1] ?? end).getTime() - 1);
    switch (unit) {
      case 'day':
        return length === 'long'
          ? format.dateTime(start, {
              weekday: 'short',
              year: 'numeric',
              month: 'short',
              day: 'numeric',
              timeZone,
            })
          : format.dateTime(start, { month: 'short', day: 'numeric', timeZone });
      case 'week':
        return length === 'long'
          ? format.dateTimeRange(start, last, { dateStyle: 'medium', timeZone })
          : format.dateTime(start, { month: 'short', day: 'numeric', timeZone });
      case 'month':
        return format.dateTime(start, { year: 'numeric', month: length, timeZone });
      case 'quarter':
        return format.dateTimeRange(start, last, { year: 'numeric', month: length, timeZone });
      case 'year':
        return format.dateTime(start, { year: 'numeric', timeZone });
    }
  };
}

/**
 * Columns of how many signed in each period, filled as far as they are approved. Widths are
 * percentages and heights are pixels, so that it fits every screen and paper, and its words keep
 * their size.
 */
export function TimeChart({
  time,
  timeZone,
}: {
  time: Periods & { progress: Progress[] };
  timeZone: string;
}) {
  const t = useTranslations('signatories.overview');
  const format = useFormatter();
  const nameOf = usePeriodNames(time, timeZone);
  const id = useId();
  const { progress } = time;
  const most = Math.max(...progress.map(({ signed }) => signed));
  const y = scaleLinear([0, Math.max(1, most)], [HEIGHT, TOP]).nice(4);
  const ticks = y.ticks(4).filter(Number.isInteger);
  const x = scaleBand(
    progress.map((_, index) => index),
    [0, 100],
  ).padding(0.2);
  const middle = Math.floor((progress.length - 1) / 2);
  const labelled = [...new Set([0, middle, progress.length - 1])];
  const busiest = progress.findIndex(({ signed }) => signed === most);
  const axis = ticks.map((tick) => format.number(tick));
  const axisWidth = 8 + 7 * Math.max(...axis.map((number) => number.length));
  return (
    <div className="flex max-w-3xl break-inside-avoid">
      <svg
        aria-hidden
        width={axisWidth}
        height={HEIGHT + LABELS}
        className="shrink-0 overflow-visible text-xs"
      >
        {ticks.map((tick, index) => (
          <text
            key={tick}
            x={axisWidth - 6}
            y={y(tick) + 4}
            textAnchor="end"
            className="fill-quiet"
          >
            {axis[index]}
          </text>
        ))}
      </svg>
      <svg
        role="img"
        aria-labelledby={`${id}-title ${id}-summary`}
        width="100%"
        height={HEIGHT + LABELS}
        className="block min-w-0 grow overflow-visible text-xs"
      >
        <title id={`${id}-title`}>{t('time.title')}</title>
        <desc id={`${id}-summary`}>
          {t('time.summary', {
            ...total(progress),
            first: nameOf(0, 'long'),
            last: nameOf(progress.length - 1, 'long'),
            busiest: nameOf(busiest, 'long'),
            most,
          })}
        </desc>
        {ticks.map((tick) => (
          <line
            key={tick}
            x2="100%"
            y1={y(tick)}
            y2={y(tick)}
            className={tick === 0 ? 'stroke-edge' : 'stroke-line'}
          />
        ))}
        {progress.map(({ signed, approved }, index) => {
          const at = { x: `${x(index)}%`, width: `${x.bandwidth()}%` };
          return (
            signed > 0 && (
              <g key={index}>
                <rect
                  {...at}
                  y={y(signed)}
                  height={HEIGHT - y(signed)}
                  className="fill-indigo-wash stroke-indigo"
                />
                <rect
                  {...at}
                  y={y(approved)}
                  height={HEIGHT - y(approved)}
                  className="fill-indigo"
                />
              </g>
            )
          );
        })}
        {labelled.map((index) => (
          <text
            key={index}
            x={`${x(index)! + x.bandwidth() / 2}%`}
            y={HEIGHT + LABELS - 4}
            textAnchor={
              index === 0 && progress.length > 3
                ? 'start'
                : index === progress.length - 1 && progress.length > 3
                  ? 'end'
                  : 'middle'
            }
            className="fill-quiet"
          >
            {nameOf(index, 'short')}
          </text>
        ))}
      </svg>
    </div>
  );
}
