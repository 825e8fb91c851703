import { z } from 'zod';
import {
  carried,
  errorsByField,
  oneLine,
  perLanguage,
  readByLanguage,
  typed,
} from '@/lib/platform/forms/fields';
import { fieldIn, keepingUnoffered, type ByLanguage } from '@/lib/platform/languages';
import { holdsWebAddress } from '@/lib/platform/text/web-address';
import { currentZone } from '@/lib/platform/dates';
import { dateField, MAX_ROUNDS, ROUND_ROWS } from './form-fields';
import {
  isTimeZone,
  typedMoment,
  type Moment,
  type Round,
  type Times,
  type WallTime,
} from './rules';

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
  | 'beforeRound'
  | 'sameRound'
  | 'notInternal';

const label = oneLine(LABEL_MAX);

const instant = z.iso.datetime().transform((iso) => new Date(iso));
const moment = instant.nullable();
const labels = z.record(z.string(), z.string());

/** The times that a form was rendered with, in a hidden field ({@link plainTimes} as JSON). */
export const seenTimesSchema = carried.pipe(
  z.object({
    timeZone: z.string(),
    opensAt: moment,
    rounds: z.array(z.object({ at: instant, label: labels })).max(MAX_ROUNDS),
    internalDeadlineAt: moment,
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
  internalOn: typed,
  internalTime: typed,
  closesOn: typed,
  closesTime: typed,
  afterClosing: z.enum(['refused', 'added'], 'required'),
});

const roundRows = z.object(
  Object.fromEntries(
    ROUND_ROWS.flatMap((row) => [
      [`round${row}On`, typed],
      [`round${row}Time`, typed],
      ...Object.entries(perLanguage(`round${row}Label`, label).shape),
    ]),
  ) as Record<string, typeof typed>,
);

const fields = z.intersection(times, z.intersection(roundRows, perLanguage('closesLabel', label)));

/** `rows`: the row of each round, since a row can be empty. */
export type TypedTimes =
  | { ok: true; times: Times; rows: number[] }
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
  const read = (name: Moment, wall: WallTime, before: Date | null): Date | null => {
    if (wall.date === '' && wall.time === '') return null;
    const meant = typedMoment(wall, typed.timeZone, name, {
      at: before,
      timeZone: seen.timeZone,
    });
    if (meant.ok) return meant.at;
    errors[dateField(name)] = [wall.date === '' ? 'dateMissing' : meant.reason];
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
      return read('opensAt', { date: typed.opensOn, time: typed.opensTime }, seen.opensAt);
    },
  }[typed.opening]();
  const addressed = (field: string, label: ByLanguage, before: ByLanguage) => {
    for (const [language, text] of Object.entries(label)) {
      // A stored label may stay.
      if (text !== before[language] && holdsWebAddress(text))
        errors[fieldIn(field, language)] = ['webAddress'];
    }
  };
  const closesLabel = readByLanguage(typed, 'closesLabel');
  addressed('closesLabel', closesLabel, seen.closesLabel);
  const rounds: Round[] = [];
  const rows: number[] = [];
  const given: Record<string, unknown> = parsed.data;
  for (const row of ROUND_ROWS) {
    const name = `round${row}` as const;
    const before = seen.rounds[row - 1];
    const label = readByLanguage(typed, `${name}Label`);
    addressed(`${name}Label`, label, before?.label ?? {});
    const wall = { date: given[dateField(name)] as string, time: given[`${name}Time`] as string };
    const at = read(name, wall, before?.at ?? null);
    // A row that is cleared goes; one that has only a label was not cleared.
    if (!at && !errors[dateField(name)] && Object.keys(label).length > 0)
      errors[dateField(name)] = ['dateMissing'];
    if (!at) continue;
    rounds.push({ at, label: keepingUnoffered(before?.label ?? {}, label) });
    rows.push(row);
  }
  const times: Times = {
    timeZone: typed.timeZone,
    opensAt,
    rounds,
    internalDeadlineAt: read(
      'internalDeadlineAt',
      { date: typed.internalOn, time: typed.internalTime },
      seen.internalDeadlineAt,
    ),
    closesAt: read('closesAt', { date: typed.closesOn, time: typed.closesTime }, seen.closesAt),
    closesLabel,
    afterClosing: typed.afterClosing,
  };
  return Object.keys(errors).length > 0
    ? { ok: false, errors, instead }
    : { ok: true, times, rows };
}
