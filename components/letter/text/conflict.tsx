'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Difference, DifferenceKey } from './difference';
import type { Language } from '@/lib/platform/languages';
import type { ChangedField, TextConflict } from './text-form-state';

/** Says who saved or removed a text while it was being edited. */
export function ChangedNote({ changed, timeZone }: { changed: TextConflict; timeZone: string }) {
  const t = useTranslations('letter.text.conflict');
  const format = useFormatter();
  const values = {
    by: changed.by.join(', ') || 'none',
    at: format.dateTime(new Date(changed.at), {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone,
    }),
  };
  return (
    <>
      <p className="wrap-anywhere">{changed.removed ? t('removed', values) : t('saved', values)}</p>
      {!changed.removed && (
        <p className="mt-1">
          {t('how')} <DifferenceKey />
        </p>
      )}
    </>
  );
}

/** Above a field that others changed: their changes and, if there are any, this coordinator's own. */
export function ChangedHere({ changed, language }: { changed: ChangedField; language: Language }) {
  const t = useTranslations('letter.text.conflict');
  const fields = useTranslations('letter.text.fields');
  const side = 'border border-line bg-raised p-3 text-sm';
  return (
    <div className="mb-3">
      <p className="mb-1 text-sm font-semibold">{t('in', { part: fields(changed.field) })}</p>
      <div className={changed.mine ? 'grid gap-3 md:grid-cols-2' : ''}>
        <div className={side}>
          <p className="mb-1 font-semibold">{t('theirs')}</p>
          <Difference pieces={changed.theirs} language={language} />
        </div>
        {changed.mine && (
          <div className={side}>
            <p className="mb-1 font-semibold">{t('mine')}</p>
            <Difference pieces={changed.mine} language={language} />
          </div>
        )}
      </div>
      {changed.mine && (
        <details className="mt-2 text-sm">
          <summary className="inline-block min-h-6 cursor-pointer text-indigo">
            {t('theirText')}
          </summary>
          <p
            lang={language}
            className="mt-2 border border-line bg-raised p-3 wrap-anywhere whitespace-pre-wrap"
          >
            {changed.theirText}
          </p>
        </details>
      )}
    </div>
  );
}
