'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { languageTags } from '@/components/ui/language-tags';
import { callsIn } from '@/lib/letter/text/rules';
import type { ContentError } from '@/lib/letter/text/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { normaliseText } from '@/lib/platform/text/normalise';
import {
  fieldText,
  CONTENT_FIELDS,
  type LetterContent,
  type ContentField,
} from '@/lib/letter/text/content';
import type { Language } from '@/lib/platform/languages';
import { rawMax } from '@/lib/platform/text/raw-text';
import { ChangedHere, ChangedNote } from './conflict';
import { LineField } from './line-field';
import { MarkdownField } from './markdown-field';
import { PlainAreaField, PlainField } from './plain-fields';
import { LetterSizeGuard } from './letter-size-guard';
import type { TextFormState } from './text-form-state';

const OPTIONAL: readonly ContentField[] = [
  'subject',
  'addressee',
  'callsIntro',
  'calls',
  'closing',
];
const SEVERAL_LINES: readonly ContentField[] = ['addressee', 'callsIntro', 'calls', 'closing'];
/** Single lines that are often wider than the screen. */
const LONG_LINES: readonly ContentField[] = ['title', 'subject'];

export interface TextLimits {
  fields: Record<ContentField, number>;
  calls: number;
}

/** The form for a letter's text in one language, with its fields in the order of the letter. */
export function TextForm({
  action,
  locale,
  slug,
  text,
  limits,
  timeZone,
}: {
  action: FormAction;
  locale: string;
  slug: string;
  /** The initial values and the version they are based on; 0 if there is no text in this language yet. */
  text: { language: Language; version: number; content: LetterContent };
  limits: TextLimits;
  /** The time zone in which times are shown. */
  timeZone: string;
}) {
  const t = useTranslations('letter.text');
  const { language } = text;
  const max = limits.fields.body;
  const markdownLabels = {
    preview: t('markdown.preview'),
    empty: t('markdown.empty'),
    count: (length: number) => t('markdown.count', { length, max }),
    tooLong: (length: number) => t('errors.tooLong', { part: t('fields.body'), length, max }),
  };
  const conflictIn = (state: FormState | null) => (state as TextFormState | null)?.conflict;
  const wrongIn = (field: ContentField, state: FormState): string | undefined => {
    const typed = state.typed[field] ?? '';
    switch (knownCode<ContentError>(t, 'errors', state.errors[field]?.[0])) {
      case 'required':
        return t('errors.required');
      case 'tooLong': {
        const most = field === 'calls' ? limits.fields.calls * limits.calls : limits.fields[field];
        // Input that was too long to be normalised is counted as it is.
        const { length } = typed.length > rawMax(most) ? typed : normaliseText(typed);
        return t('errors.tooLong', { part: t(`fields.${field}`), length, max: most });
      }
      case 'controlCharacter':
        return t('errors.controlCharacter', { part: t(`fields.${field}`) });
      case 'tooMany':
        return t('errors.tooMany', { length: callsIn(typed).length, max: limits.calls });
      case 'webAddress':
        return t('errors.webAddress', { part: t(`fields.${field}`) });
      case 'callTooLong':
        return t('errors.callTooLong', { max: limits.fields.calls });
      case undefined:
        return undefined;
    }
  };
  const summaryOf = (field: ContentField, state: FormState) => {
    const changed = conflictIn(state)?.fields.find((other) => other.field === field);
    return changed
      ? t(changed.mine ? 'conflict.both' : 'conflict.taken', { part: t(`fields.${field}`) })
      : wrongIn(field, state);
  };
  const hintOf = (field: Exclude<ContentField, 'body'>) =>
    t.rich(`hints.${field}`, { language, count: limits.calls, ...languageTags });
  const fieldOf = (field: ContentField, state: FormState | null) => {
    const changed = conflictIn(state)?.fields.find((other) => other.field === field);
    const props = {
      name: field,
      label: t(`fields.${field}`),
      mark: OPTIONAL.includes(field) ? t('page.optional') : undefined,
      error: state ? wrongIn(field, state) : undefined,
      defaultValue: state?.typed[field] ?? fieldText(text.content, field),
      lang: language,
    };
    return (
      <div key={field}>
        {changed && <ChangedHere changed={changed} language={language} />}
        {field === 'body' ? (
          <MarkdownField {...props} hint={t('markdown.hint')} max={max} labels={markdownLabels} />
        ) : SEVERAL_LINES.includes(field) ? (
          <PlainAreaField {...props} hint={hintOf(field)} rows={field === 'calls' ? 5 : 2} />
        ) : LONG_LINES.includes(field) ? (
          <LineField {...props} hint={hintOf(field)} autoComplete="off" />
        ) : (
          <PlainField {...props} hint={hintOf(field)} autoComplete="off" />
        )}
      </div>
    );
  };
  return (
    <AdminForm
      action={action}
      hidden={{ locale, slug, language }}
      submit={t('page.save')}
      errorOf={(field, state) =>
        CONTENT_FIELDS.includes(field as ContentField)
          ? summaryOf(field as ContentField, state)
          : undefined
      }
      problemOf={(_, state) => {
        const conflict = conflictIn(state);
        return conflict && <ChangedNote changed={conflict} timeZone={timeZone} />;
      }}
      fields={(state) => (
        <>
          <input type="hidden" name="version" value={state?.typed.version ?? text.version} />
          {CONTENT_FIELDS.map((field) => fieldOf(field, state))}
          <LetterSizeGuard bodyMax={limits.fields.body} />
        </>
      )}
    />
  );
}
