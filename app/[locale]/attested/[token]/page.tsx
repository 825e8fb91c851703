import { getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { OrganizationName } from '@/components/organization/organization-name';
import { ButtonSection } from '@/components/ui/button-section';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { question } from '@/lib/endorsement/attested/queries';
import { preferred } from '@/lib/platform/languages';
import { DeadLink } from '@/app/[locale]/dead-link';
import { behindLink, secretTitle, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { confirm, deny } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export const generateMetadata = secretTitle('endorsement.attested.title');

/** Asks the address of an attested endorsement whether its organization has signed. GET changes nothing. */
export default async function AttestedPage(props: SecretLinkProps) {
  const { locale, token, failed, found } = await behindLink(props, question);
  const t = await getTranslations({ locale, namespace: 'endorsement.attested' });
  if (!found || found.state === 'unknown')
    return <DeadLink locale={locale} words="endorsement.attested" found={found} />;
  const { state, names, letterSlug, letterTitles, kind, isWithheld } = found;
  const text = preferred(letterTitles, locale)?.said;
  const isAsked = state === 'open' || state === 'denied';
  const fields = { token, locale };
  return (
    <Page title={t('title')} lead={text && <LetterLink slug={letterSlug} text={text} />}>
      {failed !== null && (
        <Notice tone="alert" announce>
          {t(failed === 'already-signed' ? 'alreadySigned' : 'failed')}
        </Notice>
      )}
      {state !== 'open' && <Notice announce>{t(state)}</Notice>}
      {isAsked && (
        <>
          <p>{kind === 'form' ? t('vouched') : t('entered', { kind: kind ?? 'other' })}</p>
          <p className="text-xl font-semibold wrap-anywhere">
            <OrganizationName names={names} leading={locale} />
          </p>
          {isWithheld && <p>{t('withheld')}</p>}
          <ButtonSection
            id="confirm"
            title={t('confirm.title')}
            action={confirm}
            fields={fields}
            submit={t('confirm.submit')}
            look="solid"
          >
            <p>{t('confirm.explanation')}</p>
          </ButtonSection>
        </>
      )}
      {state === 'open' && (
        <ButtonSection
          id="deny"
          title={t('deny.title')}
          action={deny}
          fields={fields}
          submit={t('deny.submit')}
        >
          <p>{t('deny.explanation')}</p>
        </ButtonSection>
      )}
    </Page>
  );
}
