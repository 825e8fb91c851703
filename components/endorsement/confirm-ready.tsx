import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { loneTitle } from '@/lib/letter/rules';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Link } from '@/lib/platform/i18n/navigation';
import type { KnownConfirmation } from '@/lib/verification/queries';

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 border-t border-line py-3 sm:grid-cols-[11rem_1fr]">
      <dt className="text-sm text-quiet sm:pt-0.5">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** What will be confirmed, for the representative to read once more, and the one button that does it. */
export function ConfirmReady({
  confirmation,
  token,
  action,
  unconfirmedDays,
}: {
  confirmation: KnownConfirmation;
  token: string;
  action: (form: FormData) => Promise<void>;
  unconfirmedDays: number;
}) {
  const t = useTranslations('endorse.confirm.ready');
  const fields = useTranslations('endorse.fields');
  const visibility = useTranslations('endorse.visibility');
  const locale = useLocale();
  const { names, reading, website, country, representativeName, representativeRole } = confirmation;
  const titleLanguage = confirmation.letterTitles[locale] ? locale : confirmation.letterTitles.ja ? 'ja' : 'en';
  const title = confirmation.letterTitles[titleLanguage];
  const countryName = new Intl.DisplayNames(locale, { type: 'region' }).of(country);
  return (
    <>
      {confirmation.changedSince && (
        <Notice tone="alert">
          <p>{t('changed')}</p>
          <p>
            <Link href={`/letters/${confirmation.letterSlug}/revisions`} prefetch={false}>
              {t('seeChanges')}
            </Link>
          </p>
        </Notice>
      )}
      <p>{t('explanation')}</p>
      <dl className="border-b border-line">
        {title && (
          <Row label={t('letter')}>
            <span lang={titleLanguage} className="font-serif">
              {loneTitle(title)}
            </span>
          </Row>
        )}
        {names.ja && (
          <Row label={fields('nameJa')}>
            <span lang="ja" className="font-semibold">
              {names.ja}
            </span>
          </Row>
        )}
        {reading && (
          <Row label={fields('reading')}>
            <span lang="ja">{reading}</span>
          </Row>
        )}
        {names.en && (
          <Row label={fields('nameEn')}>
            <span lang="en" className="font-semibold">
              {names.en}
            </span>
          </Row>
        )}
        {website && <Row label={fields('website')}>{website}</Row>}
        <Row label={fields('country')}>{countryName}</Row>
        {representativeName && <Row label={fields('representativeName')}>{representativeName}</Row>}
        {representativeRole && <Row label={fields('representativeRole')}>{representativeRole}</Row>}
        <Row label={fields('visibility')}>{visibility(`${confirmation.visibility}.label`)}</Row>
      </dl>
      <form action={action}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="revision" value={confirmation.revision} />
        <input type="hidden" name="locale" value={locale} />
        <button type="submit" className={`${buttonClass('seal')} w-full sm:w-auto`}>
          {t('submit')}
        </button>
      </form>
      <p>{t('next')}</p>
      <p className="text-sm text-quiet">{t('notYou', { days: unconfirmedDays })}</p>
    </>
  );
}
