import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { PageSection } from '@/components/ui/page-section';
import { SubmitButton } from '@/components/ui/submit-button';
import type { OwnEntry } from '@/lib/endorsement/entry/queries';
import { mayKeep } from '@/lib/endorsement/retention/rules';
import { PEOPLE } from '@/lib/platform/limits';

/** When the contact data is deleted, and the buttons to keep the page, or not to any more. */
export function ContactData({
  entry: { deletion, timeZone },
  token,
  now,
  actions,
}: {
  entry: OwnEntry;
  token: string;
  now: Date;
  actions: { keep: ButtonAction; release: ButtonAction };
}) {
  const t = useTranslations('entry.contactData');
  const locale = useLocale();
  const format = useFormatter();
  const day = (at: Date) => format.dateTime(at, { dateStyle: 'long', timeZone });
  const terms = { months: PEOPLE.months, kept: PEOPLE.keptMonths, notice: PEOPLE.leastNoticeDays };
  if (!deletion)
    return (
      <PageSection id="contact-data" title={t('title')}>
        <p>{t('open', terms)}</p>
      </PageSection>
    );
  const { at, keptUntil } = deletion;
  return (
    <PageSection id="contact-data" title={t('title')}>
      <p>
        {keptUntil
          ? t('kept', { date: day(keptUntil) })
          : t('planned', { ...terms, date: day(at) })}
      </p>
      <p className="mt-2 text-sm text-quiet">{t('what')}</p>
      {mayKeep(deletion, now, PEOPLE) && (
        <form action={actions.keep} className="mt-3 space-y-2">
          <HiddenFields fields={{ token, locale }} />
          <SubmitButton className={buttonClass('outline')}>
            {t(keptUntil ? 'keepLonger' : 'keep')}
          </SubmitButton>
          <p className="text-sm text-quiet">{t('keepHint', terms)}</p>
        </form>
      )}
      {keptUntil && (
        <form action={actions.release} className="mt-3 space-y-2">
          <HiddenFields fields={{ token, locale }} />
          <SubmitButton className={buttonClass('outline')}>{t('release')}</SubmitButton>
          <p className="text-sm text-quiet">{t('releaseHint', terms)}</p>
        </form>
      )}
    </PageSection>
  );
}
