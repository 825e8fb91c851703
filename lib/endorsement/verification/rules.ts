import type { Proof } from '@/lib/platform/db/generated/enums';

/**
 * The states of a confirmation link:
 * - `ready`: it can be used to confirm
 * - `confirmed`: the endorsement, or another one with the same address and name, has already been
 *   confirmed
 * - `vouched`: a coordinator has vouched for it meanwhile; the link leads to the question whether that
 *   is right (ADR 57)
 * - `expired`: too old
 */
export type LinkState = 'ready' | 'confirmed' | 'vouched' | 'expired';

/**
 * The state of a confirmation link at a given time. Must match the guarded write in commands.ts.
 * @param addressConfirmed whether an endorsement of the letter with the same address and name has
 *   been confirmed
 */
export function linkState(
  link: { expiresAt: Date },
  endorsement: { state: string; proof: Proof },
  addressConfirmed: boolean,
  at: Date,
): LinkState {
  if (endorsement.state !== 'submitted' && endorsement.proof === 'attested')
    return link.expiresAt <= at ? 'expired' : 'vouched';
  if (endorsement.state !== 'submitted' || addressConfirmed) return 'confirmed';
  return link.expiresAt <= at ? 'expired' : 'ready';
}
