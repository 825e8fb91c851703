import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { textFor } from '@/lib/letter/rules';
import { Link } from '@/components/ui/link';
import type { PublicLetterSummary } from '@/lib/signatories/public-letter/queries';
import { lastMinute } from '@/lib/platform/dates';

/** An item of the list of letters. */
export function LetterEntry({ letter }: { letter: PublicLetterSummary }) {
  const t = useTranslations('letter.home');
  const format = useFormatter();
  const text = textFor(letter.texts, useLocale(), letter.authoritativeLanguage);
  const { timeZone } = letter;
  // A date without a time, so it does not depend on the time zone.
  const date = format.dateTime(new Date(letter.date), { dateStyle: 'long', timeZone: 'UTC' });
  return (
    <article className="border-t border-line py-6">
      <h3
        lang={text?.language}
        className="font-serif text-[1.375rem]/[1.35] font-semibold sm:text-2xl/[1.3]"
      >
        <Link
          href={`/letters/${letter.slug}`}
          className="text-ink decoration-line hover:text-indigo hover:decoration-current"
        >
          {text?.title ?? letter.slug}
          {text?.subject && <span className="block font-normal">{text.subject}</span>}
        </Link>
      </h3>
      <p className="mt-3 flex flex-wrap gap-x-5 text-sm text-quiet">
        <time dateTime={letter.date}>{date}</time>
        <span>{t('endorsements', { count: letter.total })}</span>
        {letter.status === 'open' && letter.closesAt && (
          <span>
            {t('until', {
              date: format.dateTime(lastMinute(letter.closesAt, timeZone), {
                dateStyle: 'long',
                timeZone,
              }),
            })}
          </span>
        )}
      </p>
    </article>
  );
}
