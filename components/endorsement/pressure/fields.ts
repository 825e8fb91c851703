/** The field with the solution of a challenge. */
export const SOLUTION_FIELD = 'altcha';
/** The button of those who send the form without one. */
export const SLOW_FIELD = 'slow';
