import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { ActionButton, HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { ROLES } from '@/lib/letter/people/schema';
import type { Person } from '@/lib/letter/people/queries';
import { languageName } from '@/lib/platform/languages';

export interface PeopleActions {
  changeRole: ButtonAction;
  removePerson: ButtonAction;
  inviteAgain: ButtonAction;
}

/** What an owner can do with another person: change the role, invite again, remove. */
function Management({
  person: { id, email, role, hasSignedIn },
  hidden,
  actions,
}: {
  person: Person;
  hidden: Record<string, string>;
  actions: PeopleActions;
}) {
  const t = useTranslations('letter.people');
  const roles = useTranslations('coordinator.roles');
  const fields = { ...hidden, person: id };
  return (
    <>
      <form action={actions.changeRole} className="flex flex-wrap items-center gap-2">
        <HiddenFields fields={fields} />
        <select
          name="role"
          aria-label={t('newRole', { email })}
          defaultValue={role}
          key={role}
          className="min-h-8 rounded-sm border border-edge bg-raised px-2 py-1 text-sm max-sm:text-base"
        >
          {ROLES.map((value) => (
            <option key={value} value={value}>
              {roles(value)}
            </option>
          ))}
        </select>
        <SubmitButton className={buttonClass('outline', 'small')}>
          <span aria-hidden>{t('change')}</span>
          <span className="sr-only">{t('changeLong', { email })}</span>
        </SubmitButton>
      </form>
      {!hasSignedIn && (
        <ActionButton
          action={actions.inviteAgain}
          fields={fields}
          label={t('again')}
          of={t('againLong', { email })}
        />
      )}
      <ActionButton
        action={actions.removePerson}
        fields={fields}
        label={t('remove')}
        of={t('removeLong', { email })}
      />
    </>
  );
}

/** The people of a letter. Owners manage the others here, and everybody can leave. */
export function PeopleList({
  people,
  reader,
  hidden,
  timeZone,
  manage,
  leave,
}: {
  people: Person[];
  /** The current user's id. */
  reader: string;
  hidden: Record<string, string>;
  timeZone: string;
  /** Null for those who may not manage people. */
  manage: PeopleActions | null;
  leave: ButtonAction;
}) {
  const t = useTranslations('letter.people');
  const roles = useTranslations('coordinator.roles');
  const format = useFormatter();
  const locale = useLocale();
  return (
    <ul aria-label={t('list')} className="border-t border-line">
      {people.map((person) => (
        <li
          key={person.id}
          className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3"
        >
          <div className="min-w-0 flex-1 basis-60">
            <p className="wrap-anywhere">
              <span className="font-semibold">{person.email}</span>
              {person.id === reader && <span className="text-quiet"> ({t('you')})</span>}
            </p>
            <p className="text-sm wrap-anywhere text-quiet">
              <b className="font-semibold text-ink">{roles(person.role)}</b>
              {' · '}
              {t('since', {
                date: format.dateTime(person.since, { dateStyle: 'medium', timeZone }),
              })}
              {' · '}
              {t('mails', { language: languageName(person.language, locale) })}
              {!person.hasSignedIn && ` · ${t('waiting')}`}
            </p>
            {person.isOnlyOwner && (person.id === reader || manage) && (
              <p className="text-sm text-quiet">{t('onlyOwner')}</p>
            )}
          </div>
          {manage && !person.isOnlyOwner && person.id !== reader && (
            <Management person={person} hidden={hidden} actions={manage} />
          )}
          {person.id === reader && !person.isOnlyOwner && (
            <ActionButton action={leave} fields={hidden} label={t('leave')} of={t('leaveLong')} />
          )}
        </li>
      ))}
    </ul>
  );
}
