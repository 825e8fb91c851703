import type { MailOutcome } from '@/lib/platform/db/generated/enums';

/** What a provider has reported of a mail, and when it happened. */
export interface Outcome {
  outcome: MailOutcome;
  at: Date;
}

/**
 * Weakest first. A later report does not always say more: providers report in any order, and a mail
 * that was delivered can still bounce or be reported as spam.
 */
const STRENGTH: Record<MailOutcome, number> = {
  suppressed: 0,
  delayed: 1,
  delivered: 2,
  returned: 3,
  bounced: 4,
  complained: 5,
};

/**
 * What is known of a mail after a further report: the stronger of both, since the earlier of its
 * times. The result is the same whatever the order of reports, and however often one comes.
 */
export function afterReport(known: Outcome | null, reported: Outcome): Outcome {
  if (!known) return reported;
  const more = STRENGTH[reported.outcome] - STRENGTH[known.outcome];
  if (more !== 0) return more > 0 ? reported : known;
  return reported.at < known.at ? reported : known;
}
