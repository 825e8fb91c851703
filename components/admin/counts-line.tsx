import { useFormatter, useTranslations } from 'next-intl';
import { useDates } from '@/components/letter/times/dates';
import { may } from '@/lib/coordinator/permissions';
import type { ManagedLetterSummary } from '@/lib/letter/queries';
import type { Counts } from '@/lib/signatories/overview/queries';

/** A letter in the list, with its numbers. */
export type CountedLetter = ManagedLetterSummary & Counts;

/** A line of what a letter's overview says: what waits besides the review, what is public, and the next date. */
export function CountsLine({ letter, now }: { letter: CountedLetter; now: Date }) {
  const t = useTranslations('signatories.overview.line');
  const format = useFormatter();
  const { waiting, stages, timeZone } = letter;
  const next = useDates()(letter).find(({ at }) => at > now);
  const parts = [
    ...(['denied', 'changes', 'erasures', 'unconfirmed', 'reaffirmations', 'mails'] as const)
      .filter((what) => waiting[what] > 0 && (what !== 'mails' || may(letter.role, 'retryMail')))
      .map((what) => t(what, { count: waiting[what] })),
    ...(stages.published > 0 ? [t('published', { count: stages.published })] : []),
    ...(next
      ? [
          t('next', {
            label: next.label,
            when: format.dateTime(next.said, { dateStyle: 'medium', timeZone }),
          }),
        ]
      : []),
  ];
  return parts.length > 0 && <p className="text-[0.8125rem] text-quiet">{parts.join(' · ')}</p>;
}
