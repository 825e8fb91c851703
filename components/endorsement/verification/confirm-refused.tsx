import { useLocale, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { HiddenFields } from '@/components/ui/action-button';
import { Link } from '@/components/ui/link';
import type { Confirmation } from '@/lib/endorsement/verification/queries';

/** Explains why a link cannot be used to confirm, and what to do next. */
export function ConfirmRefused({
  confirmation,
  token,
  action,
  confirmationDays,
  unconfirmedDays,
}: {
  confirmation: Confirmation;
  token: string;
  action: (form: FormData) => Promise<void>;
  confirmationDays: number;
  unconfirmedDays: number;
}) {
  const t = useTranslations('endorsement.confirm');
  const locale = useLocale();
  const { state } = confirmation;
  if (state === 'ready') return null;
  if (state === 'unknown') {
    return (
      <>
        <p>{t('unknown.explanation', { days: unconfirmedDays })}</p>
        <p>
          <Link href="/" className="inline-block">
            {t('unknown.letters')}
          </Link>
        </p>
      </>
    );
  }
  const { letterSlug } = confirmation;
  return (
    <>
      <p>{t(`${state}.explanation`, { days: confirmationDays })}</p>
      {state === 'vouched' && (
        <p>
          <Link href={`/attested/${token}`} className={buttonClass('solid')}>
            {t('vouched.answer')}
          </Link>
        </p>
      )}
      {state === 'expired' && (
        <form action={action}>
          <HiddenFields fields={{ token, slug: letterSlug, locale }} />
          <button type="submit" className={`${buttonClass('solid')} w-full sm:w-auto`}>
            {t('sendNewLink')}
          </button>
        </form>
      )}
      <p>
        <Link href={`/letters/${letterSlug}`} className="inline-block">
          {t('letter')}
        </Link>
      </p>
    </>
  );
}
