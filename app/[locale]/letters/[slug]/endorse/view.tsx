import { countryOptions } from '@/components/endorsement/countries';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { EndorseForm } from '@/components/endorsement/endorse-form';
import { LetterLink } from '@/components/letter/letter-link';
import { Page } from '@/components/ui/page';
import { asksReading, LIMITS } from '@/lib/endorsement/schema';
import { listSettings } from '@/lib/letter/list-settings';
import { fullTitle, textFor } from '@/lib/letter/rules';
import { errorMessage, log } from '@/lib/platform/log';
import type { Locale } from '@/lib/platform/i18n/routing';
import { letterAt, letterOfRoute } from '@/app/[locale]/letters/[slug]/letter';
import { submitEndorsement } from './actions';

/**
 * The page of the sign-up form.
 * @param kept what was typed before, with the revision that was seen then; null: nothing
 */
export async function EndorseView({
  locale,
  slug,
  kept,
}: {
  locale: Locale;
  slug: string;
  kept: Record<string, string> | null;
}) {
  // Without JavaScript this page re-renders the submitted form, so it must work while the database
  // is unavailable.
  const letter = await letterAt(slug).catch((error: unknown) => {
    log('error', 'a letter could not be read', { error: errorMessage(error) });
    return undefined;
  });
  if (letter === null) await letterOfRoute(slug, locale, '/endorse');

  const t = await getTranslations({ locale, namespace: 'endorsement' });
  const { endorsement } = await getMessages({ locale });
  const text = letter && textFor(letter.texts, locale, letter.authoritativeLanguage);
  const pageTitle = `${[t('title'), text && fullTitle(text)].filter(Boolean).join(': ')} – Undersigned`;
  const link = text && <LetterLink slug={slug} text={text} />;

  const settings = letter?.settings ?? listSettings({});
  const refused =
    letter?.signing === 'over' ? 'closed' : letter?.signing === 'paused' ? 'paused' : null;
  return (
    <Page title={refused ? t(`${refused}.title`) : t('title')} lead={link}>
      {!refused && <p>{t(letter?.signing === 'late' ? 'introLate' : 'intro')}</p>}
      <NextIntlClientProvider messages={{ endorsement }}>
        <EndorseForm
          action={submitEndorsement}
          slug={slug}
          revision={Number(kept?.revision) || (letter?.revision.number ?? null)}
          offersWithheld={settings.offersWithheld}
          website={settings.website}
          authorisation={settings.authorisation}
          categories={settings.categories}
          asksReading={asksReading(settings)}
          pageTitle={pageTitle}
          refused={refused}
          invitee={kept?.invitee ?? null}
          initial={{
            name: '',
            reading: '',
            nameEn: '',
            nameJa: '',
            category: '',
            website: '',
            country: locale === 'ja' ? 'JP' : '',
            representativeName: '',
            representativeRole: '',
            representativeEmail: '',
            authorisedHow: '',
            authorisedBy: '',
            authorisedOn: '',
            visibility: 'named',
            mayEndorse: '',
            privacyConsent: '',
            ...kept,
          }}
          countries={countryOptions(locale, t('international'))}
          limits={LIMITS}
        />
      </NextIntlClientProvider>
    </Page>
  );
}
