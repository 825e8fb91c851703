import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Link } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { keptInput } from '@/app/[locale]/kept-input';
import { routeLocale } from '@/app/[locale]/locale';
import { ENTRY_LINKS_FORM } from '../form';

// Shows what this browser keeps of the form: rendered per request.
export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'entry.links' });
  return { title: t('checkTitle'), robots: { index: false } };
}

/** Shown after every request for links, whether or not the address has confirmed an endorsement. */
export default async function CheckYourEmail({ params }: Props) {
  const locale = await routeLocale(params);
  const kept = await keptInput(ENTRY_LINKS_FORM);
  const t = await getTranslations({ locale, namespace: 'entry.links' });
  return (
    <Page
      title={t('checkTitle')}
      lead={
        kept?.email
          ? t.rich('checkLeadTo', {
              email: kept.email,
              strong: (chunks) => <strong className="wrap-anywhere">{chunks}</strong>,
            })
          : t('checkLead')
      }
    >
      <p>{t('checkAgain')}</p>
      <p>
        <Link href="/entry" className="inline-block py-1">
          {t('again')}
        </Link>
      </p>
    </Page>
  );
}
