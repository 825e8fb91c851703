import type { Metric } from './open-metrics';

/**
 * What sign-ups came to: `trapped` by the field that people do not see; under pressure, `challenged`
 * to solve something, `solved`, or `slow`, without.
 */
const CHECKS = ['trapped', 'challenged', 'solved', 'slow'] as const;
type Check = (typeof CHECKS)[number];

// Next bundles this module several times; all copies in a process count together.
const store = globalThis as { undersignedSignUpChecks?: Map<Check, number> };
const counts = (store.undersignedSignUpChecks ??= new Map<Check, number>());

/** Counts a sign-up. */
export function countSignUpCheck(check: Check): void {
  counts.set(check, (counts.get(check) ?? 0) + 1);
}

/** How many sign-ups of this process were trapped, or came while their letter was under pressure. */
export const signUpChecks = (): Metric => ({
  name: 'undersigned_sign_up_checks',
  help: 'Sign-ups of this process that filled in the field no person sees, or came under pressure.',
  type: 'counter',
  samples: CHECKS.map((of) => ({ labels: { of }, value: counts.get(of) ?? 0 })),
});
