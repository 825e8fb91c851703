import { useLocale, useTranslations } from 'next-intl';
import { loneTitle } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import { letterStatus, textFor } from '@/lib/letter/rules';
import type { LetterInHand } from '@/lib/review/queries';
import { reviewPath } from './view';

/** The letters a coordinator manages, each leading to its review. */
export function LetterTable({ letters, now }: { letters: LetterInHand[]; now: Date }) {
  const t = useTranslations('admin');
  const locale = useLocale();
  if (letters.length === 0) return <p className="mt-6 max-w-form text-quiet">{t('home.none')}</p>;
  const head = 'py-2 pr-6 text-left text-[0.8125rem] font-normal whitespace-nowrap text-quiet max-sm:hidden';
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
          return (
            <tr key={letter.slug} className="border-b border-line max-sm:block max-sm:py-3">
              <td className="w-full py-3 pr-6 max-sm:block max-sm:p-0">
                <Link href={reviewPath(letter.slug, {})} prefetch={false} className="inline-block min-h-6 font-semibold">
                  <span lang={text?.language}>{text ? loneTitle(text.title) : letter.slug}</span>
                </Link>
              </td>
              <td className={`${cell} tabular-nums sm:text-right`}>
                <span className="sm:hidden">{t('home.waiting')}: </span>
                <b className={letter.waiting > 0 ? 'font-semibold' : 'font-normal text-quiet'}>
                  {t('review.countIn', { count: letter.waiting })}
                </b>
              </td>
              <td className={cell}>{t(`status.${letterStatus(letter, now)}`)}</td>
              <td className={cell}>{t(`roles.${letter.role}`)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
