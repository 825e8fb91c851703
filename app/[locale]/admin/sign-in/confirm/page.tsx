import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { buttonClass } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { Link } from '@/lib/platform/i18n/navigation';
import { localeIn } from '../../locale';

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

const linkSchema = z.object({ token: z.string().min(1), email: z.string().min(1) });

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: localeIn((await params).locale), namespace: 'admin.signIn' });
  return { title: t('confirmTitle') };
}

/**
 * Where the link in the mail leads. Fetching it changes nothing, since mail scanners fetch links; its button sends the
 * token on to next-auth, which uses it up. A GET form, because that is what next-auth's callback takes.
 */
export default async function ConfirmSignIn({ params, searchParams }: Props) {
  const locale = localeIn((await params).locale);
  const link = linkSchema.safeParse(await searchParams);
  const t = await getTranslations({ locale, namespace: 'admin.signIn' });
  if (!link.success) {
    return (
      <Page title={t('confirmTitle')}>
        <p>{t('incomplete')}</p>
        <p>
          <Link href="/admin/sign-in" prefetch={false}>
            {t('newLink')}
          </Link>
        </p>
      </Page>
    );
  }
  return (
    <Page title={t('confirmTitle')} lead={t('confirmLead', { email: link.data.email })}>
      <form method="get" action="/api/auth/callback/email">
        <input type="hidden" name="callbackUrl" value={`/${locale}/admin`} />
        <input type="hidden" name="token" value={link.data.token} />
        <input type="hidden" name="email" value={link.data.email} />
        <button type="submit" className={buttonClass('solid')}>
          {t('confirm')}
        </button>
      </form>
      <p className="text-sm text-quiet">{t('confirmWhy')}</p>
    </Page>
  );
}
