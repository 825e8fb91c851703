import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/ui/page';
import { Link } from '@/lib/platform/i18n/navigation';
import { SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { localeIn } from '@/app/[locale]/admin/locale';

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({
    locale: localeIn((await params).locale),
    namespace: 'coordinator.signIn',
  });
  return { title: t('checkTitle') };
}

/** Shown after every request for a sign-in link, whether or not the address is a coordinator's. */
export default async function CheckYourEmail({ params }: Props) {
  const locale = localeIn((await params).locale);
  const t = await getTranslations({ locale, namespace: 'coordinator.signIn' });
  return (
    <Page title={t('checkTitle')} lead={t('checkLead', { minutes: SIGN_IN_LINK_MINUTES })}>
      <p>{t('checkAgain')}</p>
      <p>
        <Link href="/admin/sign-in" prefetch={false}>
          {t('again')}
        </Link>
      </p>
    </Page>
  );
}
