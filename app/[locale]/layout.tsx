import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Footer } from '@/components/ui/footer';
import { preloadLatinSerif } from '@/components/ui/fonts';
import { Header } from '@/components/ui/header';
import { env } from '@/lib/platform/env';
import { routing } from '@/lib/platform/i18n/routing';
import '@/app/globals.css';

// Pages need the database, which is not available at build time: they are rendered on the first
// request and cached.
export const generateStaticParams = () => [];

export async function generateMetadata({
  params,
}: {
  params: Promise<{ locale: string }>;
}): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) return {};
  const t = await getTranslations({ locale, namespace: 'common' });
  return {
    metadataBase: new URL(env().APP_URL),
    title: { default: t('product'), template: `%s – ${t('product')}` },
  };
}

export default async function LocaleLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  if (locale === 'en') preloadLatinSerif();
  const t = await getTranslations({ locale, namespace: 'common' });
  return (
    <html lang={locale}>
      <body>
        <a
          href="#main"
          className="absolute left-4 top-0 z-20 -translate-y-full bg-paper px-4 py-3 focus:translate-y-0 print:hidden"
        >
          {t('skip')}
        </a>
        <div className="flex min-h-svh flex-col print:block">
          <Header />
          <main id="main" tabIndex={-1} className="grow">
            {children}
          </main>
          <Footer />
        </div>
      </body>
    </html>
  );
}
