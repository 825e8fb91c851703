import { Check, CircleDashed, Inbox, Layers, LogOut, X, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { QueueState } from '@/lib/endorsement/review/schema';

const shapes: Record<QueueState, LucideIcon> = {
  all: Layers,
  verified: Inbox,
  approved: Check,
  declined: X,
  withdrawn: LogOut,
  submitted: CircleDashed,
};

/** A state, or all of them, as an icon and a word. */
export function StateLabel({ state }: { state: QueueState }) {
  const t = useTranslations('endorsement.review.states');
  const Shape = shapes[state];
  return (
    <span className="whitespace-nowrap">
      <Shape aria-hidden className="mr-1.5 inline size-3.5 align-[-0.125em]" strokeWidth={2.25} />
      {t(state)}
    </span>
  );
}
