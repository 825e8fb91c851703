'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState, useSyncExternalStore, type FormEvent } from 'react';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { AdminForm } from '@/components/admin/admin-form';
import { buttonClass } from '@/components/ui/button';
import { CheckboxField, RadioField, SelectField, TextField } from '@/components/ui/field';
import { languageTags } from '@/components/ui/language-tags';
import { HEADING_MAX, QUESTION_CHOICES, type ListSettings } from '@/lib/letter/list-settings';
import { knownCode } from '@/lib/platform/forms/codes';
import { fieldIn, type Language, languageName, LANGUAGES } from '@/lib/platform/languages';
import type { Preview } from '@/lib/signatories/settings/queries';
import {
  HEADING_FIELDS,
  LISTS,
  PAGE_SIZES,
  type SettingsError,
  settingsForm,
  settingsFormSchema,
} from '@/lib/signatories/settings/schema';
import { PreviewList } from './preview';

/**
 * The default headings in both languages; that of the list of all organizations names its order.
 */
export type UsualHeadings = Record<
  Language,
  { coordinating: string; all: Record<ListSettings['by'], string> }
>;

const never = () => () => {};

/** The fields of a list's settings, with a live preview. */
function Fields({
  state,
  settings,
  preview,
  previewLimit,
  usual,
  errorOf,
}: {
  state: FormState | null;
  settings: ListSettings;
  preview: Preview;
  previewLimit: number;
  usual: UsualHeadings;
  errorOf: (field: string, state: FormState) => string | undefined;
}) {
  const t = useTranslations('signatories.settings');
  const locale = useLocale();
  const typed = state?.typed ?? settingsForm(settings);
  // Invalid input leaves the last valid preview.
  const readable = (form: object, otherwise: ListSettings) =>
    settingsFormSchema.safeParse(form).data ?? otherwise;
  const [shown, setShown] = useState(() => readable(typed, settings));
  const [isTyped, setTyped] = useState(state !== null);
  const follow = (event: FormEvent<HTMLElement>) => {
    const form = (event.target as HTMLInputElement).form;
    if (!form) return;
    setShown(readable(Object.fromEntries(new FormData(form)), shown));
    setTyped(true);
  };
  const error = (field: string) => (state ? errorOf(field, state) : undefined);
  const part = 'border-t border-line pt-6';
  const heading = (list: (typeof LISTS)[number]) =>
    LANGUAGES.map((language) => {
      const field = fieldIn(HEADING_FIELDS[list], language);
      const words = usual[language] ?? usual.en!;
      return (
        <TextField
          key={field}
          name={field}
          lang={language}
          label={t(`fields.${HEADING_FIELDS[list]}`, { language: languageName(language, locale) })}
          hint={t.rich('fields.leftEmpty', {
            usual: () => (
              <span lang={language}>
                {list === 'all' ? words.all[shown.by] : words.coordinating}
              </span>
            ),
          })}
          defaultValue={typed[field]}
          error={error(field)}
        />
      );
    });
  return (
    <div
      className="gap-10 max-lg:space-y-10 lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
      onInput={follow}
    >
      <div className="space-y-6">
        <RadioField
          name="by"
          legend={t('fields.by')}
          error={error('by')}
          defaultValue={typed.by}
          options={(['japanese', 'english', 'date'] as const).map((value) => ({
            value,
            label: t(`by.${value}.label`),
            explanation: t.rich(`by.${value}.explanation`, languageTags),
          }))}
        />
        <div>
          <CheckboxField
            name="legalFormCounts"
            label={t('fields.legalFormCounts')}
            defaultChecked={typed.legalFormCounts === 'on'}
          />
          <p className="pl-9 text-sm text-quiet">{t.rich('fields.legalFormHint', languageTags)}</p>
        </div>
        <SelectField
          name="latin"
          label={t('fields.latin')}
          hint={t('fields.latinHint')}
          defaultValue={typed.latin}
          options={(['after-kana', 'before-kana'] as const).map((value) => ({
            value,
            text: t(`latin.${value}`),
          }))}
        />
        <div className={part}>
          <fieldset className="space-y-4">
            <legend className="font-serif text-xl font-semibold">{t('fields.headings')}</legend>
            <p className="text-sm text-quiet">
              {t('fields.headingsHint', { placeholder: '{count}' })}
            </p>
            {heading('coordinating')}
            {heading('all')}
          </fieldset>
        </div>
        <div className={`${part} space-y-6`}>
          <SelectField
            name="leading"
            label={t('fields.leading')}
            defaultValue={typed.leading}
            options={[
              { value: 'reader', text: t('leading.reader') },
              ...LANGUAGES.map((value) => ({
                value,
                text: t('leading.always', { language: languageName(value, locale) }),
              })),
            ]}
          />
          <div>
            <CheckboxField
              name="offersWithheld"
              label={t('fields.offersWithheld')}
              defaultChecked={typed.offersWithheld === 'on'}
            />
            <p className="pl-9 text-sm text-quiet">{t('fields.offersWithheldHint')}</p>
          </div>
          <SelectField
            name="website"
            label={t('fields.website')}
            hint={t('fields.websiteHint')}
            defaultValue={typed.website}
            options={QUESTION_CHOICES.map((value) => ({ value, text: t(`questions.${value}`) }))}
          />
          <SelectField
            name="authorisation"
            label={t('fields.authorisation')}
            hint={t('fields.authorisationHint')}
            defaultValue={typed.authorisation}
            options={QUESTION_CHOICES.map((value) => ({ value, text: t(`questions.${value}`) }))}
          />
          <TextField
            name="pageSize"
            inputMode="numeric"
            label={t('fields.pageSize')}
            hint={t('fields.pageSizeHint', PAGE_SIZES)}
            defaultValue={typed.pageSize}
            error={error('pageSize')}
          />
        </div>
      </div>
      <section aria-labelledby="preview" className="lg:sticky lg:top-6 lg:self-start">
        <h2 id="preview" className="font-serif text-xl font-semibold">
          {t('preview.title')}
        </h2>
        <p role="status" className="mt-1 text-sm text-quiet">
          {t(isTyped ? 'preview.typed' : 'preview.published')}
        </p>
        <div
          role="region"
          aria-label={t('preview.label')}
          tabIndex={0}
          className={`mt-3 overflow-y-auto rounded-sm border border-line bg-raised px-4 pb-4 lg:max-h-[calc(100vh-9rem)] ${preview.entries.length > 100 ? 'max-h-[70vh]' : ''}`}
        >
          <PreviewList
            settings={{ ...shown, categories: settings.categories }}
            preview={preview}
            limit={previewLimit}
          />
        </div>
      </section>
    </div>
  );
}

