import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import type { ButtonAction } from '@/components/ui/action-button';

/** The signed-in account, with buttons to sign out here or everywhere. */
export function SignOutForm({
  locale,
  email,
  leave,
}: {
  locale: string;
  email: string;
  leave: ButtonAction;
}) {
  const t = useTranslations('coordinator.home');
  return (
    <form
      id="account"
      action={leave}
      className="mx-auto flex max-w-page flex-wrap items-center gap-x-3 gap-y-2 px-5 pt-6 pb-12 text-sm sm:px-8 print:hidden"
    >
      <input type="hidden" name="locale" value={locale} />
      <span className="mr-2 [overflow-wrap:anywhere]">{t('signedInAs', { email })}</span>
      <button type="submit" className={buttonClass('outline', 'small')}>
        {t('signOut')}
      </button>
      <button
        type="submit"
        name="everywhere"
        value="1"
        aria-describedby="everywhere"
        className={`${buttonClass('plain', 'small')} max-sm:px-0`}
      >
        {t('signOutEverywhere')}
      </button>
      <span id="everywhere" className="text-quiet">
        {t('signOutEverywhereHint')}
      </span>
    </form>
  );
}
