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
    <form action={leave} className="mt-12 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
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