/**
 * Form for owners to edit the list's settings. Without JavaScript, a button previews the list
 * before it is saved.
 */
export function ListForm({
  action,
  slug,
  settings,
  preview,
  previewLimit,
  usual,
  lastBy,
}: {
  action: FormAction;
  slug: string;
  settings: ListSettings;
  preview: Preview;
  /** Maximum number of entries in `preview`. */
  previewLimit: number;
  usual: UsualHeadings;
  /** Who changed the list last. */
  lastBy: string | null;
}) {
  const t = useTranslations('signatories.settings');
  const locale = useLocale();
  const hasScripts = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const errorOf = (field: string, state: FormState) => {
    const code = state.errors[field]?.[0];
    if (code === undefined) return undefined;
    return t(`errors.${knownCode<SettingsError>(t, 'errors', code) ?? 'notChosen'}`, {
      longest: HEADING_MAX,
      ...PAGE_SIZES,
      placeholder: '{count}',
    });
  };
  return (
    <AdminForm
      action={action}
      hidden={{ slug, locale, seen: JSON.stringify(settings) }}
      submit={t('submit')}
      errorOf={errorOf}
      problemOf={(problem) =>
        problem === 'preview'
          ? t('problems.preview')
          : t('problems.changed', { by: lastBy ?? t('operator') })
      }
      fields={(state) => (
        <Fields
          state={state}
          settings={settings}
          preview={preview}
          previewLimit={previewLimit}
          usual={usual}
          errorOf={errorOf}
        />
      )}
    >
      {!hasScripts && (
        <button
          type="submit"
          name="preview"
          value="1"
          className={`${buttonClass('outline')} max-sm:w-full`}
        >
          {t('previewButton')}
        </button>
      )}
    </AdminForm>
  );
}
