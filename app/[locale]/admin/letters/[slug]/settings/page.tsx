import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { mailLanguage, words } from '@/emails/words';
import { LetterShell } from '@/components/admin/letter-shell';
import { BasicsForm } from '@/components/letter/basics-form';
import { DraftLinkForm } from '@/components/letter/draft/link-form';
import { DraftLinkList } from '@/components/letter/draft/link-list';
import { RemindersForm } from '@/components/letter/reminders-form';
import { SlugForm } from '@/components/letter/slug-form';
import { DeclineTextsForm } from '@/components/endorsement/review/decline-texts-form';
import { OwnReasonForm } from '@/components/endorsement/review/own-reason-form';
import { OwnReasons } from '@/components/endorsement/review/own-reasons';
import { letterReasons } from '@/lib/endorsement/review/reasons/queries';
import type { DeclineTexts } from '@/lib/endorsement/review/reasons/schema';
import { DECLINE_REASONS } from '@/lib/endorsement/review/schema';
import { LANGUAGES } from '@/lib/platform/languages';
import { draftLinks } from '@/lib/letter/draft/queries';
import { letterStatus } from '@/lib/letter/rules';
import { LABEL_MAX, LINK_DAYS } from '@/lib/letter/schema';
import { workingTexts } from '@/lib/letter/text/queries';
import { env } from '@/lib/platform/env';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import {
  addReason,
  makeLink,
  removeReason,
  revokeLink,
  saveDeclineTexts,
  setBasics,
  setReminding,
  setSlug,
} from './actions';
import { settingsViewSchema } from './view';

export const generateMetadata = titled('settings');

/** What mails say of each reason where the letter has no words of its own. */
const usualDeclineTexts = () =>
  Object.fromEntries(
    DECLINE_REASONS.map((reason) => [
      reason,
      Object.fromEntries(
        LANGUAGES.map((language) => [
          language,
          words[mailLanguage(language)](`declined.reasons.${reason}`),
        ]),
      ),
    ]),
  ) as DeclineTexts;

export default async function SettingsPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: owner, letter } = await requireLetter(params, 'editText');
  const view = settingsViewSchema.parse(await searchParams);
  const [texts, links, reasons] = await Promise.all([
    workingTexts(owner),
    draftLinks(owner),
    letterReasons(owner.letterId),
  ]);
  const t = await getTranslations({ locale, namespace: 'letter.text' });
  const decline = await getTranslations({ locale, namespace: 'endorsement.review.declineTexts' });
  const own = await getTranslations({ locale, namespace: 'endorsement.review.ownReasons' });
  const { admin, endorsement, letter: letterWords } = await getMessages({ locale });
  const { timeZone } = letter;
  const opened = letterStatus(letter, new Date()) !== 'draft';
  const before = `${new URL(env().APP_URL).host}/${locale}/letters/`;
  const hidden = { locale, slug, language: letter.authoritativeLanguage };
  // Derived from the URL only: without JavaScript, React matches a form's state by the key that the
  // page had when it was submitted.
  const formKey = [slug, view.at].join();
  const heading = 'font-serif text-xl font-semibold';
  return (
    <LetterShell letter={letter} current="settings" done={view.notice && t(`done.${view.notice}`)}>
      <NextIntlClientProvider
        messages={{
          admin,
          letter: { text: letterWords.text },
          endorsement: {
            review: {
              reasons: endorsement.review.reasons,
              declineTexts: endorsement.review.declineTexts,
              ownReasons: endorsement.review.ownReasons,
            },
          },
        }}
      >
        <section aria-labelledby="basics">
          <h2 id="basics" className={`${heading} mb-4`}>
            {t('basics.title')}
          </h2>
          <BasicsForm
            key={formKey}
            action={setBasics}
            hidden={hidden}
            date={letter.date.toISOString().slice(0, 10)}
            contactEmail={letter.contactEmail}
            authoritativeLanguage={letter.authoritativeLanguage}
            authority={letter.revision !== null ? 'published' : texts.length > 1 ? 'free' : 'only'}
          />
        </section>
        <RemindersForm action={setReminding} hidden={hidden} reminds={letter.reminds} />
        <section aria-labelledby="decline-texts">
          <h2 id="decline-texts" className={heading}>
            {decline('title')}
          </h2>
          <p className="mt-1 mb-4 text-quiet">{decline('lead')}</p>
          <DeclineTextsForm
            key={formKey}
            action={saveDeclineTexts}
            hidden={hidden}
            texts={reasons.texts}
            usual={usualDeclineTexts()}
          />
        </section>
        <section aria-labelledby="own-reasons">
          <h2 id="own-reasons" className={heading}>
            {own('title')}
          </h2>
          <p className="mt-1 mb-4 text-quiet">{own('lead')}</p>
          <OwnReasons reasons={reasons.own} hidden={hidden} remove={removeReason} />
          <h3 className="mt-6 mb-3 text-lg font-semibold">{own('addTitle')}</h3>
          <OwnReasonForm key={formKey} action={addReason} hidden={hidden} />
        </section>
        <section aria-labelledby="web-address">
          <h2 id="web-address" className={`${heading} mb-4`}>
            {t('address.title')}
          </h2>
          {opened ? (
            <p className="wrap-anywhere">{t('address.fixed', { url: before + slug })}</p>
          ) : (
            <SlugForm key={formKey} action={setSlug} hidden={hidden} slug={slug} before={before} />
          )}
        </section>
        <section aria-labelledby="links">
          <h2 id="links" className={heading}>
            {t('links.title')}
          </h2>
          <p className="mt-1 mb-4 text-quiet">{opened ? t('links.opened') : t('links.lead')}</p>
          {!opened && (
            <div className="mb-8">
              <DraftLinkForm
                action={makeLink}
                hidden={hidden}
                days={LINK_DAYS}
                labelMax={LABEL_MAX}
                timeZone={timeZone}
              />
            </div>
          )}
          <DraftLinkList links={links} hidden={hidden} revoke={revokeLink} timeZone={timeZone} />
        </section>
      </NextIntlClientProvider>
    </LetterShell>
  );
}
