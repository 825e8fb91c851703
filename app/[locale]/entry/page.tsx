import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { LinksForm } from '@/components/endorsement/entry/links-form';
import { Page } from '@/components/ui/page';
import { keptInput } from '@/app/[locale]/kept-input';
import { routeLocale } from '@/app/[locale]/locale';
import { askForLinks } from './actions';
import { ENTRY_LINKS_FORM } from './form';

// Shows what this browser keeps of the form: rendered per request.
export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'entry.links' });
  return { title: t('title'), robots: { index: false } };
}

/** Asks for the private links to the entries of an address. */
export default async function EntryLinksPage({ params }: Props) {
  const locale = await routeLocale(params);
  const kept = await keptInput(ENTRY_LINKS_FORM);
  const t = await getTranslations({ locale, namespace: 'entry.links' });
  const { entry } = await getMessages({ locale });
  return (
    <Page title={t('title')} lead={t('lead')}>
      <NextIntlClientProvider messages={{ entry: { links: entry.links } }}>
        <LinksForm action={askForLinks} email={kept?.email ?? ''} />
      </NextIntlClientProvider>
    </Page>
  );
}
