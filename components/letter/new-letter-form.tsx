'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { AdminForm } from '@/components/admin/admin-form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { SelectField, TextField } from '@/components/ui/field';
import { LineField } from '@/components/letter/text/line-field';
import type { NewLetterError } from '@/lib/letter/text/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { addressProblem } from './slug-errors';

/** How long after the last key a proposal is asked for, in milliseconds. */
const AFTER_TYPING = 400;

type Propose = (form: FormData) => Promise<string>;

/** The address that the letter would get if none were typed, as one types its title. Needs scripts; nothing without. */
function Proposal({ propose }: { propose: Propose }) {
  const t = useTranslations('letter.text.new');
  const place = useRef<HTMLParagraphElement>(null);
  const [slug, setSlug] = useState('');
  useEffect(() => {
    const form = place.current?.closest('form');
    let timer: ReturnType<typeof setTimeout>;
    let asked = 0;
    const ask = async () => {
      const mine = (asked += 1);
      const proposed = await propose(new FormData(form!)).catch(() => '');
      if (mine === asked) setSlug(proposed);
    };
    const typed = (event: Event) => {
      if (!['titleJa', 'titleEn', 'date'].includes((event.target as HTMLInputElement).name)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), AFTER_TYPING);
    };
    form?.addEventListener('input', typed);
    return () => {
      clearTimeout(timer);
      form?.removeEventListener('input', typed);
    };
  }, [propose]);
  return (
    <p ref={place} role="status" className="mt-2 text-sm wrap-anywhere">
      {slug && t.rich('proposal', { slug, b: (chunks) => <b>{chunks}</b> })}
    </p>
  );
}

/** What a letter needs to begin with. */
export function NewLetterForm({
  action,
  propose,
  locale,
  initial,
  zones,
  before,
  titleMax,
}: {
  action: FormAction;
  propose: Propose;
  locale: 'ja' | 'en';
  initial: { date: string; timeZone: string };
  zones: { value: string; text: string }[];
  /** What stands before the letter's own part of its address. */
  before: string;
  titleMax: number;
}) {
  const t = useTranslations('letter.text');
  const errorOf = (field: string, state: FormState): string | undefined => {
    if (field === 'address') return addressProblem(t, state);
    const typed = state.typed[field] ?? '';
    const code = knownCode<NewLetterError>(t, 'errors', state.errors[field]?.[0]);
    return (
      code && t(`errors.${code}`, { part: t('fields.title'), length: typed.length, max: titleMax })
    );
  };
  return (
    <AdminForm
      action={action}
      hidden={{ locale }}
      submit={t('new.create')}
      errorOf={errorOf}
      problemOf={() => undefined}
      fields={(state) => {
        const error = (field: string) => (state ? errorOf(field, state) : undefined);
        const typed = state?.typed;
        return (
          <>
            <LineField
              name="titleJa"
              label={t('new.titleJa')}
              hint={t('new.titleHint')}
              lang="ja"
              autoComplete="off"
              defaultValue={typed?.titleJa}
              error={error('titleJa')}
            />
            <LineField
              name="titleEn"
              label={t('new.titleEn')}
              lang="en"
              autoComplete="off"
              defaultValue={typed?.titleEn}
              error={error('titleEn')}
            />
            <SelectField
              name="authoritativeLanguage"
              label={t('new.authoritative')}
              hint={t('new.authoritativeHint')}
              options={(['ja', 'en'] as const).map((value) => ({
                value,
                text: t(`languages.${value}`),
              }))}
              defaultValue={typed?.authoritativeLanguage ?? locale}
              error={error('authoritativeLanguage')}
            />
            <TextField
              name="date"
              type="date"
              label={t('new.date')}
              hint={t('new.dateHint')}
              defaultValue={typed?.date ?? initial.date}
              error={error('date')}
            />
            <SelectField
              name="timeZone"
              label={t('new.zone')}
              hint={t('new.zoneHint')}
              options={zones}
              defaultValue={typed?.timeZone ?? initial.timeZone}
              error={error('timeZone')}
            />
            <div>
              <TextField
                name="address"
                label={t('new.address')}
                mark={t('page.optional')}
                hint={t('new.addressHint', { before })}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                defaultValue={typed?.address}
                error={error('address')}
              />
              <Proposal propose={propose} />
            </div>
          </>
        );
      }}
    />
  );
}
