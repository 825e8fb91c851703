import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { EditForm } from '@/components/endorsement/entry/edit-form';
import { LetterLink } from '@/components/letter/letter-link';
import { Page } from '@/components/ui/page';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { asksReading, LIMITS, typedFromNames } from '@/lib/endorsement/schema';
import { categoryOf } from '@/lib/letter/categories';
import { redirect } from '@/lib/platform/i18n/navigation';
import { preferred } from '@/lib/platform/languages';
import { behindLink, UNSEEN, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { changeEntry } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

// The title is rendered by the form, which prefixes it when there are errors.
export const metadata: Metadata = { title: { absolute: '' }, ...UNSEEN };

/** The form with which an organization changes its entry. GET changes nothing. */
export default async function EditPage(props: SecretLinkProps) {
  const { locale, token, found } = await behindLink(props, ownEntry);
  if (!found || (found.state !== 'verified' && found.state !== 'approved'))
    return redirect({ href: `/entry/${token}`, locale });
  const t = await getTranslations({ locale, namespace: 'entry.edit' });
  const { endorsement, entry } = await getMessages({ locale });
  const { fields, hints, marks, audience, visibility, required, errors } = endorsement;
  const { errorTitle, summary, tidied, chooseCategory } = endorsement;
  const title = preferred(found.letterTitles, locale);
  const isApproved = found.state === 'approved';
  // A change that waits is shown, so that it can be changed once more.
  const shown = found.proposed ?? found;
  return (
    <Page
      title={t('title')}
      lead={title && <LetterLink slug={found.letterSlug} text={title.said} />}
    >
      <p>{t(isApproved ? 'introApproved' : 'introVerified')}</p>
      <NextIntlClientProvider
        messages={{
          entry: { edit: entry.edit },
          endorsement: {
            ...{ fields, hints, marks, audience, visibility, required, errors },
            ...{ errorTitle, summary, tidied, chooseCategory },
          },
        }}
      >
        <EditForm
          action={changeEntry}
          token={token}
          version={found.version}
          isApproved={isApproved}
          offersWithheld={found.settings.offersWithheld || found.visibility === 'withheld'}
          website={found.settings.website}
          categories={found.settings.categories}
          asksReading={asksReading(found.settings)}
          pageTitle={`${t('title')} – Undersigned`}
          initial={{
            ...typedFromNames(shown, found.country),
            category: categoryOf(found.settings, shown.category)?.id ?? '',
            website: shown.website ?? '',
            visibility: shown.visibility,
          }}
          limits={LIMITS}
        />
      </NextIntlClientProvider>
    </Page>
  );
}
