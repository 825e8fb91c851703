import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { Authorised } from '@/lib/endorsement/authorisation';

/** How a signature was authorised, by whom and when, in one line; null if nothing is known. */
export function useAuthorisation(): (of: Authorised) => string | null {
  const t = useTranslations('endorsement.authorisation');
  const format = useFormatter();
  const locale = useLocale();
  return ({ authorisedHow, authorisedBy, authorisedOn }) =>
    [
      authorisedHow && t(`how.${authorisedHow}`),
      authorisedBy,
      // A date without a time is the same day everywhere.
      authorisedOn && format.dateTime(authorisedOn, { dateStyle: 'long', timeZone: 'UTC' }),
    ]
      .filter(Boolean)
      .join(locale === 'ja' ? '、' : ', ') || null;
}
