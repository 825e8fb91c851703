import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterTable } from '@/components/admin/letter-table';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { administrators } from '@/lib/coordinator/queries';
import { letterMaker } from '@/lib/coordinator/access';
import { requireCoordinator } from '@/lib/platform/auth/guard';
import { Link } from '@/lib/platform/i18n/navigation';
import { managedLetters } from '@/lib/letter/queries';
import { countsOf } from '@/lib/signatories/overview/queries';
import { localeIn } from './locale';

type Props = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const t = await getTranslations({
    locale: localeIn((await params).locale),
    namespace: 'coordinator.home',
  });
  return { title: t('title') };
}

export default async function AdminHome({ params, searchParams }: Props) {
  const locale = localeIn((await params).locale);
  const coordinator = await requireCoordinator(locale);
  const letters = await managedLetters(coordinator);
  const counts = await countsOf(letters.map(({ id }) => id));
  const maker = letterMaker(coordinator);
  const makers = maker ? [] : await administrators();
  const [t, writing] = await Promise.all([
    getTranslations({ locale, namespace: 'coordinator.home' }),
    getTranslations({ locale, namespace: 'letter.text.home' }),
  ]);
  return (
    <div className="mx-auto max-w-page px-5 pt-6 pb-16 sm:px-8">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="font-serif text-2xl font-semibold">{t('title')}</h1>
        <p className="flex flex-wrap items-center gap-4">
          {coordinator.isAdministrator && (
            <Link
              href="/admin/people"
              prefetch={false}
              className="inline-flex min-h-8 items-center"
            >
              {t('people')}
            </Link>
          )}
          {maker && (
            <Link href="/admin/letters/new" prefetch={false} className={buttonClass('outline')}>
              {writing('new')}
            </Link>
          )}
        </p>
      </div>
      {!maker && (
        <p className="mt-4 max-w-form text-quiet">
          {writing('madeBy', {
            administrators: makers.join(locale === 'ja' ? '、' : ', '),
            count: makers.length,
          })}
        </p>
      )}
      {(await searchParams).notice === 'left' && (
        <div className="mt-4">
          <Notice announce>{t('left')}</Notice>
        </div>
      )}
      <LetterTable
        letters={letters.map((letter) => ({ ...letter, ...counts(letter.id) }))}
        now={new Date()}
      />
    </div>
  );
}
