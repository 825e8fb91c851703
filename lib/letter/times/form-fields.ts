/** The names of the fields of the times form, for the form itself and for what reads it. */
import type { Moment } from './rules';

/** Maximum number of rounds: more than any letter has, and few enough for a form. */
export const MAX_ROUNDS = 20;

/** The rows of the form for rounds. Their numbers begin with 1; any of them can be empty. */
export const ROUND_ROWS = Array.from({ length: MAX_ROUNDS }, (_, index) => index + 1);

/** The date field of one of a letter's times; its time of day has a field of its own. */
export function dateField(moment: Moment): string {
  if (moment === 'opensAt') return 'opensOn';
  if (moment === 'internalDeadlineAt') return 'internalOn';
  return moment === 'closesAt' ? 'closesOn' : `${moment}On`;
}
