import type { ToDeliver } from '@/lib/delivery/schema';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { aLetter, anEndorsement, anOwner } from './factories';

/** What a coordinator sends who saw the letter as it is, unless told otherwise. */
export async function asSeen(slug: string, over: Partial<ToDeliver> = {}): Promise<ToDeliver> {
  const { version } = (await publicLetter(slug))!;
  return {
    tally: 'final',
    label: {},
    addressee: { en: 'The Minister' },
    seen: { version },
    ...over,
  };
}

/** An endorsement on the list, named in English only. */
export const approved = (
  letterId: string,
  nameEn: string,
  over: Parameters<typeof anEndorsement>[1] = {},
) => anEndorsement(letterId, { nameJa: null, reading: null, nameEn, state: 'approved', ...over });

/** A letter that three organizations endorse, one of them unnamed. */
export async function aSignedLetter() {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const [alpha, beta, unnamed] = [
    await approved(letter.id, 'Alpha', { coordinating: true }),
    await approved(letter.id, 'Beta'),
    await approved(letter.id, 'Secret', { visibility: 'withheld' }),
  ];
  return { letter, owner, alpha, beta, unnamed };
}
