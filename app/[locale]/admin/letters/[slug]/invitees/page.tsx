import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { InviteeList } from '@/components/endorsement/invitees/invitee-list';
import { ListForm } from '@/components/endorsement/invitees/list-form';
import {
  InviteeRemindersForm,
  MessageForm,
} from '@/components/endorsement/invitees/settings-forms';
import { Tabs } from '@/components/endorsement/invitees/tabs';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { SubmitButton } from '@/components/ui/submit-button';
import {
  inviteeCounts,
  inviteeMessages,
  inviteeReminders,
  INVITEES_PAGE,
  inviteesOf,
} from '@/lib/endorsement/invitees/queries';
import { INVITEE_STATES } from '@/lib/endorsement/invitees/rules';
import { routing } from '@/lib/platform/i18n/routing';
import { languageName } from '@/lib/platform/languages';
import { INVITEES } from '@/lib/platform/limits';
import {
  requireLetter,
  titled,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { inviteAgain, readList, saveMessage, saveReminders, withdraw } from './actions';
import { inviteesPath, inviteesViewSchema } from './view';

export const generateMetadata = titled('invitees');

const heading = 'font-serif text-xl font-semibold';

export default async function InviteesPage({ params, searchParams }: LetterPageProps) {
  const {
    locale,
    slug,
    access: owner,
    letter,
  } = await requireLetter(params, 'inviteOrganizations');
  const { state, page, notice, refused, count } = inviteesViewSchema.parse(await searchParams);
  const [counts, invitees, messages, reminders, t, { admin, endorsement }] = await Promise.all([
    inviteeCounts(owner),
    inviteesOf(owner, state, page),
    inviteeMessages(owner.letterId),
    inviteeReminders(owner),
    getTranslations({ locale, namespace: 'endorsement.invitees' }),
    getMessages({ locale }),
  ]);
  const hidden = { locale, slug };
  const languages = routing.locales.map((value) => ({ value, text: languageName(value, locale) }));
  const shown = (['all', ...INVITEE_STATES] as const).filter(
    (one) => one === 'all' || one === state || counts[one] > 0,
  );
  const words = { invitees: endorsement.invitees, table: endorsement.table };
  return (
    <LetterShell
      letter={letter}
      current="invitees"
      role={owner.role}
      lead={t('lead')}
      done={notice && t(`done.${notice}`, { count })}
      wide
    >
      {refused && (
        <Notice tone="alert" announce>
          {t(`refused.${refused}`, { most: INVITEES.perLetter })}
        </Notice>
      )}
      {counts.all > 0 && (
        <div>
          <Tabs
            label={t('filter')}
            tabs={shown.map((one) => ({
              key: one,
              href: inviteesPath(slug, { state: one }),
              text: `${t(`states.${one}`)} (${counts[one]})`,
              isCurrent: one === state,
            }))}
          />
          <InviteeList
            invitees={invitees}
            hidden={hidden}
            timeZone={letter.timeZone}
            inviteAgain={inviteAgain}
            withdraw={withdraw}
          />
          <Pagination
            page={page}
            pages={Math.ceil(counts[state] / INVITEES_PAGE)}
            hrefOf={(number) => inviteesPath(slug, { state, page: number })}
          />
          {counts.sent + counts.opened > 0 && (
            <form action={inviteAgain} className="mt-4">
              <HiddenFields fields={hidden} />
              <SubmitButton className={buttonClass('outline')}>{t('againAll')}</SubmitButton>
              <p className="mt-2 text-sm text-quiet">
                {t('againAllHint', { days: INVITEES.againDays, most: INVITEES.invitations })}
              </p>
            </form>
          )}
        </div>
      )}
      <NextIntlClientProvider messages={{ admin, endorsement: words }}>
        <div className="max-w-3xl space-y-12">
          <section aria-labelledby="add">
            <h2 id="add" className={heading}>
              {t('add.title')}
            </h2>
            <p className="mt-1 mb-4 text-quiet">{t('add.lead')}</p>
            <ListForm action={readList} hidden={hidden} languages={languages} reader={locale} />
          </section>
          <section aria-labelledby="message">
            <h2 id="message" className={heading}>
              {t('message.title')}
            </h2>
            <p className="mt-1 mb-4 text-quiet">{t('message.lead')}</p>
            <MessageForm
              action={saveMessage}
              hidden={hidden}
              languages={languages}
              messages={messages}
            />
          </section>
          <section aria-labelledby="reminders">
            <h2 id="reminders" className={heading}>
              {t('reminders.title')}
            </h2>
            <p className="mt-1 mb-4 text-quiet">{t('reminders.lead')}</p>
            <InviteeRemindersForm
              action={saveReminders}
              hidden={hidden}
              days={reminders.inviteeReminderDays}
              deadline={reminders.inviteeReminderDeadline}
            />
          </section>
        </div>
      </NextIntlClientProvider>
    </LetterShell>
  );
}
