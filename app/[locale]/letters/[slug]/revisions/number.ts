import { notFound } from 'next/navigation';
import { cache } from 'react';
import { revisionOf } from '@/lib/revision/queries';

/** The revision of a public letter that an address names; without one, the route does not exist. */
export const revisionOfRoute = cache(async (letterId: string, segment: string) => {
  if (!/^[1-9][0-9]{0,5}$/.test(segment)) notFound();
  return (await revisionOf(letterId, Number(segment))) ?? notFound();
});
