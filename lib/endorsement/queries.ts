import { listSettings } from '@/lib/letter/list-settings';
import { findLetter } from '@/lib/letter/queries';
import type { Asked } from './schema';

/** What the sign-up form of the letter at `slug` asks; the defaults if there is no such letter. */
export async function askedFor(slug: string): Promise<Asked> {
  return (await findLetter(slug))?.listSettings ?? listSettings({});
}
