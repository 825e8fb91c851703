import { useFormatter } from 'next-intl';

/** When the page was made, and the zone in which the letter's times are said. */
export interface Clock {
  now: Date;
  timeZone: string;
}

/** A moment: how long ago, with the exact time on demand; `exact` says both. */
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
