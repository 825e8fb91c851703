import { getFormatter, getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { PreferredName } from '@/components/organization/organization-name';
import { Fact, Facts } from '@/components/ui/facts';
import { ButtonSection } from '@/components/ui/button-section';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { nomination } from '@/lib/endorsement/representatives/nominations/queries';
import { preferred } from '@/lib/platform/languages';
import { DeadLink } from '@/app/[locale]/dead-link';
import { behindLink, secretTitle, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { accept, decline } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export const generateMetadata = secretTitle('entry.nomination.title');

/** What somebody is asked whom a representative nominates. GET changes nothing. */
export default async function NominationPage(props: SecretLinkProps) {
  const { locale, token, failed, found } = await behindLink(props, nomination);
  const t = await getTranslations({ locale, namespace: 'entry.nomination' });
  if (!found || found.state === 'unknown')
    return <DeadLink locale={locale} words="entry.nomination" found={found} />;
  const format = await getFormatter({ locale });
  const { nominator, names, kind, name, role, email, letterSlug, timeZone } = found;
  const title = preferred(found.letterTitles, locale);
  const separator = locale === 'ja' ? '、' : ', ';
  const fields = { token, locale };
  return (
    <Page title={t('title')}>
      {failed !== null && (
        <Notice tone="alert" announce>
          {t(failed === 'signed' ? 'failed.signed' : 'failed.failed')}
        </Notice>
      )}
      <p>
        {t.rich(`asks.${kind}`, {
          nominator: [nominator.name, nominator.role].filter(Boolean).join(separator) || 'none',
          strong: (chunks) => <strong className="wrap-anywhere">{chunks}</strong>,
        })}
      </p>
      <Facts>
        <Fact name={t('organization')}>
          {Object.keys(names).length > 0 ? <PreferredName names={names} /> : t('withheld')}
        </Fact>
        {title && (
          <Fact name={t('letter')}>
            <LetterLink slug={letterSlug} text={title.said} />
          </Fact>
        )}
        <Fact name={t('you')}>
          <span className="block wrap-anywhere">{[name, role].join(separator)}</span>
          <span className="block wrap-anywhere">{email}</span>
          <span className="block text-sm text-quiet">{t('asWhat')}</span>
        </Fact>
        <Fact name={t('until')}>
          {format.dateTime(found.expiresAt, { dateStyle: 'long', timeStyle: 'short', timeZone })}
        </Fact>
      </Facts>
      <ButtonSection
        id="means"
        title={t('means.title')}
        action={accept}
        fields={fields}
        submit={t('accept')}
        look="solid"
      >
        <p>{t('means.able')}</p>
        <p className="mt-2">{t('means.seen')}</p>
      </ButtonSection>
      <ButtonSection
        id="decline"
        title={t('decline.title')}
        action={decline}
        fields={fields}
        submit={t('decline.submit')}
      >
        <p>{t('decline.explanation')}</p>
      </ButtonSection>
    </Page>
  );
}
