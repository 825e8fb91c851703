import { may, type Standing } from '@/lib/coordinator/permissions';
import type { Names } from '@/lib/organization/names';
import { foldName, registrableDomain } from '@/lib/organization/rules';
import type { ActorKind, Visibility } from '@/lib/platform/db/generated/enums';
import { preferred } from '@/lib/platform/languages';
import { sortKey, type OrderSettings } from '@/lib/organization/order';

export type State = 'submitted' | 'verified' | 'approved' | 'declined' | 'withdrawn';
export type Step = 'confirm' | 'approve' | 'decline' | 'withdraw' | 'retract' | 'take_back';

/**
 * The state machine of endorsements: for each step, its source states and its target. All other
 * transitions are invalid.
 */
const STEPS: Record<Step, Partial<Record<State, State>>> = {
  confirm: { submitted: 'verified' },
  approve: { verified: 'approved' },
  decline: { verified: 'declined' },
  withdraw: { approved: 'withdrawn' },
  retract: { verified: 'withdrawn', approved: 'withdrawn' },
  take_back: { approved: 'verified', declined: 'verified', withdrawn: 'approved' },
};

/** The target state of `step` from state `from`, or null if the transition is invalid. */
export function nextState(from: State, step: Step): State | null {
  return STEPS[step][from] ?? null;
}

/** The source states of `step`, for guarded writes in SQL. */
export function statesBefore(step: Step): State[] {
  return Object.keys(STEPS[step]) as State[];
}

/** The target state of a step that has only one. */
export function stateAfter(step: Exclude<Step, 'take_back'>): State {
  return Object.values(STEPS[step])[0]!;
}

/**
 * The steps available to coordinators in a state; confirming and retracting are the
 * representative's.
 */
export function stepsFrom({
  state,
  withdrawnBy,
}: {
  state: State;
  withdrawnBy: ActorKind | null;
}): Exclude<Step, 'confirm' | 'retract'>[] {
  // An endorsement withdrawn by its representative cannot be restored by others.
  if (withdrawnBy === 'representative') return [];
  return (['approve', 'decline', 'withdraw', 'take_back'] as const).filter((step) =>
    nextState(state, step),
  );
}

/** The viewer of an endorsement: the public, or a coordinator with their role. */
export type Viewer = 'public' | Standing;

/**
 * Whether a viewer may see an organization's names. Single point of decision: withheld names are
 * visible to coordinators who review, and to nobody else.
 */
export function mayShowName(visibility: Visibility, viewer: Viewer): boolean {
  return visibility === 'named' || (viewer !== 'public' && may(viewer, 'readWithheldNames'));
}

/** {@link mayShowName} as an SQL condition. */
export function nameShownTo(viewer: Viewer): { visibility?: Visibility } {
  return mayShowName('withheld', viewer) ? {} : { visibility: 'named' };
}

/**
 * Distinguishes the endorsements of one contact on a letter: the folded first name. One person can
 * sign for several organizations with one address, but only once for each.
 */
export function nameKey({ names }: Pick<Names, 'names'>): string {
  const name = preferred(names, 'ja')?.said ?? '';
  return foldName(name) || name.toLowerCase();
}

/**
 * The columns derived from the names: the sort key, and the text for search.
 * @param signedAt time of signing, for lists in that order
 */
export function derivedFromNames(
  { names, reading, website, signedAt }: Names & { website: string | null; signedAt: Date },
  order: OrderSettings,
): { sortKey: string; searchText: string } {
  const words = [...Object.values(names), ...(reading ? [reading] : [])].map(foldName);
  const domain = website && registrableDomain(website);
  return {
    sortKey: sortKey({ names, reading, signedAt }, order),
    searchText: [...words, domain].filter(Boolean).join(' '),
  };
}
