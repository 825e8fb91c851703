/**
 * What a confirmation link is good for:
 * - `ready`: it confirms
 * - `confirmed`: the endorsement has been confirmed already, by this link or another
 * - `superseded`: the sign-up was sent again with other data since, and only newer links confirm those
 * - `expired`: too old
 */
export type LinkState = 'ready' | 'confirmed' | 'superseded' | 'expired';

/** The state of a link at a moment. The guarded write in commands.ts says the same in SQL. */
export function linkState(
  link: { submission: number; expiresAt: Date },
  endorsement: { state: string; submission: number },
  at: Date,
): LinkState {
  if (endorsement.state !== 'submitted') return 'confirmed';
  if (link.submission !== endorsement.submission) return 'superseded';
  return link.expiresAt <= at ? 'expired' : 'ready';
}
