import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { SubmitButton } from '@/components/ui/submit-button';
import { invited } from '@/lib/endorsement/invitees/queries';
import { preferred } from '@/lib/platform/languages';
import { routeLocale } from '@/app/[locale]/locale';
import { behindLink, UNSEEN, type SecretLinkProps } from '@/app/[locale]/secret-link';
import { decline, openFilledIn } from './actions';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: SecretLinkProps): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'endorsement.invited' });
  return { title: t('title'), ...UNSEEN };
}

const sectionTitle = 'font-serif text-xl font-semibold';

/**
 * The target of the link in an invitation to sign. GET changes nothing: that the form was opened is
 * noted when its button is pressed (ADR 44).
 */
export default async function InvitedPage(props: SecretLinkProps) {
  const { locale, token, failed, found } = await behindLink(props, invited);
  const t = await getTranslations({ locale, namespace: 'endorsement.invited' });
  if (!found || found.state === 'unknown') {
    const state = found ? 'unknown' : 'unavailable';
    return (
      <Page title={t(`${state}.title`)}>
        <p>{t(`${state}.explanation`)}</p>
      </Page>
    );
  }
  const { state, name, letterSlug, letterTitles } = found;
  const text = preferred(letterTitles, locale)?.said;
  const isOpen = state === 'open' || state === 'declined';
  const hidden = <HiddenFields fields={{ token, locale }} />;
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
        <section aria-labelledby="sign" className="space-y-4 border-t border-line pt-6">
          <h2 id="sign" className={sectionTitle}>
            {t('form.title')}
          </h2>
          <p>{t('form.explanation')}</p>
          <form action={openFilledIn}>
            {hidden}
            <SubmitButton className={`${buttonClass('solid')} max-sm:w-full`}>
              {t('form.submit')}
            </SubmitButton>
          </form>
        </section>
      )}
      {state === 'open' && (
        <section aria-labelledby="not-sign" className="space-y-4 border-t border-line pt-6">
          <h2 id="not-sign" className={sectionTitle}>
            {t('decline.title')}
          </h2>
          <p>{t('decline.explanation')}</p>
          <form action={decline}>
            {hidden}
            <SubmitButton className={`${buttonClass('outline')} max-sm:w-full`}>
              {t('decline.submit')}
            </SubmitButton>
          </form>
        </section>
      )}
    </Page>
  );
}
