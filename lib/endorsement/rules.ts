import { may } from '@/lib/coordinator/permissions';
import type { Names } from '@/lib/organization/names';
import { foldName, registrableDomain } from '@/lib/organization/rules';
import type { ActorKind, Role, Visibility } from '@/lib/platform/db/generated/enums';
import { preferred } from '@/lib/platform/languages';
import { sortKey, type OrderSettings } from '@/lib/organization/order';

export type State = 'submitted' | 'verified' | 'approved' | 'declined' | 'withdrawn';
export type Step = 'confirm' | 'approve' | 'decline' | 'withdraw' | 'retract' | 'take_back';

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

/** The states in which `step` can be taken, for guarded writes in SQL. */
export function statesBefore(step: Step): State[] {
  return Object.keys(STEPS[step]) as State[];
}

/** The state that `step` leads to, of a step that leads to one state only. */
export function stateAfter(step: Exclude<Step, 'take_back'>): State {
  return Object.values(STEPS[step])[0]!;
}

/** The steps a coordinator can take from a state; confirming and retracting are the representative's. */
export function stepsFrom({
  state,
  withdrawnBy,
}: {
  state: State;
  withdrawnBy: ActorKind | null;
}): Exclude<Step, 'confirm' | 'retract'>[] {
  // An endorsement that its representative withdrew is not brought back by others.
  if (withdrawnBy === 'representative') return [];
  return (['approve', 'decline', 'withdraw', 'take_back'] as const).filter((step) =>
    nextState(state, step),
  );
}

/** Somebody who reads an endorsement: anybody, or a coordinator by their role. */
export type Viewer = 'public' | Role;

/**
 * Whether somebody may see an organization's names. The one place that decides it: names that an organization asked to
 * withhold are shown to coordinators who review, and to nobody else.
 */
export function mayShowName(visibility: Visibility, viewer: Viewer): boolean {
  return visibility === 'named' || (viewer !== 'public' && may(viewer, 'readWithheldNames'));
}

/** {@link mayShowName} as a condition of a query. */
export function nameShownTo(viewer: Viewer): { visibility?: Visibility } {
  return mayShowName('withheld', viewer) ? {} : { visibility: 'named' };
}

/**
 * What tells the endorsements of one contact on a letter apart: the folded first name. A secretariat can sign for several
 * organizations with one address, and for each only once.
 */
export function nameKey({ names }: Pick<Names, 'names'>): string {
  const name = preferred(names, 'ja')?.said ?? '';
  return foldName(name) || name.toLowerCase();
}

/**
 * What is stored beside the names and follows from them: the place in the list, and the text that search looks in.
 * @param signedAt when it signed, for lists in the order of signing
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
