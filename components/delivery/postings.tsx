import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { LetterMarkdown } from '@/components/letter/markdown';
import { Part } from '@/components/ui/part';
import type { PublicPosting } from '@/lib/posting/queries';

/** The day a posting bears: the same wherever it is read. */
function PostingDate({ date }: { date: string }) {
  const format = useFormatter();
  return <time dateTime={date}>{format.dateTime(new Date(date), { dateStyle: 'long', timeZone: 'UTC' })}</time>;
}

/** A posting: in the reader's language where it has a text in it, else in the other, which is said. */
export function PostingText({ posting }: { posting: PublicPosting }) {
  const t = useTranslations('delivery.postings');
  const locale = useLocale();
  const text = posting.texts.find(({ language }) => language === locale) ?? posting.texts[0];
  if (!text) return null;
  return (
    <>
      <p className="text-sm text-quiet">
        {t(`kinds.${posting.kind}`)}
        <span aria-hidden> · </span>
        <PostingDate date={posting.date} />
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

/** The addressee's reply and the coordinators' updates on a letter's page, the newest first. Nothing where there is none. */
export function Postings({ postings }: { postings: PublicPosting[] }) {
  const t = useTranslations('delivery.postings');
  if (postings.length === 0) return null;
  return (
    <Part id="updates" title={t('title')}>
      <ul className="space-y-8">
        {postings.map((posting) => (
          <li key={posting.id} id={`posting-${posting.id}`}>
            <PostingText posting={posting} />
          </li>
        ))}
      </ul>
    </Part>
  );
}
