import { useTranslations } from 'next-intl';
import { DECISION_MAILS } from '@/lib/endorsement/review/schema';
import type { MailStanding, MailState } from '@/lib/platform/mail/log';
import { When, type Clock } from './when';

const FAILS = new Set<MailState>(['suppressed', 'returned', 'bounced', 'complained', 'failed']);

/** Where a mail stands, and since when. */
export function MailStateLabel({
  mail: { kind, state, at },
  clock,
}: {
  mail: Pick<MailStanding, 'kind' | 'state' | 'at'>;
  clock: Clock;
}) {
  const t = useTranslations('endorsement.review.mails.states');
  const isUndoable = state === 'waiting' && DECISION_MAILS.some((decision) => decision === kind);
  return (
    <span className={FAILS.has(state) ? 'font-semibold text-alert' : ''}>
      {t.rich(isUndoable ? 'waitingDecision' : state, {
        when: () => <When at={at} clock={clock} />,
      })}
    </span>
  );
}
