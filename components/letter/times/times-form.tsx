'use client';

import { LANGUAGES, fieldIn, languageName } from '@/lib/platform/languages';
import { useLocale, useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { AdminForm } from '@/components/admin/admin-form';
import { RadioField, SelectField, TextField, type OptionGroup } from '@/components/ui/field';
import { dateField, MAX_ROUNDS, ROUND_ROWS } from '@/lib/letter/times/form-fields';
import type { Moment, plainTimes, WallTime } from '@/lib/letter/times/rules';
import type { TimesError } from '@/lib/letter/times/schema';
import { currentZone } from '@/lib/platform/dates';
import { knownCode } from '@/lib/platform/forms/codes';

type Shown = ReturnType<typeof plainTimes>;

/**
 * Initial values of the two fields of each time that is set. Computed on the server, which has the
 * Temporal polyfill.
 */
export type Filled = Partial<Record<Moment, WallTime>>;

/**
 * `open`: can be chosen; `fixed`: the letter has opened; `unpublished`: nothing is published yet;
 * `administrator`: an administrator has to open it.
 */
type Opening = 'open' | 'fixed' | 'unpublished' | 'administrator';

type Problem = 'changed' | 'archived' | 'unpublished' | 'first-opening';

/** Fields for a letter's opening and deadlines, in the letter's time zone. */
function Fields({
  state,
  times,
  filled,
  opening,
  zones,
  errorOf,
}: {
  state: FormState | null;
  times: Shown;
  filled: Filled;
  opening: Opening;
  zones: OptionGroup[];
  errorOf: (field: string, state: FormState) => string | undefined;
}) {
  const t = useTranslations('letter.times');
  const locale = useLocale();
  const value = (name: string, before: string) => (state ? (state.typed[name] ?? '') : before);
  const error = (name: string) => (state ? errorOf(name, state) : undefined);
  const [zone, setZone] = useState(value('timeZone', currentZone(times.timeZone)));
  const zoneText =
    zones.flatMap(({ options }) => options).find(({ value }) => value === zone)?.text ?? zone;

  // Aligned at the bottom, so that fields stay in one line whatever the height of their labels.
  const pair = 'flex flex-wrap items-end gap-x-4 gap-y-6 [&>*]:min-w-44 [&>*]:flex-1';
  const when = (moment: Moment) => {
    const { date, time } = filled[moment] ?? { date: '', time: '' };
    const day = dateField(moment);
    const timeOfDay = day.replace(/On$/, 'Time');
    return (
      <div className={pair}>
        <TextField
          type="date"
          name={day}
          label={t('fields.date')}
          hint={zoneText}
          defaultValue={value(day, date)}
          error={error(day)}
        />
        <TextField
          type="time"
          name={timeOfDay}
          label={t('fields.time')}
          hint={t(`fields.noTime.${moment === 'opensAt' ? 'start' : 'end'}`)}
          defaultValue={value(timeOfDay, time)}
        />
      </div>
    );
  };
  const labels = (name: string, before: Shown['closesLabel'], number: number | 'none') => (
    <div className={pair}>
      {LANGUAGES.map((language) => {
        const field = fieldIn(`${name}Label`, language);
        return (
          <TextField
            key={language}
            name={field}
            lang={language}
            label={t('fields.label', { language: languageName(language, locale) })}
            defaultValue={value(field, before[language] ?? '')}
            hint={t.rich('fields.leftEmpty', {
              usual: () => (
                <span lang={language}>
                  {number === 'none'
                    ? t(`fields.usual.closes.${language === 'ja' ? 'ja' : 'en'}`)
                    : t(`fields.usual.round.${language === 'ja' ? 'ja' : 'en'}`, { number })}
                </span>
              ),
            })}
            error={error(field)}
          />
        );
      })}
    </div>
  );
  // An empty row is always there; another one follows as soon as it is filled in, or saved.
  const isFilled = (row: number) =>
    row <= times.rounds.length ||
    Object.entries(state?.typed ?? {}).some(
      ([name, text]) => text !== '' && new RegExp(`^round${row}[A-Z]`).test(name),
    );
  const lastFilled = ROUND_ROWS.findLast(isFilled) ?? 0;
  const [grown, setGrown] = useState(0);
  const rows = ROUND_ROWS.slice(0, Math.min(MAX_ROUNDS, Math.max(lastFilled, grown) + 1));
  // Typing a date selects opening at that date.
  const choose = (event: FormEvent<HTMLElement>) => {
    const radio = event.currentTarget.querySelector<HTMLInputElement>(
      '[name="opening"][value="at"]',
    );
    if (radio && /^opens(On|Time)$/.test((event.target as HTMLInputElement).name))
      radio.checked = true;
  };
  const part = 'space-y-4 border-t border-line pt-8';
  const legend = 'font-serif text-xl font-semibold';
  return (
    <>
      <SelectField
        name="timeZone"
        label={t('fields.timeZone')}
        hint={t('fields.timeZoneHint')}
        groups={zones}
        defaultValue={zone}
        onChange={(event) => setZone(event.target.value)}
        error={error('timeZone')}
      />
      {opening === 'open' && (
        <div className={part} onInput={choose}>
          <RadioField
            name="opening"
            legend={t('fields.opening')}
            error={error('opening')}
            defaultValue={value('opening', times.opensAt ? 'at' : 'none')}
            options={(['none', 'now', 'at'] as const).map((choice) => ({
              value: choice,
              label: t(`opening.${choice}.label`),
              explanation: t(`opening.${choice}.explanation`),
            }))}
          />
          {when('opensAt')}
        </div>
      )}
      <fieldset className={part}>
        <legend className="sr-only">{t('fields.rounds')}</legend>
        <h3 aria-hidden className={legend}>
          {t('fields.rounds')}
        </h3>
        <p className="text-sm text-quiet">{t('fields.roundsHint', { max: MAX_ROUNDS })}</p>
        {rows.map((row) => (
          <fieldset
            key={row}
            className="space-y-4 border-l-2 border-line pl-4"
            onInput={() => setGrown(Math.max(grown, row))}
          >
            <legend className="sr-only">{t('fields.round', { number: row })}</legend>
            <p aria-hidden className="font-semibold">
              {t('fields.round', { number: row })}
            </p>
            {when(`round${row}`)}
            {labels(`round${row}`, times.rounds[row - 1]?.label ?? {}, row)}
          </fieldset>
        ))}
      </fieldset>
      <div className={part}>
        <fieldset className="space-y-4">
          <legend className={legend}>{t('fields.closes')}</legend>
          <p className="text-sm text-quiet">
            {t(opening === 'fixed' ? 'fields.closesHintOpened' : 'fields.closesHint')}
          </p>
          {when('closesAt')}
          {labels('closes', times.closesLabel, 'none')}
        </fieldset>
      </div>
      <div className={part}>
        <fieldset className="space-y-4">
          <legend className={legend}>{t('fields.internal')}</legend>
          <p className="text-sm text-quiet">{t('fields.internalHint')}</p>
          {when('internalDeadlineAt')}
        </fieldset>
      </div>
      <div className={part}>
        <RadioField
          name="afterClosing"
          legend={t('fields.afterClosing')}
          error={error('afterClosing')}
          defaultValue={value('afterClosing', times.afterClosing)}
          options={(['refused', 'added'] as const).map((choice) => ({
            value: choice,
            label: t(`afterClosing.${choice}.label`),
            explanation: t(`afterClosing.${choice}.explanation`),
          }))}
        />
      </div>
    </>
  );
}

/** Form for owners to set a letter's times. */
export function TimesForm({
  action,
  slug,
  times,
  filled,
  opening,
  lastBy,
  zones,
  labelMax,
}: {
  action: FormAction;
  slug: string;
  times: Shown;
  filled: Filled;
  opening: Opening;
  /** Who changed the times last. */
  lastBy: string | null;
  zones: OptionGroup[];
  /** Maximum length of a label, in characters. */
  labelMax: number;
}) {
  const t = useTranslations('letter.times');
  const locale = useLocale();
  const errorOf = (field: string, state: FormState) => {
    const [code, instead] = state.errors[field] ?? [];
    if (code === undefined) return undefined;
    return t(`errors.${knownCode<TimesError>(t, 'errors', code) ?? 'malformed'}`, {
      instead: instead ?? '',
      max: labelMax,
    });
  };
  return (
    <AdminForm
      action={action}
      hidden={{ slug, locale, seen: JSON.stringify(times) }}
      submit={t('submit')}
      errorOf={errorOf}
      problemOf={(problem) =>
        t(`problems.${knownCode<Problem>(t, 'problems', problem) ?? 'changed'}`, {
          by: lastBy ?? t('operator'),
        })
      }
      fields={(state) => (
        <Fields
          state={state}
          times={times}
          filled={filled}
          opening={opening}
          zones={zones}
          errorOf={errorOf}
        />
      )}
    />
  );
}
