import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { sectionPath } from '@/components/admin/sections';
import { ActionButton, type ButtonAction } from '@/components/ui/action-button';
import type { Account } from '@/lib/letter/people/queries';
import { loneTitle, textFor } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';

type Verb = 'appoint' | 'dismiss' | 'deactivate' | 'reactivate';

/** What an administrator can do with an account now. */
function verbsFor(
  { deactivatedAt, isAdministrator }: Account,
  { isOnly, isSelf }: { isOnly: boolean; isSelf: boolean },
): Verb[] {
  if (deactivatedAt) return ['reactivate'];
  if (isOnly) return [];
  return [isAdministrator ? 'dismiss' : 'appoint', ...(isSelf ? [] : ['deactivate' as const])];
}

/** The coordinators of the instance, for administrators, who manage them here. */
export function AccountList({
  accounts,
  reader,
  hidden,
  now,
  actions,
}: {
  accounts: Account[];
  /** The current user's id. */
  reader: string;
  hidden: Record<string, string>;
  now: Date;
  actions: Record<Verb, ButtonAction>;
}) {
  const t = useTranslations('coordinator.people');
  const roles = useTranslations('coordinator.roles');
  const format = useFormatter();
  const locale = useLocale();
  const administrators = accounts.filter(
    ({ isAdministrator, deactivatedAt }) => isAdministrator && !deactivatedAt,
  ).length;
  return (
    <ul aria-label={t('list')} className="border-t border-line">
      {accounts.map((account) => {
        const { id, email, isAdministrator, signedInAt, deactivatedAt } = account;
        const isOnly = isAdministrator && !deactivatedAt && administrators === 1;
        return (
          <li
            key={id}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3"
          >
            <div className="min-w-0 flex-1 basis-60">
              <p className="wrap-anywhere">
                <span className={deactivatedAt ? 'text-quiet' : 'font-semibold'}>{email}</span>
                {id === reader && <span className="text-quiet"> ({t('you')})</span>}
              </p>
              <p className="text-sm text-quiet">
                {deactivatedAt && (
                  <>
                    <b className="font-semibold">{t('deactivated')}</b>
                    {' · '}
                  </>
                )}
                {isAdministrator && (
                  <>
                    <b className="font-semibold text-ink">{t('administrator')}</b>
                    {' · '}
                  </>
                )}
                {signedInAt
                  ? t.rich('signedIn', {
                      when: () => (
                        <time dateTime={signedInAt.toISOString()}>
                          {format.relativeTime(signedInAt, now)}
                        </time>
                      ),
                    })
                  : t('never')}
                {account.roles.length === 0 && ` · ${t('noLetters')}`}
              </p>
              {account.roles.length > 0 && (
                <ul className="mt-1 text-sm">
                  {account.roles.map(({ role, letter }) => {
                    const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
                    return (
                      <li key={letter.slug} className="wrap-anywhere">
                        {t.rich('letter', {
                          role: () => roles(role),
                          title: () => (
                            <Link
                              href={sectionPath(letter.slug, 'people')}
                              prefetch={false}
                              lang={text?.language}
                              className="inline-block min-h-6"
                            >
                              {text?.title ? loneTitle(text.title) : letter.slug}
                            </Link>
                          ),
                        })}
                      </li>
                    );
                  })}
                </ul>
              )}
              {isOnly && <p className="text-sm text-quiet">{t('onlyAdministrator')}</p>}
            </div>
            {verbsFor(account, { isOnly, isSelf: id === reader }).map((verb) => (
              <ActionButton
                key={verb}
                action={actions[verb]}
                fields={{ ...hidden, person: id }}
                label={t(verb)}
                of={t(`${verb}Long`, { email })}
              />
            ))}
          </li>
        );
      })}
    </ul>
  );
}
