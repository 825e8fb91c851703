import { useLocale, useTranslations } from 'next-intl';
import { sectionPath } from './sections';
import { letterStatus, loneTitle, textFor } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import { CountsLine, type CountedLetter } from './counts-line';

/** The letters a coordinator manages, archived ones in a separate table. */
export function LetterTable({ letters, now }: { letters: CountedLetter[]; now: Date }) {
  const t = useTranslations('letter.text.home');
  if (letters.length === 0) return <p className="mt-6 max-w-form text-quiet">{t('none')}</p>;
  const archived = letters.filter((letter) => letterStatus(letter, now) === 'archived');
  const others = letters.filter((letter) => !archived.includes(letter));
  return (
    <>
      {others.length > 0 && <Letters letters={others} now={now} />}
      {archived.length > 0 && (
        <section aria-labelledby="archived" className="mt-12">
          <h2 id="archived" className="font-serif text-xl font-semibold">
            {t('archived')}
          </h2>
          <Letters letters={archived} now={now} />
        </section>
      )}
    </>
  );
}

/** Links each letter to its overview; for owners, an unopened letter to its text. */
function Letters({ letters, now }: { letters: CountedLetter[]; now: Date }) {
  const t = useTranslations('coordinator');
  const locale = useLocale();
  const head =
    'py-2 pr-6 text-left text-[0.8125rem] font-normal whitespace-nowrap text-quiet max-sm:hidden';
  const cell = 'py-0.5 pr-6 text-sm whitespace-nowrap max-sm:inline-block sm:py-3';
  return (
    <table className="mt-4 w-full border-collapse max-sm:block">
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line">
          <th scope="col" className={head}>
            {t('home.letter')}
          </th>
          <th scope="col" className={`${head} text-right`}>
            {t('home.waiting')}
          </th>
          <th scope="col" className={head}>
            {t('home.status')}
          </th>
          <th scope="col" className={head}>
            {t('home.role')}
          </th>
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {letters.map((letter) => {
          const text = textFor(letter.titles, locale, letter.authoritativeLanguage);
          const status = letterStatus(letter, now);
          const section = status === 'draft' && letter.role === 'owner' ? 'text' : 'overview';
          return (
            <tr key={letter.slug} className="border-b border-line max-sm:block max-sm:py-3">
              <td className="w-full py-3 pr-6 max-sm:block max-sm:p-0">
                <Link
                  href={sectionPath(letter.slug, section)}
                  prefetch={false}
                  className="inline-block min-h-6 font-semibold"
                >
                  <span lang={text?.language}>{text ? loneTitle(text.title) : letter.slug}</span>
                </Link>
                <CountsLine letter={letter} now={now} />
              </td>
              <td className={`${cell} tabular-nums sm:text-right`}>
                <span className="sm:hidden">{t('home.waiting')}: </span>
                <b
                  className={letter.waiting.review > 0 ? 'font-semibold' : 'font-normal text-quiet'}
                >
                  {t('home.countIn', { count: letter.waiting.review })}
                </b>
              </td>
              <td className={cell}>{t(`status.${status}`)}</td>
              <td className={cell}>{t(`roles.${letter.role}`)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
