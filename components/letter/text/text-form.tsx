'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { languageTags } from '@/components/ui/language-tags';
import { callsIn, typedContent } from '@/lib/letter/text/rules';
import type { ContentError, WordFileProblem } from '@/lib/letter/text/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { normaliseText } from '@/lib/platform/text/normalise';
import {
  fieldText,
  marksOf,
  CONTENT_FIELDS,
  type LetterContent,
  type ContentField,
} from '@/lib/letter/text/content';
import type { Language } from '@/lib/platform/languages';
import { WORD_FILE } from '@/lib/platform/limits';
import { rawMax } from '@/lib/platform/text/raw-text';
import { CallsForm } from './calls-form';
import { ChangedHere, ChangedNote } from './conflict';
import { LineField } from './line-field';
import { LivePreview } from './live-preview';
import { MarkdownField } from './markdown-field';
import { PlainAreaField, PlainField } from './plain-fields';
import { LetterSizeGuard } from './letter-size-guard';
import { SaveState } from './save-bar';
import type { TextFormState } from './text-form-state';
import { useKeptTyping } from './use-kept-typing';
import { OpenedNote, WordFileField } from './word-file';

const OPTIONAL: readonly ContentField[] = [
  'subject',
  'addressee',
  'salutation',
  'callsIntro',
  'calls',
  'closing',
  'valediction',
];
const SEVERAL_LINES: readonly ContentField[] = ['addressee', 'callsIntro', 'calls', 'closing'];
/** The fields in the order of the letter, some of them side by side. */
const ROWS: readonly (readonly ContentField[])[] = [
  ['title'],
  ['subject'],
  ['dateLine', 'addressee'],
  ['salutation'],
  ['body'],
  ['callsIntro'],
  ['calls'],
  ['closing'],
  ['valediction'],
];
/** Single lines that are often wider than the screen. */
const LONG_LINES: readonly ContentField[] = ['title', 'subject'];

export interface TextLimits {
  fields: Record<ContentField, number>;
  calls: number;
}

/**
 * The form for a letter's text in one language, with its fields in the order of the letter and the
 * letter beside them.
 */
export function TextForm({
  action,
  locale,
  slug,
  text,
  limits,
  timeZone,
  keep,
  savedAt,
}: {
  action: FormAction;
  locale: string;
  slug: string;
  /** The initial values and the version they are based on; 0 if there is no text in this language yet. */
  text: { language: Language; version: number; content: LetterContent };
  limits: TextLimits;
  /** The time zone in which times are shown. */
  timeZone: string;
  /** Where the browser keeps typing that is not saved, and what the page was opened for. */
  keep: { as: string; opened: 'saved' | 'other' | 'text' };
  /** When the text was saved last, ISO 8601; null if that is not known. */
  savedAt: string | null;
}) {
  const t = useTranslations('letter.text');
  const format = useFormatter();
  const typing = useKeptTyping(keep.as, keep.opened);
  const at = (time: string) =>
    format.dateTime(new Date(time), { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const { language } = text;
  const max = limits.fields.body;
  const markdownLabels = {
    count: (length: number) => t('markdown.count', { length, max }),
    tooLong: (length: number) => t('errors.tooLong', { part: t('fields.body'), length, max }),
  };
  const conflictIn = (state: FormState | null) => (state as TextFormState | null)?.conflict;
  const wrongIn = (field: ContentField, state: FormState): string | undefined => {
    const typed = state.typed[field] ?? '';
    switch (knownCode<ContentError>(t, 'errors', state.errors[field]?.[0])) {
      case 'required':
        return t('errors.fieldRequired', { part: t(`fields.${field}`) });
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
        return t('errors.webAddress');
      case 'callTooLong':
        return t('errors.callTooLong', { max: limits.fields.calls });
      case undefined:
        return undefined;
    }
  };
  const wordFileProblem = ({ errors }: FormState) => {
    const problem = knownCode<WordFileProblem>(t, 'wordFile.problems', errors.wordFile?.[0]);
    return problem && t(`wordFile.problems.${problem}`, { max: WORD_FILE.bytes / 1024 / 1024 });
  };
  const openedIn = (state: FormState | null) => (state as TextFormState | null)?.opened;
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
          <MarkdownField
            {...props}
            hint={t('markdown.hint')}
            max={max}
            rows={8}
            labels={markdownLabels}
          />
        ) : SEVERAL_LINES.includes(field) ? (
          <PlainAreaField {...props} hint={hintOf(field)} rows={field === 'calls' ? 5 : 2} />
        ) : LONG_LINES.includes(field) ? (
          <LineField {...props} hint={hintOf(field)} autoComplete="off" />
        ) : (
          <PlainField {...props} hint={hintOf(field)} autoComplete="off" />
        )}
        {field === 'calls' && (
          <CallsForm
            language={language}
            marks={state?.typed.callMarks ?? marksOf(text.content)}
            kigaki={state ? state.typed.kigaki === 'on' : text.content.kigaki === true}
          />
        )}
      </div>
    );
  };
  return (
    <AdminForm
      action={action}
      hidden={{ locale, slug, language }}
      submit={t('page.save')}
      guarded={!typing.keeps}
      isLong
      errorOf={(field, state) =>
        CONTENT_FIELDS.includes(field as ContentField)
          ? summaryOf(field as ContentField, state)
          : field === 'wordFile'
            ? wordFileProblem(state)
            : undefined
      }
      titleOf={({ errors }) => (errors.wordFile ? t('wordFile.notOpened') : undefined)}
      told={(state) => {
        const opened = openedIn(state);
        return opened && <OpenedNote opened={opened} />;
      }}
      problemOf={(_, state) => {
        const conflict = conflictIn(state);
        return conflict && <ChangedNote changed={conflict} timeZone={timeZone} />;
      }}
      fields={(state) => (
        <div ref={typing.anchor} className="gap-8 lg:grid lg:grid-cols-2">
          <input
            type="hidden"
            name="version"
            value={state?.typed.version ?? typing.restored?.version ?? text.version}
          />
          <div className="min-w-0 space-y-5 max-lg:mb-10">
            {!state && typing.restored && (
              <Notice announce>
                <p>
                  {t('kept.restored', { at: at(typing.restored.at) })}
                  {typing.restored.version !== String(text.version) && ` ${t('kept.changed')}`}
                </p>
                <button
                  type="button"
                  onClick={typing.discard}
                  className={`${buttonClass('outline')} mt-2`}
                >
                  {t('kept.discard')}
                </button>
              </Notice>
            )}
            <WordFileField
              error={state ? wordFileProblem(state) : undefined}
              isOpen={text.version === 0 && !openedIn(state)}
            />
            {ROWS.map((row) => (
              <div
                key={row.join()}
                className={row.length > 1 ? 'grid gap-5 sm:grid-cols-2 sm:gap-4' : ''}
              >
                {row.map((field) => fieldOf(field, state))}
              </div>
            ))}
            <LetterSizeGuard bodyMax={limits.fields.body} />
          </div>
          <LivePreview
            initial={
              state ? typedContent((name) => state.typed[name] ?? '', language) : text.content
            }
            isSaved={!state}
            language={language}
            bodyMax={limits.fields.body}
          />
        </div>
      )}
    >
      <SaveState
        unsaved={typing.unsaved}
        keeps={typing.keeps}
        exists={text.version > 0}
        savedAt={savedAt && at(savedAt)}
      />
    </AdminForm>
  );
}
