import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/ui/page';
import { Link } from '@/lib/platform/i18n/navigation';
import { SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { localeIn } from '@/app/[locale]/admin/locale';
import { SIGN_IN_FORM } from '@/app/[locale]/admin/sign-in/form';
import { keptInput } from '@/app/[locale]/kept-input';

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
  const kept = await keptInput(SIGN_IN_FORM);
  const t = await getTranslations({ locale, namespace: 'coordinator.signIn' });
  return (
    <Page
      title={t('checkTitle')}
      lead={
        kept?.email
          ? t.rich('checkLeadTo', {
              minutes: SIGN_IN_LINK_MINUTES,
              email: kept.email,
              strong: (chunks) => <strong className="wrap-anywhere">{chunks}</strong>,
            })
          : t('checkLead', { minutes: SIGN_IN_LINK_MINUTES })
      }
    >
      <p>{t('checkAgain')}</p>
      <p>
        <Link href="/admin/sign-in" prefetch={false}>
          {t('again')}
        </Link>
      </p>
    </Page>
  );
}
