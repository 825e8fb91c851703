'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};
const readersZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
const unknown = () => null;

/**
 * A time in the reader's time zone, beside one in the letter's. Renders nothing without JavaScript
 * or if both are equal: cached pages are shared, and only the browser knows the time zone.
 */
export function ReaderTime({
  at,
  timeZone,
  locale,
  words,
}: {
  at: Date;
  /** The letter's time zone. */
  timeZone: string;
  locale: string;
  /** The text, with `{time}` as placeholder, such as "(in your time zone: {time})". */
  words: string;
}) {
  const zone = useSyncExternalStore(never, readersZone, unknown);
  if (zone === null) return null;
  const inZone = (of: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: of }).format(
      at,
    );
  const time = inZone(zone);
  return time === inZone(timeZone) ? null : (
    <time dateTime={at.toISOString()}>{words.replace('{time}', time)}</time>
  );
}
