'use client';

import { useLocale } from 'next-intl';
import { useSyncExternalStore } from 'react';

const never = () => () => {};
const readersZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
const unknown = () => null;

/**
 * A moment in the reader's own time zone, beside what is said in the letter's. Says nothing without scripts, and where
 * the reader's clock shows the same: only the browser knows the reader's zone, and pages are kept for all.
 */
export function ReaderTime({
  at,
  timeZone,
  words,
}: {
  at: Date;
  /** The letter's. */
  timeZone: string;
  /** What to say, `{time}` standing for the moment, such as "(in your time zone: {time})". */
  words: string;
}) {
  const locale = useLocale();
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
