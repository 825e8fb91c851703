import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { HiddenFields } from '@/components/ui/action-button';
import { signedIn } from '@/lib/platform/auth/guard';
import { consentTo } from '@/lib/platform/auth/consent';
import { signInLink } from '@/lib/platform/auth/sign-in';
import { Link } from '@/lib/platform/i18n/navigation';
import { SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { errorName, log } from '@/lib/platform/log';
import { tokenIn } from '@/lib/platform/tokens';
import { localeIn } from '@/app/[locale]/admin/locale';
import { signInBrowser } from '@/app/[locale]/admin/sign-in/browser';

type Props = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({
    locale: localeIn((await params).locale),
    namespace: 'coordinator.signIn',
  });
  return { title: t('confirmTitle') };
}

/**
 * The target of the link in the sign-in mail. GET changes nothing, because mail scanners open
 * links. The page names the account, so that nobody is signed in to another account by following a
 * link; its button posts to next-auth (app/api/auth).
 */
export default async function ConfirmSignIn({ params, searchParams }: Props) {
  const locale = localeIn((await params).locale);
  const t = await getTranslations({ locale, namespace: 'coordinator.signIn' });
  const { token: given, failed } = await searchParams;
  const token = tokenIn(String(given ?? ''));
  const read = async () => ({
    link:
      token === null
        ? ({ state: 'incomplete' } as const)
        : await signInLink(token, await signInBrowser()),
    present: await signedIn(),
  });
  const { link, present } = await read().catch((error: unknown) => {
    log('error', 'a sign-in link could not be read', { error: errorName(error) });
    return { link: { state: 'unavailable' } as const, present: null };
  });
  if (link.state !== 'ready' || token === null) {
    return (
      <Page title={t('confirmTitle')}>
        <p>
          {t(`refused.${link.state === 'ready' ? 'incomplete' : link.state}`, {
            minutes: SIGN_IN_LINK_MINUTES,
          })}
        </p>
        <p>
          {present ? (
            <Link href="/admin" prefetch={false}>
              {t('stillSignedIn', { email: present.email })}
            </Link>
          ) : (
            <Link href="/admin/sign-in" prefetch={false}>
              {t('newLink')}
            </Link>
          )}
        </p>
      </Page>
    );
  }
  const { email, sameBrowser } = link;
  const switches = present !== null && present.email !== email;
  return (
    <Page title={t('confirmTitle')} lead={t('confirmLead', { email })}>
      {failed !== undefined && <Notice tone="alert">{t('problems.failedHere')}</Notice>}
      {switches && <Notice tone="alert">{t('switches', { present: present.email, email })}</Notice>}
      {!sameBrowser && <Notice tone="alert">{t('otherBrowser', { email })}</Notice>}
      <form method="post" action="/api/auth/callback/email">
        <HiddenFields
          fields={{ token, locale, consent: consentTo(link, present?.email ?? null) }}
        />
        <button
          type="submit"
          className={buttonClass(switches || !sameBrowser ? 'outline' : 'solid')}
        >
          {switches
            ? t('confirmSwitch', { email })
            : sameBrowser
              ? t('confirm')
              : t('confirmOther', { email })}
        </button>
      </form>
      {(switches || !sameBrowser) && (
        <p>
          <Link href={present ? '/admin' : '/admin/sign-in'} prefetch={false}>
            {present ? t('stay', { present: present.email }) : t('newLink')}
          </Link>
        </p>
      )}
      <p className="text-sm text-quiet">{t('confirmWhy')}</p>
    </Page>
  );
}
