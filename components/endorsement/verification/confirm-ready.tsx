import { countryNames } from '../countries';
import { preferred } from '@/lib/platform/languages';
import { useLocale, useTranslations } from 'next-intl';
import { LetterLink } from '@/components/letter/letter-link';
import { Name } from '@/components/organization/organization-name';
import { buttonClass } from '@/components/ui/button';
import { useAuthorisation } from '../authorisation';
import { Fact, Facts } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { Link } from '@/components/ui/link';
import type { KnownConfirmation } from '@/lib/endorsement/verification/queries';

/** The endorsement to be confirmed, for a final check, and the confirm button. */
export function ConfirmReady({
  confirmation,
  token,
  action,
  unconfirmedDays,
}: {
  confirmation: KnownConfirmation;
  token: string;
  action: ButtonAction;
  unconfirmedDays: number;
}) {
  const t = useTranslations('endorsement.confirm.ready');
  const common = useTranslations('endorsement');
  const fields = useTranslations('endorsement.fields');
  const visibility = useTranslations('endorsement.visibility');
  const locale = useLocale();
  const { names, reading, website, country, representativeName, representativeRole } = confirmation;
  const category = confirmation.category && preferred(confirmation.category, locale)?.said;
  const authorised = useAuthorisation()(confirmation.authorised);
  const title = preferred(confirmation.letterTitles, locale);
  const countryName = countryNames(locale, common('international'))(country);
  return (
    <>
      {confirmation.changedSince && (
        <Notice tone="alert">
          <p>{t('changed')}</p>
          <p>
            <Link href={`/letters/${confirmation.letterSlug}/revisions`}>{t('seeChanges')}</Link>
          </p>
        </Notice>
      )}
      <p>{t('explanation')}</p>
      <Facts>
        {title && (
          <Fact name={t('letter')}>
            <LetterLink slug={confirmation.letterSlug} text={title.said} />
          </Fact>
        )}
        {Object.entries(names).map(([language, name]) => (
          <Fact key={language} name={t('name')}>
            <Name name={name} language={language} className="font-semibold" />
          </Fact>
        ))}
        {reading && (
          <Fact name={fields('reading')}>
            <span lang="ja">{reading}</span>
          </Fact>
        )}
        {category && <Fact name={fields('category')}>{category}</Fact>}
        {website && <Fact name={fields('website')}>{website}</Fact>}
        <Fact name={fields('country')}>{countryName}</Fact>
        {representativeName && (
          <Fact name={fields('representativeName')}>{representativeName}</Fact>
        )}
        {representativeRole && (
          <Fact name={fields('representativeRole')}>{representativeRole}</Fact>
        )}
        {authorised && <Fact name={common('authorisation.title')}>{authorised}</Fact>}
        <Fact name={fields('visibility')}>{visibility(`${confirmation.visibility}.label`)}</Fact>
      </Facts>
      <p>
        <Link href={`/confirm/correct/${token}`} className="inline-block py-1">
          {t('correct')}
        </Link>
      </p>
      <form action={action}>
        <HiddenFields fields={{ token, revision: confirmation.revision, locale }} />
        <button type="submit" className={`${buttonClass('seal')} w-full sm:w-auto`}>
          {t('submit')}
        </button>
      </form>
      <p>{t('next')}</p>
      <p className="text-sm text-quiet">{t('notYou', { days: unconfirmedDays })}</p>
    </>
  );
}
