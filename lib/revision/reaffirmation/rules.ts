import { statesBefore, type State } from '@/lib/endorsement/rules';

export type Answer = 'affirmed' | 'withdrawn';

/**
 * The states of a reaffirmation link:
 * - `open`: it can be answered
 * - `affirmed`, `withdrawn`: it has been answered, by the link or through a coordinator, or the
 *   endorsement was withdrawn
 * - `superseded`: there was another change of substance, and a newer mail asks about that
 * - `expired`: too old
 * - `closed`: the endorsement was declined in the meantime, so it cannot be reaffirmed
 */
export type ReaffirmationState = 'open' | Answer | 'superseded' | 'expired' | 'closed';

/** The states of signatories that are asked to reaffirm: on the list, or awaiting review. */
export const ASKED_STATES = statesBefore('retract');

/** The state of a reaffirmation link at a given time. */
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
