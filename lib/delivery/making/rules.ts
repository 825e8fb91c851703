import type { TypesettingProblem } from '../pdf/typesetter';

/**
 * Why the files of a delivery could not be made: typesetting exceeded its time or memory limit
 * (`too-large`); the typesetting queue was full (`busy`); or it failed in another way (`no-pdf`).
 */
export const MAKING_PROBLEMS = ['too-large', 'busy', 'no-pdf'] as const;

export type MakingProblem = (typeof MAKING_PROBLEMS)[number];

/** What a failure of the typesetter means for a delivery. */
export const PROBLEM_OF: Record<TypesettingProblem, MakingProblem> = {
  busy: 'busy',
  'too-long': 'too-large',
  'too-big': 'too-large',
  crashed: 'no-pdf',
  refused: 'no-pdf',
  'no-engine': 'no-pdf',
};
