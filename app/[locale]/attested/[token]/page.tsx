import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { OrganizationName } from '@/components/organization/organization-name';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { SubmitButton } from '@/components/ui/submit-button';
import { question } from '@/lib/endorsement/attested/queries';
import { preferred } from '@/lib/platform/languages';
import { routeLocale } from '@/app/[locale]/locale';
import { behindLink, UNSEEN, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { confirm, deny } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: SecretLinkProps): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'endorsement.attested' });
  return { title: t('title'), ...UNSEEN };
}

const sectionTitle = 'font-serif text-xl font-semibold';

/** Asks the address of an attested endorsement whether its organization has signed. GET changes nothing. */
export default async function AttestedPage(props: SecretLinkProps) {
  const { locale, token, failed, found } = await behindLink(props, question);
  const t = await getTranslations({ locale, namespace: 'endorsement.attested' });
  if (!found || found.state === 'unknown') {
    const state = found ? 'unknown' : 'unavailable';
    return (
      <Page title={t(`${state}.title`)}>
        <p>{t(`${state}.explanation`)}</p>
      </Page>
    );
  }
  const { state, names, letterSlug, letterTitles, kind, isWithheld } = found;
  const text = preferred(letterTitles, locale)?.said;
  const isAsked = state === 'open' || state === 'denied';
  const hidden = <HiddenFields fields={{ token, locale }} />;
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
          <section aria-labelledby="confirm" className="space-y-4 border-t border-line pt-6">
            <h2 id="confirm" className={sectionTitle}>
              {t('confirm.title')}
            </h2>
            <p>{t('confirm.explanation')}</p>
            <form action={confirm}>
              {hidden}
              <SubmitButton className={`${buttonClass('solid')} max-sm:w-full`}>
                {t('confirm.submit')}
              </SubmitButton>
            </form>
          </section>
        </>
      )}
      {state === 'open' && (
        <section aria-labelledby="deny" className="space-y-4 border-t border-line pt-6">
          <h2 id="deny" className={sectionTitle}>
            {t('deny.title')}
          </h2>
          <p>{t('deny.explanation')}</p>
          <form action={deny}>
            {hidden}
            <SubmitButton className={`${buttonClass('outline')} max-sm:w-full`}>
              {t('deny.submit')}
            </SubmitButton>
          </form>
        </section>
      )}
    </Page>
  );
}
