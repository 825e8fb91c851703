'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef } from 'react';
import type { RunState } from '@/components/running/form-state';
import { buttonClass } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SelectField, TextField } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import { CopyButton } from './copy-button';

/** The answer to a link that was asked for: the link, which is shown this once, or what was typed. */
export interface LinkState extends RunState {
  made?: { label: string; url: string; until: string };
}

export type LinkAction = (previous: LinkState | null, form: FormData) => Promise<LinkState>;

/** A link that was just made, to be copied. Where scripts run it takes the focus. */
function Made({ made, timeZone }: { made: NonNullable<LinkState['made']>; timeZone: string }) {
  const t = useTranslations('writing.links');
  const format = useFormatter();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} role="status" tabIndex={-1} className="mb-6 border-2 border-indigo bg-indigo-wash px-5 py-4">
      <p className="font-semibold wrap-anywhere">{t('made', { label: made.label })}</p>
      <p className="mt-1 text-sm">{t('madeHint', { until: format.dateTime(new Date(made.until), { dateStyle: 'long', timeZone }) })}</p>
      <p className="my-3 font-mono text-sm break-all select-all">{made.url}</p>
      <CopyButton text={made.url} />
    </div>
  );
}

/** Makes a link that shows a letter's draft. */
export function DraftLinkForm({
  action,
  hidden,
  days,
  labelMax,
  timeZone,
}: {
  action: LinkAction;
  hidden: Record<string, string>;
  /** For how long links can work, in days. */
  days: readonly string[];
  labelMax: number;
  timeZone: string;
}) {
  const t = useTranslations('writing');
  const running = useTranslations('running');
  const [state, act] = useActionState(action, null);
  const typed = state?.made ? undefined : state?.typed;
  const wrong = (field: 'label' | 'days') => {
    const code = state?.errors[field]?.[0];
    return code && (code === 'tooLong' ? t('errors.tooLong', { part: t('links.label'), length: state.typed.label?.length ?? 0, max: labelMax }) : t(`errors.${field}`));
  };
  const items = (['label', 'days'] as const).flatMap((name) => {
    const text = wrong(name);
    return text ? [{ name, text }] : [];
  });
  return (
    <form action={act} noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state?.made && <Made key={state.answer} made={state.made} timeZone={timeZone} />}
      {state && !state.made && (
        <div className="mb-6">
          <ErrorSummary key={state.answer} title={running(state.problem ? 'notSaved' : 'mend')} items={items}>
            {state.problem && <p>{running('failed')}</p>}
          </ErrorSummary>
        </div>
      )}
      <div key={state?.answer} className="space-y-6">
        <TextField name="label" label={t('links.label')} hint={t('links.labelHint')} autoComplete="off" defaultValue={typed?.label} error={wrong('label')} />
        <SelectField
          name="days"
          label={t('links.days')}
          options={days.map((value) => ({ value, text: t('links.daysIn', { days: Number(value) }) }))}
          defaultValue={typed?.days ?? days[1]}
          error={wrong('days')}
        />
      </div>
      <div className="mt-6">
        <SubmitButton className={`${buttonClass('outline')} max-sm:w-full`}>{t('links.make')}</SubmitButton>
      </div>
    </form>
  );
}
