'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { TextAreaField, TextField } from '@/components/ui/field';
import { languageTags } from '@/components/ui/language-tags';
import { callsIn } from '@/lib/letter/text/rules';
import type { PartsError } from '@/lib/letter/text/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { normaliseText } from '@/lib/platform/text/normalise';
import {
  asTyped,
  CONTENT_FIELDS,
  type Language,
  type LetterContent,
  type Part,
} from '@/lib/letter/text/content';
import { rawMax } from '@/lib/platform/text/raw-text';
import { ChangedHere, ChangedNote } from './conflict';
import { LineField } from './line-field';
import { MarkdownField } from './markdown-field';
import { LetterSizeGuard } from './letter-size-guard';
import type { TextState } from './text-form-state';

const OPTIONAL: readonly Part[] = ['subject', 'addressee', 'callsIntro', 'calls', 'closing'];
const SEVERAL_LINES: readonly Part[] = ['addressee', 'callsIntro', 'calls', 'closing'];
/** One line each, often longer than a screen is wide. */
const LONG_LINES: readonly Part[] = ['title', 'subject'];

export interface TextLimits {
  parts: Record<Part, number>;
  calls: number;
}

/** The parts of a letter's text in one language, in the order in which they stand in the letter. */
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
  /** What to begin with, and the version it would be saved on; 0: there is no text in this language yet. */
  text: { language: Language; version: number; parts: LetterContent };
  limits: TextLimits;
  /** In which moments are said. */
  timeZone: string;
}) {
  const t = useTranslations('letter.text');
  const { language } = text;
  const max = limits.parts.body;
  const markdownLabels = {
    preview: t('markdown.preview'),
    empty: t('markdown.empty'),
    count: (length: number) => t('markdown.count', { length, max }),
    tooLong: (length: number) => t('errors.tooLong', { part: t('fields.body'), length, max }),
  };
  const changedIn = (state: FormState | null) => (state as TextState | null)?.changed;
  const wrongIn = (part: Part, state: FormState): string | undefined => {
    const typed = state.typed[part] ?? '';
    switch (knownCode<PartsError>(t, 'errors', state.errors[part]?.[0])) {
      case 'required':
        return t('errors.required');
      case 'tooLong': {
        const most = part === 'calls' ? limits.parts.calls * limits.calls : limits.parts[part];
        // What was refused unread is not normalised to be counted, either.
        const { length } = typed.length > rawMax(most) ? typed : normaliseText(typed);
        return t('errors.tooLong', { part: t(`fields.${part}`), length, max: most });
      }
      case 'controlCharacter':
        return t('errors.controlCharacter', { part: t(`fields.${part}`) });
      case 'tooMany':
        return t('errors.tooMany', { length: callsIn(typed).length, max: limits.calls });
      case 'webAddress':
        return t('errors.webAddress');
      case 'callTooLong':
        return t('errors.callTooLong', { max: limits.parts.calls });
      case undefined:
        return undefined;
    }
  };
  const summaryOf = (part: Part, state: FormState) => {
    const changed = changedIn(state)?.parts.find((other) => other.part === part);
    return changed
      ? t(changed.mine ? 'conflict.both' : 'conflict.taken', { part: t(`fields.${part}`) })
      : wrongIn(part, state);
  };
  const fieldOf = (part: Part, state: FormState | null) => {
    const changed = changedIn(state)?.parts.find((other) => other.part === part);
    const field = {
      name: part,
      label: t(`fields.${part}`),
      mark: OPTIONAL.includes(part) ? t('page.optional') : undefined,
      error: state ? wrongIn(part, state) : undefined,
      defaultValue: state?.typed[part] ?? asTyped(text.parts, part),
      lang: language,
    };
    return (
      <div key={part}>
        {changed && <ChangedHere changed={changed} language={language} />}
        {part === 'body' ? (
          <MarkdownField {...field} hint={t('markdown.hint')} max={max} labels={markdownLabels} />
        ) : SEVERAL_LINES.includes(part) ? (
          <TextAreaField {...field} hint={hintOf(part)} rows={part === 'calls' ? 5 : 2} />
        ) : LONG_LINES.includes(part) ? (
          <LineField {...field} hint={hintOf(part)} autoComplete="off" />
        ) : (
          <TextField {...field} hint={hintOf(part)} autoComplete="off" />
        )}
      </div>
    );
  };
  const hintOf = (part: Exclude<Part, 'body'>) =>
    t.rich(`hints.${part}`, { language, count: limits.calls, ...languageTags });
  return (
    <AdminForm
      action={action}
      hidden={{ locale, slug, language }}
      submit={t('page.save')}
      errorOf={(field, state) =>
        CONTENT_FIELDS.includes(field as Part) ? summaryOf(field as Part, state) : undefined
      }
      problemOf={(_, state) => {
        const changed = changedIn(state);
        return changed && <ChangedNote changed={changed} timeZone={timeZone} />;
      }}
      fields={(state) => (
        <>
          <input type="hidden" name="version" value={state?.typed.version ?? text.version} />
          {CONTENT_FIELDS.map((part) => fieldOf(part, state))}
          <LetterSizeGuard bodyMax={limits.parts.body} />
        </>
      )}
    />
  );
}
