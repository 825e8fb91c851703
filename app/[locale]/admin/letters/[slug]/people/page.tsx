import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { InviteForm } from '@/components/letter/people/invite-form';
import { PeopleList } from '@/components/letter/people/people-list';
import { Notice } from '@/components/ui/notice';
import { may } from '@/lib/coordinator/permissions';
import { people } from '@/lib/letter/people/queries';
import { routing } from '@/lib/platform/i18n/routing';
import { languageName } from '@/lib/platform/languages';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { changeRole, invite, inviteAgain, leaveLetter, removePerson } from './actions';
import { peopleViewSchema } from './view';

export const generateMetadata = titled('people');

export default async function PeoplePage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access, letter } = await requireLetter(params, 'readPeople');
  const { notice, refused } = peopleViewSchema.parse(await searchParams);
  const [all, t, { admin, letter: words }] = await Promise.all([
    people(access),
    getTranslations({ locale, namespace: 'letter.people' }),
    getMessages({ locale }),
  ]);
  const manages = may(access.role, 'managePeople');
  const hidden = { locale, slug };
  return (
    <LetterShell
      letter={letter}
      current="people"
      role={access.role}
      lead={t('lead')}
      done={notice && t(`done.${notice}`)}
    >
      {refused && (
        <Notice tone="alert" announce>
          {t(`refused.${refused}`)}
        </Notice>
      )}
      <PeopleList
        people={all}
        reader={access.coordinatorId}
        hidden={hidden}
        timeZone={letter.timeZone}
        manage={manages ? { changeRole, inviteAgain, removePerson } : null}
        leave={leaveLetter}
      />
      {manages && (
        <section aria-labelledby="invite">
          <h2 id="invite" className="font-serif text-xl font-semibold">
            {t('invite')}
          </h2>
          <p className="mt-1 mb-4 text-quiet">{t('inviteLead')}</p>
          <NextIntlClientProvider messages={{ admin, letter: { people: words.people } }}>
            <InviteForm
              action={invite}
              hidden={hidden}
              languages={routing.locales.map((value) => ({
                value,
                text: languageName(value, locale),
              }))}
              reader={locale}
            />
          </NextIntlClientProvider>
        </section>
      )}
    </LetterShell>
  );
}
