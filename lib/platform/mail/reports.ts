import { db } from '@/lib/platform/db/client';
import type { MailOutcome } from '@/lib/platform/db/generated/enums';
import { afterReport, type Outcome } from './outcome';
import { suppress } from './suppression';

/** A provider's report about a mail. */
export interface MailReport extends Outcome {
  /** The provider's id of the report; the same if it is repeated. */
  id: string;
  /** The mail's row, if the provider says so. It can be reported on before its `providerId` is stored. */
  mailId: string | null;
  providerId: string;
}

/**
 * Records a provider's report: once, and in any order ({@link afterReport}). An address that bounces
 * or complains is suppressed. Reports about mails that are unknown, or deleted by now, are ignored.
 */
export async function recordReport(report: MailReport): Promise<void> {
  const { id, mailId, providerId, outcome, at } = report;
  await db().$transaction(async (tx) => {
    // Locked, so that concurrent reports about one mail follow each other.
    const [mail] = await tx.$queryRaw<
      { id: string; to: string; outcome: MailOutcome | null; outcomeAt: Date | null }[]
    >`
      SELECT id, "to", outcome, outcome_at AS "outcomeAt" FROM mail
      WHERE provider_id = ${providerId} OR id = ${mailId}::uuid LIMIT 1 FOR UPDATE`;
    if (!mail) return;
    const { count } = await tx.mailEvent.createMany({
      data: { id, mailId: mail.id, outcome, at },
      skipDuplicates: true,
    });
    if (count === 0) return;
    const known =
      mail.outcome && mail.outcomeAt ? { outcome: mail.outcome, at: mail.outcomeAt } : null;
    const now = afterReport(known, { outcome, at });
    await tx.mail.update({
      where: { id: mail.id },
      data: { outcome: now.outcome, outcomeAt: now.at },
    });
    if (outcome === 'bounced' || outcome === 'complained')
      await suppress(tx, mail.to, { reason: outcome, at });
  });
}
