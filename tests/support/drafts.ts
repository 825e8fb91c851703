import { aLetter, anOwner } from './factories';

/** A draft with an English text and two owners. */
export async function aDraft() {
  const letter = await aLetter({ opensAt: null });
  return { letter, one: await anOwner(letter), two: await anOwner(letter) };
}
