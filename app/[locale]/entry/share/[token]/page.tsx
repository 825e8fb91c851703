import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { ShareSection } from '@/components/endorsement/sharing/share-section';
import { LetterLink } from '@/components/letter/letter-link';
import { Link } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { sharedEntry } from '@/lib/endorsement/sharing/queries';
import {
  sharedTexts,
  shareLinks,
  sharingLanguages,
  titleFor,
} from '@/lib/endorsement/sharing/texts';
import { env } from '@/lib/platform/env';
import { redirect } from '@/lib/platform/i18n/navigation';
import { pathIn } from '@/lib/platform/i18n/routing';
import { pictureOf } from '@/app/[locale]/entry/picture';
import { behindLink, secretTitle, type SecretLinkProps } from '@/app/[locale]/secret-link';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export const generateMetadata = secretTitle('entry.share.pageTitle');

/** Texts and pictures with which an organization tells others that it has signed. */
export default async function SharePage(props: SecretLinkProps) {
  const { locale, token, found } = await behindLink(props, sharedEntry);
  // Its page says that the link does not work, or that nothing can be read now.
  if (!found || found.state === 'unknown') return redirect({ href: `/entry/${token}`, locale });
  const t = await getTranslations({ locale, namespace: 'entry.share' });
  const back = (
    <p>
      <Link href={`/entry/${token}`} className="inline-block py-1">
        {t('back')}
      </Link>
    </p>
  );
  if (found.state !== 'approved') {
    return (
      <Page title={t('none.title')}>
        <p>{t(`none.${found.state}`)}</p>
        {back}
      </Page>
    );
  }
  const { copy, copied } = (await getMessages({ locale })).letter.text.links;
  const origin = env().APP_URL;
  const host = new URL(origin).host;
  return (
    <Page
      title={t('pageTitle')}
      lead={<LetterLink slug={found.letterSlug} text={titleFor(found, locale)} />}
    >
      <p>{t(found.names ? 'named' : 'withheld')}</p>
      <p>{t('public')}</p>
      <NextIntlClientProvider messages={{ letter: { text: { links: { copy, copied } } } }}>
        {sharingLanguages(found, locale).map((language) => {
          const texts = sharedTexts(found, language, origin);
          const picture = pathIn(language, `/entry/picture.png/${token}`);
          return (
            <ShareSection
              key={language}
              texts={texts}
              links={shareLinks(texts)}
              pictures={{
                wide: picture,
                square: `${picture}?shape=square`,
                alt: pictureOf(found, language, { host, kind: '' }).alt,
              }}
              reader={locale}
            />
          );
        })}
      </NextIntlClientProvider>
      {back}
    </Page>
  );
}
