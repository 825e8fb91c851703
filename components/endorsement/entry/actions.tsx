import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import type { FormAction } from '@/components/ui/form-state';
import { Link } from '@/components/ui/link';
import { PageSection } from '@/components/ui/page-section';
import { SubmitButton } from '@/components/ui/submit-button';
import type { OwnEntry } from '@/lib/endorsement/entry/queries';
import { PersonForm } from './person-form';
import { WithdrawForm } from './withdraw-form';

/** The Server Actions of an entry's page. */
export interface EntryActions {
  withhold: ButtonAction;
  withdraw: FormAction;
  correctPerson: FormAction;
  requestErasure: ButtonAction;
  cancelErasure: ButtonAction;
  replaceLink: ButtonAction;
  endMailings: ButtonAction;
  allowMailings: ButtonAction;
}

/** Something that takes two clicks: one opens its explanation, the other does it. */
export function TwoClicks({
  id,
  title,
  action,
  fields,
  label,
  children,
}: {
  id: string;
  title: string;
  action: ButtonAction;
  fields: Record<string, string>;
  label: string;
  children: ReactNode;
}) {
  return (
    <details id={id} className="border-t border-line py-3">
      <summary className="min-h-8 cursor-pointer font-semibold text-indigo">{title}</summary>
      <form action={action} className="mt-3 space-y-3">
        {children}
        <HiddenFields fields={fields} />
        <SubmitButton className={buttonClass('outline')}>{label}</SubmitButton>
      </form>
    </details>
  );
}

/** What the organization can do with its entry in its present state. */
export function EntryActionList({
  entry,
  token,
  actions,
  mailingsEndedAt,
  reasonMax,
  personMax,
}: {
  entry: OwnEntry;
  token: string;
  actions: EntryActions;
  /** Since when its address gets no mailings of the letter; null: it does. */
  mailingsEndedAt: Date | null;
  reasonMax: number;
  personMax: number;
}) {
  const t = useTranslations('entry.actions');
  const locale = useLocale();
  const format = useFormatter();
  const { state, visibility, delivery, settings } = entry;
  const isChangeable = state === 'approved' || state === 'verified';
  const isDelivered = delivery !== null;
  const fields = { token, locale };
  return (
    <PageSection id="actions" title={t('title')}>
      {isChangeable && (
        <p className="pb-3">
          <Link href={`/entry/edit/${token}`} className="inline-block py-1 font-semibold">
            {t('edit')}
          </Link>
          <span className="block text-sm text-quiet">
            {t(state === 'approved' ? 'editHintApproved' : 'editHintVerified')}
          </span>
        </p>
      )}
      {state === 'approved' && (
        <p className="border-t border-line py-3">
          <Link href={`/entry/share/${token}`} className="inline-block py-1 font-semibold">
            {t('share')}
          </Link>
          <span className="block text-sm text-quiet">{t('shareHint')}</span>
        </p>
      )}
      <p className="border-t border-line py-3">
        <Link href={`/entry/representatives/${token}`} className="inline-block py-1 font-semibold">
          {t('representatives')}
        </Link>
        <span className="block text-sm text-quiet">{t('representativesHint')}</span>
      </p>
      <PersonForm
        action={actions.correctPerson}
        token={token}
        initial={{
          representativeName: entry.reader.name ?? '',
          representativeRole: entry.reader.role ?? '',
        }}
        max={personMax}
      />
      {isChangeable && visibility === 'named' && settings.offersWithheld && (
        <TwoClicks
          id="withhold"
          title={t('withhold.open')}
          action={actions.withhold}
          fields={fields}
          label={t('withhold.submit')}
        >
          <p>{t('withhold.explanation')}</p>
          {isDelivered && <p>{t('withhold.delivered')}</p>}
        </TwoClicks>
      )}
      {isChangeable && (
        <WithdrawForm
          action={actions.withdraw}
          token={token}
          isDelivered={isDelivered}
          reasonMax={reasonMax}
        />
      )}
      <p className="border-t border-line py-3">
        <Link href={`/entry/receipt.pdf/${token}`} className="inline-block min-h-8 font-semibold">
          {t('receipt')}
        </Link>
      </p>
      <p className="border-t border-line py-3">
        <Link
          href={`/entry/data.json/${token}`}
          download="endorsement.json"
          className="inline-block min-h-8 font-semibold"
        >
          {t('download')}
        </Link>
      </p>
      <TwoClicks
        id="mailings"
        title={t(mailingsEndedAt ? 'mailings.allow.open' : 'mailings.end.open')}
        action={mailingsEndedAt ? actions.allowMailings : actions.endMailings}
        fields={fields}
        label={t(mailingsEndedAt ? 'mailings.allow.submit' : 'mailings.end.submit')}
      >
        <p className="wrap-anywhere">
          {mailingsEndedAt
            ? t('mailings.allow.explanation', {
                email: entry.reader.email,
                date: format.dateTime(mailingsEndedAt, {
                  dateStyle: 'long',
                  timeZone: entry.timeZone,
                }),
              })
            : t('mailings.end.explanation', { email: entry.reader.email })}
        </p>
      </TwoClicks>
      <TwoClicks
        id="replace"
        title={t('replace.open')}
        action={actions.replaceLink}
        fields={fields}
        label={t('replace.submit')}
      >
        <p className="wrap-anywhere">{t('replace.explanation', { email: entry.reader.email })}</p>
      </TwoClicks>
      {entry.erasureRequestedAt ? (
        <TwoClicks
          id="keep"
          title={t('keep.open')}
          action={actions.cancelErasure}
          fields={fields}
          label={t('keep.submit')}
        >
          <p>{t('keep.explanation')}</p>
        </TwoClicks>
      ) : (
        <TwoClicks
          id="erase"
          title={t('erase.open')}
          action={actions.requestErasure}
          fields={fields}
          label={t('erase.submit')}
        >
          <p>{t('erase.explanation')}</p>
          <p>{t(isDelivered ? 'erase.delivered' : 'erase.undelivered')}</p>
          <p>{t('erase.kept')}</p>
        </TwoClicks>
      )}
    </PageSection>
  );
}
