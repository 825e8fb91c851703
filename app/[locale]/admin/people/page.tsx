import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountList } from '@/components/coordinator/account-list';
import { BackToLetters } from '@/components/admin/back-to-letters';
import { Notice } from '@/components/ui/notice';
import { accounts } from '@/lib/letter/people/queries';
import { requireAdministrator } from '@/app/[locale]/admin/access';
import { localeIn } from '@/app/[locale]/admin/locale';
import { appoint, deactivate, dismiss, reactivate } from './actions';
import { accountsViewSchema } from './view';

type Props = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const locale = localeIn((await params).locale);
  await requireAdministrator(locale);
  const t = await getTranslations({ locale, namespace: 'coordinator.people' });
  return { title: t('title') };
}

export default async function AllPeoplePage({ params, searchParams }: Props) {
  const locale = localeIn((await params).locale);
  const administrator = await requireAdministrator(locale);
  const { notice, refused } = accountsViewSchema.parse(await searchParams);
  const all = await accounts(administrator);
  const t = await getTranslations({ locale, namespace: 'coordinator.people' });
  return (
    <div className="mx-auto max-w-page px-5 pb-20 sm:px-8">
      <p>
        <BackToLetters />
      </p>
      <h1 className="font-serif text-2xl font-semibold">{t('title')}</h1>
      <p className="mt-2 max-w-prose text-quiet">{t('lead')}</p>
      {(notice ?? refused) && (
        <div className="mt-4 max-w-3xl">
          <Notice tone={refused ? 'alert' : 'plain'} announce>
            {refused ? t(`refused.${refused}`) : notice && t(`done.${notice}`)}
          </Notice>
        </div>
      )}
      <div className="mt-8 max-w-3xl">
        <AccountList
          accounts={all}
          reader={administrator.coordinatorId}
          hidden={{ locale }}
          now={new Date()}
          actions={{ appoint, dismiss, deactivate, reactivate }}
        />
        <p className="mt-4 max-w-prose text-sm text-quiet">{t('hint')}</p>
      </div>
    </div>
  );
}
