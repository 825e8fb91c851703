import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { SignInForm } from '@/components/coordinator/sign-in-form';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { signedIn } from '@/lib/platform/auth/guard';
import { localeIn } from '@/app/[locale]/admin/locale';
import { keptInput } from '@/app/[locale]/kept-input';
import { askForLink } from './actions';
import { SIGN_IN_FORM } from './form';
import { LEFT } from './path';

type Props = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const t = await getTranslations({
    locale: localeIn((await params).locale),
    namespace: 'coordinator.signIn',
  });
  return { title: t('title') };
}

export default async function SignIn({ params, searchParams }: Props) {
  const locale = localeIn((await params).locale);
  if (await signedIn()) redirect(`/${locale}/admin`);
  const given = (await searchParams).left;
  const left = LEFT.find((one) => one === given);
  const kept = await keptInput(SIGN_IN_FORM);
  const t = await getTranslations({ locale, namespace: 'coordinator.signIn' });
  const { coordinator } = await getMessages({ locale });
  return (
    <Page title={t('title')} lead={t('lead')}>
      {left && <Notice announce>{t(`left.${left}`)}</Notice>}
      <NextIntlClientProvider messages={{ coordinator: { signIn: coordinator.signIn } }}>
        <SignInForm action={askForLink} email={kept?.email ?? ''} />
      </NextIntlClientProvider>
    </Page>
  );
}
