import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { PreferredName } from '@/components/organization/organization-name';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Fact, Facts } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { PageSection } from '@/components/ui/page-section';
import { SubmitButton } from '@/components/ui/submit-button';
import { nomination } from '@/lib/endorsement/representatives/nominations/queries';
import { preferred } from '@/lib/platform/languages';
import { routeLocale } from '@/app/[locale]/locale';
import { behindLink, UNSEEN, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { accept, decline } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: SecretLinkProps): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'entry.nomination' });
  return { title: t('title'), ...UNSEEN };
}

/** What somebody is asked whom a representative nominates. GET changes nothing. */
export default async function NominationPage(props: SecretLinkProps) {
  const { locale, token, failed, found } = await behindLink(props, nomination);
  const t = await getTranslations({ locale, namespace: 'entry.nomination' });
  if (!found || found.state === 'unknown') {
    const state = found ? 'unknown' : 'unavailable';
    return (
      <Page title={t(`${state}.title`)}>
        <p>{t(`${state}.explanation`)}</p>
      </Page>
    );
  }
  const format = await getFormatter({ locale });
  const { nominator, names, kind, name, role, email, letterSlug, timeZone } = found;
  const title = preferred(found.letterTitles, locale);
  const separator = locale === 'ja' ? '、' : ', ';
  const hidden = <HiddenFields fields={{ token, locale }} />;
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
      <PageSection id="means" title={t('means.title')}>
        <p>{t('means.able')}</p>
        <p className="mt-2">{t('means.seen')}</p>
        <form action={accept} className="mt-6">
          {hidden}
          <SubmitButton className={`${buttonClass('solid')} max-sm:w-full`}>
            {t('accept')}
          </SubmitButton>
        </form>
      </PageSection>
      <PageSection id="decline" title={t('decline.title')}>
        <p>{t('decline.explanation')}</p>
        <form action={decline} className="mt-6">
          {hidden}
          <SubmitButton className={`${buttonClass('outline')} max-sm:w-full`}>
            {t('decline.submit')}
          </SubmitButton>
        </form>
      </PageSection>
    </Page>
  );
}
