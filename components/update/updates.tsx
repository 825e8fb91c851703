import { preferred, languageName } from '@/lib/platform/languages';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { LetterMarkdown } from '@/components/letter/text/markdown';
import { PageSection } from '@/components/ui/page-section';
import type { PublicUpdate } from '@/lib/update/queries';

/** The date of an update, independent of the time zone. */
function UpdateDate({ date }: { date: string }) {
  const format = useFormatter();
  return (
    <time dateTime={date}>
      {format.dateTime(new Date(date), { dateStyle: 'long', timeZone: 'UTC' })}
    </time>
  );
}

/** An update in the reader's language, or else in another, with a note. */
export function UpdateText({
  update,
  notes = `update-${update.id}`,
}: {
  update: PublicUpdate;
  /** Begins the ids of its notes. */
  notes?: string;
}) {
  const t = useTranslations('update.public');
  const locale = useLocale();
  const found = preferred(update.texts, locale);
  if (!found) return null;
  const { language, said: text } = found;
  return (
    <>
      <p className="text-sm text-quiet">
        {t(`kinds.${update.kind}`)}
        <span aria-hidden> · </span>
        <UpdateDate date={update.date} />
        {language !== locale && (
          <>
            <span aria-hidden> · </span>
            {t('onlyIn', { language: languageName(language, locale) })}
          </>
        )}
      </p>
      <div lang={language} className="font-serif">
        <h3 className="text-lg/snug font-semibold">{text.title}</h3>
        <div className="letter-text letter-body mt-2">
          <LetterMarkdown notes={notes}>{text.body}</LetterMarkdown>
        </div>
      </div>
    </>
  );
}

/**
 * The addressee's reply and the updates on a letter's page, newest first. Renders nothing if there
 * are none.
 */
export function Updates({ updates }: { updates: PublicUpdate[] }) {
  const t = useTranslations('update.public');
  if (updates.length === 0) return null;
  return (
    <PageSection id="updates" title={t('title')}>
      <ul className="space-y-8">
        {updates.map((update) => (
          <li key={update.id} id={`update-${update.id}`}>
            <UpdateText update={update} />
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
