import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { LetterShell } from '@/components/admin/letter-shell';
import { PreviewTable } from '@/components/endorsement/invitees/preview-table';
import { Tabs } from '@/components/endorsement/invitees/tabs';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Pagination } from '@/components/ui/pagination';
import { SubmitButton } from '@/components/ui/submit-button';
import { renderMail } from '@/emails/render';
import { invitationMail, INVITEES_PAGE, previewedList } from '@/lib/endorsement/invitees/queries';
import { env } from '@/lib/platform/env';
import { languageName } from '@/lib/platform/languages';
import {
  requireLetter,
  titled,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { forgetList, sendInvitations } from '../actions';
import { inviteesPath, previewPath, previewViewSchema } from '../view';

export const generateMetadata = titled('invitees');

/** What the tokens of the mail are replaced with where a mail is only shown. */
const NO_TOKEN = 'example';

export default async function PreviewPage({ params, searchParams }: LetterPageProps) {
  const {
    locale,
    slug,
    access: owner,
    letter,
  } = await requireLetter(params, 'inviteOrganizations');
  const { list, show, page } = previewViewSchema.parse(await searchParams);
  const rows = list && (await previewedList(owner, list));
  if (!list || !rows) redirect(`/${locale}${inviteesPath(slug, { refused: 'gone' })}`);
  const t = await getTranslations({ locale, namespace: 'endorsement.invitees.preview' });
  const all = await getTranslations({ locale, namespace: 'endorsement.invitees' });
  const left = rows.filter(({ state }) => state !== 'new');
  const invited = rows.filter(({ state }) => state === 'new');
  const shown = show === 'all' ? rows : left;
  const languages = [...new Set(invited.map(({ language }) => language))];
  const mails = await Promise.all(
    languages.map(async (language) => {
      const first = invited.find((row) => row.language === language)!;
      const props = await invitationMail(owner, first);
      const mail = await renderMail(
        {
          kind: 'invite_to_sign',
          language,
          to: first.email,
          props,
          token: NO_TOKEN,
          endingToken: NO_TOKEN,
        },
        env().APP_URL,
      );
      return { language, ...mail };
    }),
  );
  const hidden = <HiddenFields fields={{ locale, slug, list }} />;
  return (
    <LetterShell
      letter={letter}
      current="invitees"
      role={owner.role}
      title={t('title')}
      lead={t('count', { new: invited.length, other: left.length })}
      wide
    >
      <div className="flex flex-wrap gap-3">
        {invited.length > 0 && (
          <form action={sendInvitations}>
            {hidden}
            <SubmitButton className={buttonClass('solid')}>
              {t('send', { new: invited.length })}
            </SubmitButton>
          </form>
        )}
        <form action={forgetList}>
          {hidden}
          <SubmitButton className={buttonClass('outline')}>{t('forget')}</SubmitButton>
        </form>
      </div>
      <div>
        <Tabs
          label={all('filter')}
          tabs={(['all', 'left'] as const).map((one) => ({
            key: one,
            href: previewPath(slug, { list, show: one }),
            text: `${t(`show.${one}`)} (${one === 'all' ? rows.length : left.length})`,
            isCurrent: one === show,
          }))}
        />
        <PreviewTable rows={shown.slice((page - 1) * INVITEES_PAGE, page * INVITEES_PAGE)} />
        <Pagination
          page={page}
          pages={Math.ceil(shown.length / INVITEES_PAGE)}
          hrefOf={(number) => previewPath(slug, { list, show, page: number })}
        />
      </div>
      {mails.map(({ language, subject, text }) => (
        <section key={language} aria-labelledby={`mail-${language}`} className="max-w-3xl">
          <h2 id={`mail-${language}`} className="font-serif text-xl font-semibold">
            {t('mail', { language: languageName(language, locale) })}
          </h2>
          <p className="mt-1 mb-3 text-quiet">{t('hint')}</p>
          <div lang={language} className="border border-line bg-raised p-4">
            <p className="font-semibold wrap-anywhere">{t('subject', { subject })}</p>
            <p className="mt-3 wrap-anywhere whitespace-pre-wrap">{text}</p>
          </div>
        </section>
      ))}
    </LetterShell>
  );
}
