'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { AdminForm } from '@/components/admin/admin-form';
import { SelectField, TextField } from '@/components/ui/field';
import { CopyButton } from '@/components/ui/copy-button';
import type { DraftLinkError } from '@/lib/letter/schema';
import { knownCode } from '@/lib/platform/forms/codes';

/** The result of creating a link: the URL, shown only once, or the refused input. */
export interface DraftLinkState extends FormState {
  made?: { label: string; url: string; until: string };
}

/** A new link to copy. Focused if JavaScript is enabled. */
function Made({ made, timeZone }: { made: NonNullable<DraftLinkState['made']>; timeZone: string }) {
  const t = useTranslations('letter.text.links');
  const format = useFormatter();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      role="status"
      tabIndex={-1}
      className="mb-6 border-2 border-indigo bg-indigo-wash px-5 py-4"
    >
      <p className="font-semibold wrap-anywhere">{t('made', { label: made.label })}</p>
      <p className="mt-1 text-sm">
        {t('madeHint', {
          until: format.dateTime(new Date(made.until), { dateStyle: 'long', timeZone }),
        })}
      </p>
      <p className="my-3 font-mono text-sm break-all select-all">{made.url}</p>
      <CopyButton text={made.url} />
    </div>
  );
}

/** Form to create a draft link. */
export function DraftLinkForm({
  action,
  hidden,
  days,
  labelMax,
  timeZone,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  /** Lifetimes to choose from, in days. */
  days: readonly string[];
  labelMax: number;
  timeZone: string;
}) {
  const t = useTranslations('letter.text');
  const errorOf = (field: string, state: FormState) => {
    const code = knownCode<DraftLinkError>(t, 'errors', state.errors[field]?.[0]);
    if (!code) return undefined;
    if (code === 'required') return t(`errors.${field as 'label' | 'days'}`);
    return t(`errors.${code}`, {
      part: t('links.label'),
      length: state.typed.label?.length ?? 0,
      max: labelMax,
    });
  };
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('links.make')}
      errorOf={errorOf}
      problemOf={() => null}
      answered={(state) => {
        const { made, answer } = state as DraftLinkState;
        return made && <Made key={answer} made={made} timeZone={timeZone} />;
      }}
      fields={(state) => (
        <>
          <TextField
            name="label"
            label={t('links.label')}
            hint={t('links.labelHint')}
            autoComplete="off"
            defaultValue={state?.typed.label}
            error={state ? errorOf('label', state) : undefined}
          />
          <SelectField
            name="days"
            label={t('links.days')}
            options={days.map((value) => ({
              value,
              text: t('links.daysIn', { days: Number(value) }),
            }))}
            defaultValue={state?.typed.days ?? days[1]}
            error={state ? errorOf('days', state) : undefined}
          />
        </>
      )}
    />
  );
}
