import { useFormatter, useTranslations } from 'next-intl';
import { Difference } from './difference';
import { buttonClass } from '@/components/ui/button';
import type { Save } from '@/lib/letter/text/queries';
import { textDifference } from '@/lib/letter/text/difference';
import type { LetterContent } from '@/lib/letter/text/content';
import type { Language } from '@/lib/platform/languages';
import { Link } from '@/lib/platform/i18n/navigation';
import { TextPreview } from './preview';
import { textPath } from './text-path';

/**
 * One save of a text: the saved text, what has changed since, and a link that restores it into the
 * form.
 */
export function SavedView({
  slug,
  language,
  save,
  current,
  timeZone,
}: {
  slug: string;
  language: Language;
  save: Save & { content: LetterContent };
  /** The current text, or null if there is none. */
  current: LetterContent | null;
  timeZone: string;
}) {
  const t = useTranslations('letter.text');
  const format = useFormatter();
  const since = current && textDifference(save.content, current, language);
  return (
    <section>
      <h2 className="font-serif text-xl font-semibold">
        {t('saves.version', { version: save.version })}
      </h2>
      <p className="mt-1 wrap-anywhere text-quiet">
        {t('saves.savedBy', {
          by: save.by ?? 'none',
          at: format.dateTime(save.at, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
        })}
      </p>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Link
          href={textPath(slug, { language, take: save.version })}
          prefetch={false}
          className={buttonClass('outline')}
        >
          {t('saves.take')}
        </Link>
        <Link
          href={textPath(slug, { language })}
          prefetch={false}
          className="inline-flex min-h-11 items-center"
        >
          {t('saves.back')}
        </Link>
      </div>
      {since && (
        <div className="mt-8">
          <h3 className="font-semibold">{t('saves.sinceThen')}</h3>
          {since.length === 0 && <p className="mt-1">{t('saves.same')}</p>}
          <dl>
            {since.map(({ field, pieces }) => (
              <div key={field} className="mt-3 border-l-2 border-edge pl-4">
                <dt className="text-sm text-quiet">{t(`fields.${field}`)}</dt>
                <dd>
                  <Difference pieces={pieces} language={language} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      <TextPreview text={{ language, ...save.content }} />
    </section>
  );
}
