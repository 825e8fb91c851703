import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { NominationForm } from '@/components/endorsement/entry/nomination-form';
import { Nominations, Representatives } from '@/components/endorsement/entry/representatives';
import { PreferredName } from '@/components/organization/organization-name';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { LIMITS } from '@/lib/endorsement/schema';
import { redirect } from '@/lib/platform/i18n/navigation';
import { MOST_REPRESENTATIVES, NOMINATION_DAYS } from '@/lib/platform/limits';
import { behindLink, UNSEEN, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { cancel, mailAgain, nominateColleague, remove } from './actions';
import { outcomeIn } from './outcome';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

// The title is rendered by the form, which prefixes it when there are errors.
export const metadata: Metadata = { title: { absolute: '' }, ...UNSEEN };

/** Who represents the organization of an entry, and who could. GET changes nothing. */
export default async function RepresentativesPage(props: SecretLinkProps) {
  const { locale, token, found } = await behindLink(props, ownEntry);
  if (!found || found.state === 'unknown') return redirect({ href: `/entry/${token}`, locale });
  const t = await getTranslations({ locale, namespace: 'entry.representatives' });
  const { done, failed, minutes } = outcomeIn(await props.searchParams);
  const { entry, endorsement } = await getMessages({ locale });
  return (
    <Page title={t('title')} lead={<PreferredName names={found.names} />}>
      {done && <Notice announce>{t(`done.${done}`)}</Notice>}
      {(failed ?? minutes) !== undefined && (
        <Notice tone="alert" announce>
          {failed ? t(`problems.${failed}`) : t('problems.too-many', { minutes: minutes ?? 1 })}
        </Notice>
      )}
      <p>{t('lead', { most: MOST_REPRESENTATIVES })}</p>
      <Representatives entry={found} token={token} remove={remove} />
      <Nominations entry={found} token={token} again={mailAgain} cancel={cancel} />
      <NextIntlClientProvider
        messages={{
          entry: { representatives: entry.representatives },
          endorsement: {
            errors: endorsement.errors,
            summary: endorsement.summary,
            errorTitle: endorsement.errorTitle,
          },
        }}
      >
        <NominationForm
          action={nominateColleague}
          token={token}
          isWithheld={found.visibility === 'withheld'}
          days={NOMINATION_DAYS}
          limits={LIMITS}
          pageTitle={`${t('title')} – Undersigned`}
        />
      </NextIntlClientProvider>
      <p className="mt-8">
        <Link href={`/entry/${token}`} className="inline-block py-1">
          {t('back')}
        </Link>
      </p>
    </Page>
  );
}
