import { useFormatter } from 'next-intl';

/** The time of rendering, and the letter's time zone. */
export interface Clock {
  now: Date;
  timeZone: string;
}

/** A relative time with the exact time as a tooltip; `exact` shows both. */
export function When({ at, clock, exact = false }: { at: Date; clock: Clock; exact?: boolean }) {
  const format = useFormatter();
  const time = format.dateTime(at, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: clock.timeZone,
  });
  const zone = format
    .dateTime(at, { timeZone: clock.timeZone, timeZoneName: 'short', hour: 'numeric' })
    .split(' ')
    .at(-1);
  const ago = format.relativeTime(at, clock.now);
  return (
    <time
      dateTime={at.toISOString()}
      title={exact ? zone : `${time} ${zone}`}
      className="tabular-nums"
    >
      {exact ? `${time} (${ago})` : ago}
    </time>
  );
}
