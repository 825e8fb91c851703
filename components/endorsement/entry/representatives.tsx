import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { ActionButton, type ButtonAction } from '@/components/ui/action-button';
import { PageSection } from '@/components/ui/page-section';
import type { OwnEntry } from '@/lib/endorsement/entry/queries';
import { TwoClicks } from './actions';

interface Props {
  entry: OwnEntry;
  token: string;
}

/** Who represents the organization, each with a way to go, unless nobody would be left. */
export function Representatives({
  entry: { representatives },
  token,
  remove,
}: Props & { remove: ButtonAction }) {
  const t = useTranslations('entry.representatives');
  const locale = useLocale();
  const separator = locale === 'ja' ? '、' : ', ';
  return (
    <PageSection id="present" title={t('present')}>
      <ul className="space-y-4">
        {representatives.map(({ id, name, role, email, isReader }) => (
          <li key={id}>
            <p className="wrap-anywhere">
              <span className="font-semibold">
                {[name, role].filter(Boolean).join(separator) || t('noName')}
              </span>
              {isReader && <span className="text-quiet"> ({t('you')})</span>}
              {email && <span className="block">{email}</span>}
            </p>
            {representatives.length > 1 && (
              <TwoClicks
                id={isReader ? 'leave' : `remove-${id}`}
                title={isReader ? t('leave.open') : t('remove.open', { name: name ?? email ?? '' })}
                action={remove}
                fields={{ token, locale, id }}
                label={t(isReader ? 'leave.submit' : 'remove.submit')}
              >
                <p>{t(isReader ? 'leave.explanation' : 'remove.explanation')}</p>
              </TwoClicks>
            )}
          </li>
        ))}
      </ul>
    </PageSection>
  );
}

/** Who has been nominated and has not answered. */
export function Nominations({
  entry: { nominations, representatives, timeZone },
  token,
  again,
  cancel,
}: Props & { again: ButtonAction; cancel: ButtonAction }) {
  const t = useTranslations('entry.representatives');
  const format = useFormatter();
  const locale = useLocale();
  const separator = locale === 'ja' ? '、' : ', ';
  const nominatorOf = (id: string) => {
    const nominator = representatives.find((other) => other.id === id);
    return nominator?.name ?? nominator?.email ?? '';
  };
  if (nominations.length === 0) return null;
  return (
    <PageSection id="pending" title={t('pending')}>
      <ul className="space-y-4">
        {nominations.map(({ id, kind, name, role, email, nominatedById, expiresAt }) => (
          <li key={id} className="wrap-anywhere">
            <p>
              <span className="font-semibold">{[name, role].join(separator)}</span>
              <span className="block">{email}</span>
              <span className="block">
                {t(`pendingKind.${kind}`, { name: nominatorOf(nominatedById) })}
              </span>
              <span className="block text-sm text-quiet">
                {t('pendingUntil', {
                  date: format.dateTime(expiresAt, { dateStyle: 'long', timeZone }),
                })}
              </span>
            </p>
            <div className="mt-2 flex flex-wrap gap-3">
              <ActionButton
                action={again}
                fields={{ token, locale, id }}
                label={t('again')}
                of={t('againOf', { name })}
              />
              <ActionButton
                action={cancel}
                fields={{ token, locale, id }}
                label={t('cancel')}
                of={t('cancelOf', { name })}
              />
            </div>
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
