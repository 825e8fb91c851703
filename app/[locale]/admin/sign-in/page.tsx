import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { signedIn } from '@/lib/platform/auth/guard';
import { localeIn } from '../locale';
import { askForLink } from './actions';

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ error?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: localeIn((await params).locale), namespace: 'admin.signIn' });
  return { title: t('title') };
}

export default async function SignIn({ params, searchParams }: Props) {
  const locale = localeIn((await params).locale);
  if (await signedIn()) redirect(`/${locale}/admin`);
  const { error } = await searchParams;
  const t = await getTranslations({ locale, namespace: 'admin.signIn' });
  return (
    <Page title={t('title')} lead={t('lead')}>
      {error && (
        <Notice tone="alert" announce>
          {t(error === 'Verification' ? 'errors.used' : 'errors.other')}
        </Notice>
      )}
      <form action={askForLink} className="space-y-4">
        <input type="hidden" name="locale" value={locale} />
        <div>
          <label htmlFor="email" className="font-semibold">
            {t('email')}
          </label>
          <input
            id="email"
            name="email"
            type="email"
            required
            maxLength={254}
            autoComplete="email"
            className="mt-1 block min-h-12 w-full rounded-sm border border-edge bg-raised px-3 py-2"
          />
        </div>
        <button type="submit" className={buttonClass('solid')}>
          {t('submit')}
        </button>
      </form>
    </Page>
  );
}
