import { getTranslations } from 'next-intl/server';
import { ConfirmReady } from '@/components/endorsement/verification/confirm-ready';
import { ConfirmRefused } from '@/components/endorsement/verification/confirm-refused';
import { OtherAttempts } from '@/components/endorsement/verification/other-attempts';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { CONFIRMATION_DAYS, UNCONFIRMED_DAYS } from '@/lib/platform/limits';
import { confirmation } from '@/lib/endorsement/verification/queries';
import { behindLink, secretTitle, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { confirmEndorsement, requestNewLink } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export const generateMetadata = secretTitle('endorsement.confirm.pageTitle');

/** The target of the link in a confirmation mail. GET changes nothing; only the button does. */
export default async function ConfirmPage(props: SecretLinkProps) {
  const { locale, token, failed, found } = await behindLink(props, confirmation);
  const t = await getTranslations({ locale, namespace: 'endorsement.confirm' });
  if (!found) {
    return (
      <Page title={t('unavailable.title')}>
        <p>{t('unavailable.explanation')}</p>
      </Page>
    );
  }
  return (
    <Page title={t(`${found.state}.title`)}>
      {failed !== null && found.state !== 'confirmed' && (
        <Notice tone="alert">{t(failed === 'too-many' ? 'tooMany' : 'failed')}</Notice>
      )}
      {found.state === 'ready' ? (
        <ConfirmReady
          confirmation={found}
          token={token}
          action={confirmEndorsement}
          unconfirmedDays={UNCONFIRMED_DAYS}
        />
      ) : (
        <ConfirmRefused
          confirmation={found}
          token={token}
          action={requestNewLink}
          confirmationDays={CONFIRMATION_DAYS}
          unconfirmedDays={UNCONFIRMED_DAYS}
        />
      )}
      {found.state !== 'unknown' && (
        <OtherAttempts attempts={found.others} token={token} action={confirmEndorsement} />
      )}
    </Page>
  );
}
