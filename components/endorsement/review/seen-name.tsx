import { useLocale, useTranslations } from 'next-intl';
import { OrganizationName, PreferredName } from '@/components/organization/organization-name';
import type { SeenNames } from '@/lib/endorsement/review/seen-names';

/** An organization's names, as far as the coordinator may see them. */
export function SeenName({ of: { names, hidden } }: { of: SeenNames }) {
  const t = useTranslations('endorsement.review');
  const locale = useLocale();
  return hidden ? (
    <span className="text-quiet">{t('hiddenName')}</span>
  ) : (
    <OrganizationName names={names} leading={locale} />
  );
}

/** Only one name, in the reader's language if available, for use within a sentence. */
export function ShortName({ of: { names, hidden } }: { of: SeenNames }) {
  const t = useTranslations('endorsement.review');
  if (hidden) return t('hiddenName');
  return (
    <b>
      <PreferredName names={names} />
    </b>
  );
}
