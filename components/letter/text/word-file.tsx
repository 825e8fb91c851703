'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type ChangeEvent } from 'react';
import { buttonClass } from '@/components/ui/button';
import { CheckboxField, TextField } from '@/components/ui/field';
import { WORD_FILE } from '@/lib/platform/limits';
import { NoticeList } from './paste/notice-list';
import { OPEN_WORD_FILE, type OpenedFile } from './text-form-state';

const MB = 1024 * 1024;

/**
 * Opens a Word file into the form's fields; nothing is saved.
 * @param error why the chosen file was not opened
 */
export function WordFileField({ error, isOpen }: { error: string | undefined; isOpen: boolean }) {
  const t = useTranslations('letter.text.wordFile');
  const [isTooBig, setTooBig] = useState(false);
  // The server would refuse the whole form, so a larger file is not kept.
  const check = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const tooBig = (currentTarget.files?.[0]?.size ?? 0) > WORD_FILE.bytes;
    setTooBig(tooBig);
    if (tooBig) currentTarget.value = '';
  };
  return (
    <details open={isOpen || error !== undefined} className="border border-line px-4 py-2">
      {/* The Enter key presses the first button of a form, which has to be one that saves. */}
      <button type="submit" hidden aria-hidden tabIndex={-1} />
      <summary className="inline-block min-h-6 cursor-pointer text-indigo">{t('title')}</summary>
      <div className="my-3 space-y-4">
        <TextField
          type="file"
          onChange={check}
          name="wordFile"
          label={t('file', { max: WORD_FILE.bytes / MB })}
          hint={t('hint')}
          error={isTooBig ? t('problems.tooBig', { max: WORD_FILE.bytes / MB }) : error}
          accept=".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        />
        <CheckboxField name="replaceBody" label={t('replace')} />
        <button type="submit" name={OPEN_WORD_FILE} value="1" className={buttonClass('outline')}>
          {t('open')}
        </button>
      </div>
    </details>
  );
}

/** Says what of a Word file is in which field, and what was left out. Focused with scripts. */
export function OpenedNote({ opened: { name, put, took, notices } }: { opened: OpenedFile }) {
  const t = useTranslations('letter.text.wordFile');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    // As if it had been typed: it is unsaved, and this browser is to keep it.
    box.current?.closest('form')?.dispatchEvent(new Event('input', { bubbles: true }));
  }, []);
  return (
    <div ref={box} role="status" tabIndex={-1} className="border-l-4 border-edge bg-wash px-4 py-3">
      <p className="font-semibold wrap-anywhere">{t('opened', { name })}</p>
      <p>
        {t(`put.${put}`)} {took && t(`took.${took}`)} {t('move')}
      </p>
      <NoticeList notices={notices} title={t('check')} />
    </div>
  );
}
