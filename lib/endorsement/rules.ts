import { foldName, registrableDomain } from '@/lib/organization/rules';
import { sortKey, type OrderSettings } from '@/lib/organization/order';

export type State = 'submitted' | 'verified' | 'approved' | 'declined' | 'withdrawn';
export type Step = 'confirm' | 'approve' | 'decline' | 'withdraw' | 'retract' | 'take_back';

/** The note of an audit row that a representative caused: they are no coordinator, so the row names no actor. */
export const BY_REPRESENTATIVE = 'representative';

/** Which step leads from which state to which. Steps not named here do not exist. */
const STEPS: Record<Step, Partial<Record<State, State>>> = {
  confirm: { submitted: 'verified' },
  approve: { verified: 'approved' },
  decline: { verified: 'declined' },
  withdraw: { approved: 'withdrawn' },
  retract: { verified: 'withdrawn', approved: 'withdrawn' },
  take_back: { approved: 'verified', declined: 'verified', withdrawn: 'approved' },
};

/** The state that `step` leads to from `from`, or null when it cannot be taken there. */
export function nextState(from: State, step: Step): State | null {
  return STEPS[step][from] ?? null;
}

/** The steps a coordinator can take from a state; confirming and retracting are the representative's. */
export function stepsFrom({
  state,
  retracted,
}: {
  state: State;
  retracted: boolean;
}): Exclude<Step, 'confirm' | 'retract'>[] {
  // Whoever withdrew their own endorsement is not brought back by others.
  return retracted
    ? []
    : (['approve', 'decline', 'withdraw', 'take_back'] as const).filter((step) =>
        nextState(state, step),
      );
}

interface Names {
  nameJa: string | null;
  reading: string | null;
  nameEn: string | null;
}

/**
 * What is stored beside the names and follows from them: the place in the list, and the text that search looks in.
 * @param signedAt when it signed, for lists in the order of signing
 */
export function derivedFromNames(
  { website, signedAt, ...names }: Names & { website: string | null; signedAt: Date },
  order: OrderSettings,
): { sortKey: string; searchText: string } {
  const words = [
    names.nameJa && foldName(names.nameJa),
    names.nameEn && foldName(names.nameEn),
    names.reading && foldName(names.reading),
  ];
  const domain = website && registrableDomain(website);
  return {
    sortKey: sortKey({ ...names, signedAt }, order),
    searchText: [...words, domain].filter(Boolean).join(' '),
  };
}
