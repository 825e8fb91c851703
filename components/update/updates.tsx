import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { LetterMarkdown } from '@/components/letter/text/markdown';
import { Part } from '@/components/ui/page-section';
import type { PublicUpdate } from '@/lib/update/queries';

/** The day a posting bears: the same wherever it is read. */
function UpdateDate({ date }: { date: string }) {
  const format = useFormatter();
  return (
    <time dateTime={date}>
      {format.dateTime(new Date(date), { dateStyle: 'long', timeZone: 'UTC' })}
    </time>
  );
}

/** A posting: in the reader's language where it has a text in it, else in the other, which is said. */
export function UpdateText({ update }: { update: PublicUpdate }) {
  const t = useTranslations('update.public');
  const locale = useLocale();
  const text = update.texts.find(({ language }) => language === locale) ?? update.texts[0];
  if (!text) return null;
  return (
    <>
      <p className="text-sm text-quiet">
        {t(`kinds.${update.kind}`)}
        <span aria-hidden> · </span>
        <UpdateDate date={update.date} />
        {text.language !== locale && (
          <>
            <span aria-hidden> · </span>
            {t(`onlyIn.${text.language}`)}
          </>
        )}
      </p>
      <div lang={text.language} className="font-serif">
        <h3 className="text-lg/snug font-semibold">{text.title}</h3>
        <div className="letter-text letter-body mt-2">
          <LetterMarkdown>{text.body}</LetterMarkdown>
        </div>
      </div>
    </>
  );
}

/** The addressee's reply and the coordinators' postings on a letter's page, the newest first. Nothing where there is none. */
export function Updates({ updates }: { updates: PublicUpdate[] }) {
  const t = useTranslations('update.public');
  if (updates.length === 0) return null;
  return (
    <Part id="updates" title={t('title')}>
      <ul className="space-y-8">
        {updates.map((update) => (
          <li key={update.id} id={`posting-${update.id}`}>
            <UpdateText update={update} />
          </li>
        ))}
      </ul>
    </Part>
  );
}
