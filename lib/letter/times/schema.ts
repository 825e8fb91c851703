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
import { currentZone } from '@/lib/platform/dates';
import { isTimeZone, typedMoment, type Moment, type Times, type WallTime } from './rules';

/** Maximum length of a deadline's label, in characters. */
export const LABEL_MAX = 60;

/**
 * All error codes of fields. Their messages are in `messages/*.json` under `letter.times.errors`.
 */
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

/** The times that a form was rendered with, in a hidden field ({@link plainTimes} as JSON). */
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
  /** `kept`: the letter has opened, and the form has no choice. */
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

/** The date field of each time; its time of day has a field of its own. */
export const DATE_FIELDS: Record<Moment, 'opensOn' | 'firstTallyOn' | 'closesOn'> = {
  opensAt: 'opensOn',
  firstTallyAt: 'firstTallyOn',
  closesAt: 'closesOn',
};

export type TypedTimes =
  | { ok: true; times: Times }
  | { ok: false; errors: Record<string, string[]>; instead: Partial<Record<Moment, WallTime>> };

/**
 * The times in a form, or the errors of its fields.
 * @param seen the times that the form was rendered with
 */
export function typedTimes(form: Record<string, unknown>, seen: Times, now: Date): TypedTimes {
  const parsed = fields.safeParse(form);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error), instead: {} };
  // A letter keeps the old name of its zone until another zone is chosen.
  const { timeZone: chosen } = parsed.data;
  const isKept = currentZone(chosen) === currentZone(seen.timeZone);
  const typed = { ...parsed.data, timeZone: isKept ? seen.timeZone : currentZone(chosen) };
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
      // A date without a choice is an error, so that it is not ignored silently.
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
      // A stored label may stay.
      ([language, text]) => text !== before[language] && holdsWebAddress(text),
    );
  for (const name of ['firstTallyLabel', 'closesLabel'] as const) {
    for (const [language] of addressed(times[name], seen[name]))
      errors[fieldIn(name, language)] = ['webAddress'];
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors, instead } : { ok: true, times };
}
