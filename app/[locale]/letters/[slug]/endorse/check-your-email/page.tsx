import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { Page } from '@/components/ui/page';
import { textFor } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import { CONFIRMATION_DAYS } from '@/lib/platform/limits';
import { routeLocale } from '@/app/[locale]/locale';
import { letterOfRoute } from '@/app/[locale]/letters/[slug]/letter';

export const revalidate = 5;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'endorsement.checkYourEmail' });
  return { title: t('title'), robots: { index: false } };
}

/** Shown after every sign-up, whether or not the address has signed before; it names nobody. */
export default async function CheckYourEmailPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug } = await params;
  const letter = await letterOfRoute(slug, locale, '/endorse/check-your-email');
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const t = await getTranslations({ locale, namespace: 'endorsement.checkYourEmail' });
  return (
    <Page title={t('title')} lead={text && <LetterLink slug={slug} text={text} />}>
      <p>{t('next')}</p>
      <p>{t('validity', { days: CONFIRMATION_DAYS })}</p>
      <section className="border-t border-line pt-6">
        <h2 className="font-semibold">{t('noMail.title')}</h2>
        <ul className="mt-3 list-disc space-y-2 pl-5">
          <li>{t('noMail.spam')}</li>
          <li>
            {t.rich('noMail.again', {
              link: (chunks) => (
                <Link href={`/letters/${slug}/endorse`} prefetch={false}>
                  {chunks}
                </Link>
              ),
            })}
          </li>
          <li>{t('noMail.limit')}</li>
        </ul>
      </section>
    </Page>
  );
}
