import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterTable } from '@/components/admin/letter-table';
import { SignOutForm } from '@/components/coordinator/sign-out-form';
import { buttonClass } from '@/components/ui/button';
import { administrators } from '@/lib/coordinator/queries';
import { letterMaker } from '@/lib/coordinator/access';
import { requireCoordinator } from '@/lib/platform/auth/guard';
import { Link } from '@/lib/platform/i18n/navigation';
import { managedLetters } from '@/lib/letter/queries';
import { leave } from './actions';
import { localeIn } from './locale';

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({
    locale: localeIn((await params).locale),
    namespace: 'coordinator.home',
  });
  return { title: t('title') };
}

export default async function AdminHome({ params }: Props) {
  const locale = localeIn((await params).locale);
  const coordinator = await requireCoordinator(locale);
  const letters = await managedLetters(coordinator);
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
        {maker && (
          <Link href="/admin/letters/new" prefetch={false} className={buttonClass('outline')}>
            {writing('new')}
          </Link>
        )}
      </div>
      {!maker && (
        <p className="mt-4 max-w-form text-quiet">
          {writing('madeBy', {
            administrators: makers.join(locale === 'ja' ? '、' : ', '),
            count: makers.length,
          })}
        </p>
      )}
      <LetterTable letters={letters} now={new Date()} />
      <SignOutForm locale={locale} email={coordinator.email} leave={leave} />
    </div>
  );
}
