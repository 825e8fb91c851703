import { notFound } from 'next/navigation';
import { cache } from 'react';
import { countingNumber } from '@/lib/platform/http';
import { revisionOf } from '@/lib/revision/queries';

/**
 * The revision of a public letter that the route parameters name; responds 404 if there is none.
 */
export const revisionOfRoute = cache(async (letterId: string, segment: string) => {
  const number = countingNumber(segment);
  return (number && (await revisionOf(letterId, number))) || notFound();
});
