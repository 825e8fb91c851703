import { useFormatter } from 'next-intl';

/** A date in the letter's time zone. */
export function Day({ at, timeZone }: { at: Date; timeZone: string }) {
  const format = useFormatter();
  return (
    <time dateTime={at.toISOString()} className="whitespace-nowrap">
      {format.dateTime(at, { dateStyle: 'long', timeZone })}
    </time>
  );
}
