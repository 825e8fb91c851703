import { z } from 'zod';
import {
  carried,
  errorsByField,
  oneLine,
  perLanguage,
  readByLanguage,
  typed,
} from '@/lib/platform/forms/fields';
import { fieldIn, type ByLanguage } from '@/lib/platform/languages';
import { holdsWebAddress } from '@/lib/platform/text/web-address';
import { isTimeZone, typedMoment, type Moment, type Times, type WallTime } from './rules';

/** Longest label of a deadline, in characters. */
export const LABEL_MAX = 60;

/** Every way a field can be wrong. Each has words in `messages/*.json` under `letter.times.errors`. */
export type TimesError =
  | 'required'
  | 'notChosen'
  | 'dateMissing'
  | 'malformed'
  | 'skipped'
  | 'timeZone'
  | 'tooLong'
  | 'controlCharacter'
  | 'webAddress'
  | 'opened'
  | 'past'
  | 'beforeOpening'
  | 'beforeFirstTally';

const label = oneLine(LABEL_MAX);

const moment = z.iso
  .datetime()
  .transform((iso) => new Date(iso))
  .nullable();
const labels = z.record(z.string(), z.string());

/** The times that a form was filled with, as it carries them ({@link plainTimes} as JSON). */
export const seenTimesSchema = carried.pipe(
  z.object({
    timeZone: z.string(),
    opensAt: moment,
    firstTallyAt: moment,
    firstTallyLabel: labels,
    closesAt: moment,
    closesLabel: labels,
    afterClosing: z.enum(['refused', 'added']),
  }),
);

const times = z.object({
  timeZone: z.string().refine(isTimeZone, 'timeZone'),
  /** `kept`: the letter has opened, and nothing is asked. */
  opening: z.enum(['kept', 'none', 'now', 'at'], 'required').default('kept'),
  opensOn: typed,
  opensTime: typed,
  firstTallyOn: typed,
  firstTallyTime: typed,
  closesOn: typed,
  closesTime: typed,
  afterClosing: z.enum(['refused', 'added'], 'required'),
});

const fields = z.intersection(
  times,
  z.intersection(perLanguage('firstTallyLabel', label), perLanguage('closesLabel', label)),
);

/** The field where each of the times is typed; its time of day stands in the field beside it. */
export const DATE_FIELDS: Record<Moment, 'opensOn' | 'firstTallyOn' | 'closesOn'> = {
  opensAt: 'opensOn',
  firstTallyAt: 'firstTallyOn',
  closesAt: 'closesOn',
};

export type TypedTimes =
  | { ok: true; times: Times }
  | { ok: false; errors: Record<string, string[]>; instead: Partial<Record<Moment, WallTime>> };

/**
 * The times that a form says, or what is wrong with its fields.
 * @param seen what the form was filled with
 */
export function typedTimes(form: Record<string, unknown>, seen: Times, now: Date): TypedTimes {
  const parsed = fields.safeParse(form);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error), instead: {} };
  const typed = parsed.data;
  const errors: Record<string, string[]> = {};
  const instead: Partial<Record<Moment, WallTime>> = {};
  const read = (name: Moment, wall: WallTime): Date | null => {
    if (wall.date === '' && wall.time === '') return null;
    const meant = typedMoment(wall, typed.timeZone, name, {
      at: seen[name],
      timeZone: seen.timeZone,
    });
    if (meant.ok) return meant.at;
    errors[DATE_FIELDS[name]] = [wall.date === '' ? 'dateMissing' : meant.reason];
    if (meant.reason === 'skipped') instead[name] = meant.instead;
    return null;
  };
  const opensAt = {
    kept: () => seen.opensAt,
    none: () => {
      // A day that was typed without its choice is not lost unseen.
      if (!seen.opensAt && typed.opensOn !== '') errors.opening = ['notChosen'];
      return null;
    },
    now: () => now,
    at: () => {
      if (typed.opensOn === '' && typed.opensTime === '') errors.opensOn = ['required'];
      return read('opensAt', { date: typed.opensOn, time: typed.opensTime });
    },
  }[typed.opening]();
  const times: Times = {
    timeZone: typed.timeZone,
    opensAt,
    firstTallyAt: read('firstTallyAt', { date: typed.firstTallyOn, time: typed.firstTallyTime }),
    firstTallyLabel: readByLanguage(typed, 'firstTallyLabel'),
    closesAt: read('closesAt', { date: typed.closesOn, time: typed.closesTime }),
    closesLabel: readByLanguage(typed, 'closesLabel'),
    afterClosing: typed.afterClosing,
  };
  const addressed = (label: ByLanguage, before: ByLanguage) =>
    Object.entries(label).filter(
      // A stored one may stay.
      ([language, text]) => text !== before[language] && holdsWebAddress(text),
    );
  for (const name of ['firstTallyLabel', 'closesLabel'] as const) {
    for (const [language] of addressed(times[name], seen[name]))
      errors[fieldIn(name, language)] = ['webAddress'];
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors, instead } : { ok: true, times };
}
