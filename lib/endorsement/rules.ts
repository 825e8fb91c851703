import { may, type Standing } from '@/lib/coordinator/permissions';
import type { Names } from '@/lib/organization/names';
import { fold, foldName, searchForms } from '@/lib/organization/folding';
import { legalForm } from '@/lib/organization/legal-form';
import { registrableDomain } from '@/lib/organization/rules';
import type { ActorKind, Visibility } from '@/lib/platform/db/generated/enums';
import { preferred } from '@/lib/platform/languages';
import { sortKey, type OrderSettings } from '@/lib/organization/order';

export type State = 'submitted' | 'verified' | 'approved' | 'declined' | 'withdrawn';
export type Step =
  'confirm' | 'vouch' | 'approve' | 'decline' | 'withdraw' | 'retract' | 'take_back';

/**
 * The state machine of endorsements: for each step, its source states and its target. All other
 * transitions are invalid.
 */
const STEPS: Record<Step, Partial<Record<State, State>>> = {
  confirm: { submitted: 'verified' },
  vouch: { submitted: 'verified' },
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

/** Whether an entry in a state can be held: before it is decided on. */
export const mayHold = (state: State): boolean => state === 'submitted' || state === 'verified';

/**
 * The decisions available to coordinators in a state; confirming and retracting are the
 * representative's, and vouching comes before any decision.
 */
export function stepsFrom({
  state,
  withdrawnBy,
}: {
  state: State;
  withdrawnBy: ActorKind | null;
}): Exclude<Step, 'confirm' | 'vouch' | 'retract'>[] {
  // An endorsement withdrawn by its representative cannot be restored by others.
  if (withdrawnBy === 'representative') return [];
  return (['approve', 'decline', 'withdraw', 'take_back'] as const).filter((step) =>
    nextState(state, step),
  );
}

/** Number of endorsements by state. */
export type StateCounts = Record<State, number>;

/** Number of endorsements in a state, or in all. */
export function countIn(counts: StateCounts, state: State | 'all'): number {
  return state === 'all'
    ? Object.values(counts).reduce((sum, count) => sum + count)
    : counts[state];
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
  return foldName(name) || name.normalize('NFKC').toLowerCase();
}

/** A published name as search words: its forms without the legal form, then the legal form. */
function published(name: string): string[] {
  const found = legalForm(name);
  return found ? [...searchForms(name), fold(found.form)] : searchForms(name);
}

/** The text that names are searched by. */
export const publishedText = (names: Names['names']): string =>
  Object.values(names).flatMap(published).join(' ');

/** What separates the published names of a `search_text` from the rest, which is not public. */
export const NOT_PUBLIC = '\n';

/**
 * The columns derived from the names: the sort key, and the text for search. The latter holds the
 * folded names, and behind {@link NOT_PUBLIC} the folded reading and the website's domain, each with
 * a space before it.
 * @param signedAt time of signing, for lists in that order
 */
export function derivedFromNames(
  { names, reading, website, signedAt }: Names & { website: string | null; signedAt: Date },
  order: OrderSettings,
): { sortKey: string; searchText: string } {
  const domain = website && registrableDomain(website);
  const others = [reading && fold(reading), domain].map((word) => (word ? ` ${word}` : ''));
  return {
    sortKey: sortKey({ names, reading, signedAt }, order),
    searchText: [publishedText(names), NOT_PUBLIC, ...others].join(''),
  };
}

/** What a representative's name is found by. */
export const personSearchText = (name: string): string => searchForms(name, fold).join(' ');

/**
 * What a search looks for: the forms in which a text can stand in folded names, and in addresses.
 * Any of them suffices; there are none if nothing is left of the text.
 */
export function searchWords(typed: string): { names: string[]; addresses: string[] } {
  const address = typed.normalize('NFKC').trim().toLowerCase();
  return { names: searchForms(typed).filter(Boolean), addresses: address ? [address] : [] };
}
