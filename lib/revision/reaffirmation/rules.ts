import type { State } from '@/lib/endorsement/rules';

export type Answer = 'affirmed' | 'withdrawn';

/**
 * What a link that asks to reaffirm is good for:
 * - `open`: it can be answered
 * - `affirmed`, `withdrawn`: it has been answered, by the link or to a coordinator, or the endorsement was withdrawn
 * - `superseded`: the text has changed in substance again, and a newer mail asks about that
 * - `expired`: too old
 * - `closed`: the endorsement was declined meanwhile, so there is nothing to stand behind
 */
export type ReaffirmationState = 'open' | Answer | 'superseded' | 'expired' | 'closed';

/** The state of a request to reaffirm at a moment. */
export function reaffirmationState(
  reaffirmation: { revision: number; answer: Answer | null; expiresAt: Date | null },
  endorsement: { state: State; revision: number },
  bindingRevision: number,
  at: Date,
): ReaffirmationState {
  if (reaffirmation.answer) return reaffirmation.answer;
  if (endorsement.state === 'withdrawn') return 'withdrawn';
  if (endorsement.state !== 'approved' && endorsement.state !== 'verified') return 'closed';
  if (reaffirmation.revision < bindingRevision) return 'superseded';
  if (endorsement.revision >= reaffirmation.revision) return 'affirmed';
  return reaffirmation.expiresAt && reaffirmation.expiresAt <= at ? 'expired' : 'open';
}
