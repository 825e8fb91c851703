import { getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { ButtonSection } from '@/components/ui/button-section';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { invited } from '@/lib/endorsement/invitees/queries';
import { preferred } from '@/lib/platform/languages';
import { DeadLink } from '@/app/[locale]/dead-link';
import { behindLink, secretTitle, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { decline, openFilledIn } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export const generateMetadata = secretTitle('endorsement.invited.title');

/**
 * The target of the link in an invitation to sign. GET changes nothing: that the form was opened is
 * noted when its button is pressed (ADR 44).
 */
export default async function InvitedPage(props: SecretLinkProps) {
  const { locale, token, failed, found } = await behindLink(props, invited);
  const t = await getTranslations({ locale, namespace: 'endorsement.invited' });
  if (!found || found.state === 'unknown')
    return <DeadLink locale={locale} words="endorsement.invited" found={found} />;
  const { state, name, letterSlug, letterTitles } = found;
  const text = preferred(letterTitles, locale)?.said;
  const isOpen = state === 'open' || state === 'declined';
  const fields = { token, locale };
  return (
    <Page title={t('title')} lead={text && <LetterLink slug={letterSlug} text={text} />}>
      {failed !== null && (
        <Notice tone="alert" announce>
          {t('failed')}
        </Notice>
      )}
      {state === 'open' ? (
        <p>
          {t.rich('invites', {
            name,
            strong: (chunks) => <strong className="wrap-anywhere">{chunks}</strong>,
          })}
        </p>
      ) : (
        <Notice>{t(state)}</Notice>
      )}
      {isOpen && (
        <ButtonSection
          id="sign"
          title={t('form.title')}
          action={openFilledIn}
          fields={fields}
          submit={t('form.submit')}
          look="solid"
        >
          <p>{t('form.explanation')}</p>
        </ButtonSection>
      )}
      {state === 'open' && (
        <ButtonSection
          id="not-sign"
          title={t('decline.title')}
          action={decline}
          fields={fields}
          submit={t('decline.submit')}
        >
          <p>{t('decline.explanation')}</p>
        </ButtonSection>
      )}
    </Page>
  );
}
