import { useLocale, useTranslations } from 'next-intl';
import type { Times } from '@/lib/letter/times/rules';
import type { ByLanguage } from '@/lib/platform/languages';
import { lastMinute } from '@/lib/platform/dates';

/** One of a letter's dates. */
export interface LetterDate {
  key: string;
  at: Date;
  /** As it is said: of a deadline, the last minute before it. */
  said: Date;
  /** What the coordinators call it, else what it is. */
  label: string;
}

/** A letter's opening and its deadlines, as far as they are set, in the order of their times. */
export function useDates(): (
  letter: Pick<Times, 'timeZone' | 'opensAt' | 'rounds' | 'internalDeadlineAt' | 'closesAt'> & {
    closesLabel?: ByLanguage;
  },
) => LetterDate[] {
  const t = useTranslations('letter.times.labels');
  const locale = useLocale();
  return ({ timeZone, opensAt, rounds, internalDeadlineAt, closesAt, closesLabel }) => {
    const deadline = (at: Date) => lastMinute(at, timeZone);
    return [
      ...(opensAt ? [{ key: 'opens', at: opensAt, said: opensAt, label: t('opens') }] : []),
      ...[
        ...rounds.map(({ at, label }, index) => ({
          key: `round${index + 1}`,
          at,
          label: label[locale] ?? t('round', { number: index + 1 }),
        })),
        { key: 'internal', at: internalDeadlineAt, label: t('internal') },
        { key: 'closes', at: closesAt, label: closesLabel?.[locale] ?? t('final') },
      ].flatMap(({ key, at, label }) => (at ? [{ key, at, said: deadline(at), label }] : [])),
    ].sort((a, b) => a.at.getTime() - b.at.getTime());
  };
}
