import { useFormatter, useTranslations } from 'next-intl';
import { ActionButton, type ButtonAction } from '@/components/ui/action-button';
import type { ListedInvitee } from '@/lib/endorsement/invitees/queries';
import type { InviteeState } from '@/lib/endorsement/invitees/rules';

export const cell = 'py-2 pr-4 align-top max-sm:block max-sm:p-0';
export const head = 'py-1.5 pr-4 text-left text-xs font-normal whitespace-nowrap text-quiet';

/** A page of the organizations that are invited to sign, with what can be done with each. */
export function InviteeList({
  invitees,
  hidden,
  timeZone,
  inviteAgain,
  withdraw,
}: {
  invitees: ListedInvitee[];
  hidden: Record<string, string>;
  timeZone: string;
  inviteAgain: ButtonAction;
  withdraw: ButtonAction;
}) {
  const t = useTranslations('endorsement.invitees');
  const format = useFormatter();
  const isUnanswered = (state: InviteeState) =>
    !['signed', 'ended', 'declined', 'withdrawn'].includes(state);
  if (invitees.length === 0) return <p className="mt-4 text-quiet">{t('empty')}</p>;
  return (
    <table className="mt-2 w-full border-collapse text-[0.8125rem]/[1.5] max-sm:block">
      <caption className="sr-only">{t('table')}</caption>
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line">
          {(['name', 'email', 'state', 'mailed', 'actions'] as const).map((column) => (
            <th key={column} scope="col" className={head}>
              {t(`columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {invitees.map(({ id, name, email, state, mailedAt, mayBeInvitedAgain }) => (
          <tr key={id} className="border-b border-line max-sm:block max-sm:py-2">
            <td className={`${cell} font-semibold wrap-anywhere`}>{name}</td>
            <td className={`${cell} wrap-anywhere`}>{email}</td>
            <td className={cell}>{t(`states.${state}`)}</td>
            <td className={`${cell} sm:whitespace-nowrap`}>
              {format.dateTime(mailedAt, { dateStyle: 'medium', timeZone })}
            </td>
            <td className={cell}>
              <div className="flex flex-wrap gap-2 max-sm:mt-2">
                {mayBeInvitedAgain && (
                  <ActionButton
                    action={inviteAgain}
                    fields={{ ...hidden, invitee: id }}
                    label={t('again')}
                    of={t('againLong', { name })}
                  />
                )}
                {isUnanswered(state) && (
                  <ActionButton
                    action={withdraw}
                    fields={{ ...hidden, invitee: id }}
                    label={t('withdraw')}
                    of={t('withdrawLong', { name })}
                  />
                )}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
