'use client';

import { fieldIn, type Language, languageName, LANGUAGES, present } from '@/lib/platform/languages';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { AdminForm } from '@/components/admin/admin-form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { SelectField, TextField, type OptionGroup } from '@/components/ui/field';
import { LineField } from '@/components/letter/text/line-field';
import type { NewLetterError } from '@/lib/letter/schema';
import { proposeSlug } from '@/lib/letter/slug';
import { knownCode } from '@/lib/platform/forms/codes';
import { slugErrorText } from './slug-errors';

/**
 * How long after the last key the proposal changes, in milliseconds: screen readers announce every
 * change.
 */
const AFTER_TYPING = 400;

/**
 * The address that the letter gets if none is typed, updated while the titles are typed. Empty
 * without scripts.
 */
function Proposal() {
  const t = useTranslations('letter.text.new');
  const place = useRef<HTMLParagraphElement>(null);
  const [slug, setSlug] = useState('');
  useEffect(() => {
    const form = place.current?.closest('form');
    let timer: ReturnType<typeof setTimeout>;
    const update = () => {
      const fields = new FormData(form!);
      const typed = (name: string) => String(fields.get(name) ?? '');
      const titles = present(
        Object.fromEntries(
          LANGUAGES.map((language) => [language, typed(fieldIn('title', language)).trim()]),
        ),
      );
      const year = Number(/^\d{4}/.exec(typed('date'))?.[0] ?? new Date().getFullYear());
      setSlug(Object.keys(titles).length > 0 ? proposeSlug(titles, year) : '');
    };
    const typed = (event: Event) => {
      if (
        ![...LANGUAGES.map((language) => fieldIn('title', language)), 'date'].includes(
          (event.target as HTMLInputElement).name,
        )
      )
        return;
      clearTimeout(timer);
      timer = setTimeout(update, AFTER_TYPING);
    };
    form?.addEventListener('input', typed);
    return () => {
      clearTimeout(timer);
      form?.removeEventListener('input', typed);
    };
  }, []);
  return (
    <p ref={place} role="status" className="mt-2 text-sm wrap-anywhere">
      {slug && t.rich('proposal', { slug, b: (chunks) => <b>{chunks}</b> })}
    </p>
  );
}

/** Form to create a letter. */
export function NewLetterForm({
  action,
  locale,
  initial,
  zones,
  before,
  titleMax,
}: {
  action: FormAction;
  locale: Language;
  initial: { date: string; timeZone: string };
  zones: OptionGroup[];
  /** The URL in front of the slug. */
  before: string;
  titleMax: number;
}) {
  const t = useTranslations('letter.text');
  const errorOf = (field: string, state: FormState): string | undefined => {
    if (field === 'newSlug') return slugErrorText(t, state);
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
            {LANGUAGES.map((language, index) => {
              const name = fieldIn('title', language);
              return (
                <LineField
                  key={name}
                  name={name}
                  label={t('new.titleIn', { language: languageName(language, locale) })}
                  hint={index === 0 ? t('new.titleHint') : undefined}
                  lang={language}
                  autoComplete="off"
                  defaultValue={typed?.[name]}
                  error={error(name)}
                />
              );
            })}
            <SelectField
              name="authoritativeLanguage"
              label={t('new.authoritative')}
              hint={t('new.authoritativeHint')}
              options={LANGUAGES.map((value) => ({
                value,
                text: languageName(value, locale),
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
              groups={zones}
              defaultValue={typed?.timeZone ?? initial.timeZone}
              error={error('timeZone')}
            />
            <div>
              <TextField
                name="newSlug"
                label={t('new.address')}
                mark={t('page.optional')}
                hint={t('new.addressHint', { before })}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                defaultValue={typed?.newSlug}
                error={error('newSlug')}
              />
              <Proposal />
            </div>
          </>
        );
      }}
    />
  );
}
