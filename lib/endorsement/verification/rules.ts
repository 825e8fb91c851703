/**
 * What a confirmation link is good for:
 * - `ready`: it confirms
 * - `confirmed`: the endorsement has been confirmed already, by this link or another, or another one with its address
 *   and name has
 * - `expired`: too old
 */
export type LinkState = 'ready' | 'confirmed' | 'expired';

/**
 * The state of a link at a moment. The guarded write in commands.ts says the same in SQL.
 * @param addressConfirmed whether an endorsement of the letter with the same address and name has been confirmed
 */
export function linkState(
  link: { expiresAt: Date },
  endorsement: { state: string },
  addressConfirmed: boolean,
  at: Date,
): LinkState {
  if (endorsement.state !== 'submitted' || addressConfirmed) return 'confirmed';
  return link.expiresAt <= at ? 'expired' : 'ready';
}
