import { useLocale, useTranslations } from 'next-intl';
import { OrganizationName } from '@/components/organization/organization-name';
import type { SeenNames } from '@/lib/endorsement/review/queries';

/** An organization's names as the coordinator may see them. */
export function SeenName({ names }: { names: SeenNames }) {
  const t = useTranslations('endorsement.review');
  const locale = useLocale();
  return names.hidden ? (
    <span className="text-quiet">{t('hiddenName')}</span>
  ) : (
    <OrganizationName names={names} leading={locale} />
  );
}

/** Only the name in the reader's language, or the one there is: for the middle of a sentence. */
export function ShortName({ names }: { names: SeenNames }) {
  const t = useTranslations('endorsement.review');
  const locale = useLocale();
  if (names.hidden) return t('hiddenName');
  const language = names[locale] ? locale : names.ja ? 'ja' : 'en';
  return <b lang={language}>{names[language]}</b>;
}
