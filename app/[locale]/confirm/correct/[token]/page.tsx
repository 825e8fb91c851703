import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { countryOptions } from '@/components/endorsement/countries';
import { EndorseForm } from '@/components/endorsement/endorse-form';
import { LetterLink } from '@/components/letter/letter-link';
import { Page } from '@/components/ui/page';
import { asksReading, LIMITS } from '@/lib/endorsement/schema';
import { correctable } from '@/lib/endorsement/verification/queries';
import { redirect } from '@/lib/platform/i18n/navigation';
import { preferred } from '@/lib/platform/languages';
import { behindLink, UNSEEN, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { submitCorrection } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

// The title is rendered by the form, which prefixes it when there are errors.
export const metadata: Metadata = { title: { absolute: '' }, ...UNSEEN };

/**
 * The sign-up form with an unconfirmed sign-up, to correct it before confirming. GET changes nothing.
 */
export default async function CorrectPage(props: SecretLinkProps) {
  const { locale, token, found } = await behindLink(props, correctable);
  if (!found) return redirect({ href: `/confirm/${token}`, locale });
  const t = await getTranslations({ locale, namespace: 'endorsement' });
  const { endorsement } = await getMessages({ locale });
  const title = preferred(found.letterTitles, locale);
  return (
    <Page
      title={t('correct.title')}
      lead={title && <LetterLink slug={found.letterSlug} text={title.said} />}
    >
      <p>{t('correct.intro')}</p>
      <NextIntlClientProvider messages={{ endorsement }}>
        <EndorseForm
          action={submitCorrection}
          slug={found.letterSlug}
          revision={null}
          offersWithheld={found.settings.offersWithheld}
          website={found.settings.website}
          authorisation={found.settings.authorisation}
          categories={found.settings.categories}
          asksReading={asksReading(found.settings)}
          pageTitle={`${t('correct.title')} – Undersigned`}
          refused={null}
          initial={{ ...found.typed, mayEndorse: '', privacyConsent: '' }}
          countries={countryOptions(locale, t('international'))}
          limits={LIMITS}
          correcting={{ token }}
        />
      </NextIntlClientProvider>
    </Page>
  );
}
