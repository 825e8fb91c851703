import { useFormatter } from 'next-intl';

/** The day of a moment in the letter's zone. */
export function Day({ at, timeZone }: { at: Date; timeZone: string }) {
  const format = useFormatter();
  return (
    <time dateTime={at.toISOString()} className="whitespace-nowrap">
      {format.dateTime(at, { dateStyle: 'long', timeZone })}
    </time>
  );
}
