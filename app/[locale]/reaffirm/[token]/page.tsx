import { getTranslations } from 'next-intl/server';
import { ReaffirmationForm } from '@/components/revision/reaffirmation/answer-form';
import { contactValues } from '@/components/letter/contact';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { reaffirmation } from '@/lib/revision/reaffirmation/queries';
import { Link } from '@/components/ui/link';
import { REAFFIRMATION_DAYS } from '@/lib/platform/limits';
import { behindLink, secretTitle, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { answerReaffirmation } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export const generateMetadata = secretTitle('revision.reaffirmation.pageTitle');

/** The target of the link in a reaffirmation mail. GET changes nothing; only the buttons do. */
export default async function AffirmPage(props: SecretLinkProps) {
  const { locale, token, failed, found } = await behindLink(props, reaffirmation);
  const t = await getTranslations({ locale, namespace: 'revision.reaffirmation' });
  if (!found) {
    return (
      <Page title={t('unavailable.title')}>
        <p>{t('unavailable.explanation')}</p>
      </Page>
    );
  }
  if (found.state === 'unknown') {
    return (
      <Page title={t('unknown.title')}>
        <p>{t('unknown.explanation')}</p>
        <p>
          <Link href="/" className="inline-block">
            {t('unknown.letters')}
          </Link>
        </p>
      </Page>
    );
  }
  return (
    <Page title={t(`${found.state}.title`)}>
      {found.state === 'open' ? (
        <>
          {failed && <Notice tone="alert">{t('failed')}</Notice>}
          <ReaffirmationForm request={found} token={token} action={answerReaffirmation} />
        </>
      ) : (
        <>
          <p>
            {t.rich(`${found.state}.explanation`, {
              days: REAFFIRMATION_DAYS,
              ...contactValues(found.contact),
            })}
          </p>
          <p>
            <Link href={`/letters/${found.letterSlug}`} className="inline-block">
              {t('letter')}
            </Link>
          </p>
        </>
      )}
    </Page>
  );
}
