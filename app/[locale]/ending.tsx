/** The page at the end of mails that can be ended, with one button. */
import { hasLocale } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { LetterLink } from '@/components/letter/letter-link';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { SubmitButton } from '@/components/ui/submit-button';
import type { TitledText } from '@/lib/letter/rules';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';
import { preferred, type ByLanguage } from '@/lib/platform/languages';
import { errorName, log } from '@/lib/platform/log';
import { behindLink, tokenOf, type SecretLinkProps } from './secret-link';

/** What a link at the end of a mail ends, and whether it still comes. */
type Ending =
  | { state: 'unknown' }
  | { state: 'on' | 'ended'; letterSlug: string; letterTitles: ByLanguage<TitledText> };

/** GET changes nothing; only the button does. */
export async function EndingPage({
  link,
  read,
  words,
  action,
  undo,
}: {
  link: SecretLinkProps;
  read: (token: string) => Promise<Ending>;
  words: 'endorsement.unsubscribe' | 'endorsement.invited.end' | 'mailing.end';
  action: ButtonAction;
  /** A second button, where what has ended can begin again. */
  undo?: { action: ButtonAction; label: string };
}) {
  const { locale, token, failed, found } = await behindLink(link, read);
  const t = await getTranslations({ locale, namespace: words });
  const state = found?.state ?? 'unavailable';
  const text =
    found && found.state !== 'unknown' ? preferred(found.letterTitles, locale)?.said : undefined;
  return (
    <Page
      title={t(`${state}.title`)}
      lead={
        text &&
        found &&
        found.state !== 'unknown' && <LetterLink slug={found.letterSlug} text={text} />
      }
    >
      {failed !== null && (state === 'on' || state === 'ended') && (
        <Notice tone="alert">{t('failed')}</Notice>
      )}
      <p>{t(`${state}.explanation`)}</p>
      {state === 'on' && (
        <form action={action}>
          <HiddenFields fields={{ token, locale }} />
          <SubmitButton className={`${buttonClass('solid')} max-sm:w-full`}>
            {t('on.submit')}
          </SubmitButton>
        </form>
      )}
      {undo && state === 'ended' && (
        <form action={undo.action}>
          <HiddenFields fields={{ token, locale }} />
          <SubmitButton className={`${buttonClass('outline')} max-sm:w-full`}>
            {undo.label}
          </SubmitButton>
        </form>
      )}
    </Page>
  );
}

/** Runs the button's command and redirects to its page, which says what has ended, or that it failed. */
export async function pressEnd(
  form: FormData,
  end: (token: string) => Promise<unknown>,
  path: string,
): Promise<void> {
  const token = tokenOf(form);
  const given = form.get('locale');
  const locale = hasLocale(routing.locales, given) ? given : routing.defaultLocale;
  const isDone = await end(token).then(
    () => true,
    (error: unknown) => {
      log('error', 'mails could not be ended', { error: errorName(error) });
      return false;
    },
  );
  redirect({ href: `${path}/${token}${isDone ? '' : '?failed'}`, locale });
}
