import { z } from 'zod';
import { carried, oneLine, orNull, typed } from '@/lib/platform/forms/fields';
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

const label = oneLine(LABEL_MAX).transform(orNull);

const moment = z.iso
  .datetime()
  .transform((iso) => new Date(iso))
  .nullable();
const labels = z.object({ ja: z.string().nullable(), en: z.string().nullable() });

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

const fields = z.object({
  timeZone: z.string().refine(isTimeZone, 'timeZone'),
  /** `kept`: the letter has opened, and nothing is asked. */
  opening: z.enum(['kept', 'none', 'now', 'at'], 'required').default('kept'),
  opensOn: typed,
  opensTime: typed,
  firstTallyOn: typed,
  firstTallyTime: typed,
  firstTallyLabelJa: label,
  firstTallyLabelEn: label,
  closesOn: typed,
  closesTime: typed,
  closesLabelJa: label,
  closesLabelEn: label,
  afterClosing: z.enum(['refused', 'added'], 'required'),
});

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
  if (!parsed.success)
    return { ok: false, errors: z.flattenError(parsed.error).fieldErrors, instead: {} };
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
    firstTallyLabel: { ja: typed.firstTallyLabelJa, en: typed.firstTallyLabelEn },
    closesAt: read('closesAt', { date: typed.closesOn, time: typed.closesTime }),
    closesLabel: { ja: typed.closesLabelJa, en: typed.closesLabelEn },
    afterClosing: typed.afterClosing,
  };
  // One that is stored already may stay.
  const addressed = (
    label: Times['closesLabel'],
    before: Times['closesLabel'],
    language: 'ja' | 'en',
  ) => label[language] !== before[language] && holdsWebAddress(label[language] ?? '');
  for (const name of ['firstTallyLabel', 'closesLabel'] as const) {
    if (addressed(times[name], seen[name], 'ja')) errors[`${name}Ja`] = ['webAddress'];
    if (addressed(times[name], seen[name], 'en')) errors[`${name}En`] = ['webAddress'];
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors, instead } : { ok: true, times };
}
