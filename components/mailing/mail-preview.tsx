import { useTranslations } from 'next-intl';
import type { Language } from '@/lib/platform/languages';

/** A mail as mail programs show it, and as plain text. */
export function MailPreview({
  language,
  name,
  subject,
  html,
  text,
}: {
  language: Language;
  /** The language's name. */
  name: string;
  subject: string;
  html: string;
  text: string;
}) {
  const t = useTranslations('mailing.draft');
  return (
    <div className="mt-4">
      <h3 className="font-semibold">{t('previewIn', { language: name })}</h3>
      <p lang={language} className="mt-1 wrap-anywhere">
        {t('subject', { subject })}
      </p>
      {/* Without any permission: nothing in it runs, and its links lead nowhere. */}
      <iframe
        title={t('html', { language: name })}
        sandbox=""
        srcDoc={html}
        className="mt-2 h-[28rem] w-full resize-y border border-edge bg-raised"
      />
      <details className="mt-2">
        <summary className="min-h-8 cursor-pointer text-sm">{t('plain')}</summary>
        <p
          lang={language}
          className="border border-line bg-raised p-4 wrap-anywhere whitespace-pre-wrap"
        >
          {text}
        </p>
      </details>
    </div>
  );
}
