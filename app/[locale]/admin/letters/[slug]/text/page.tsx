import { languageName } from '@/lib/platform/languages';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { SlugForm } from '@/components/letter/slug-form';
import { BasicsForm } from '@/components/letter/basics-form';
import { DraftLinkForm } from '@/components/letter/draft/link-form';
import { DraftLinkList } from '@/components/letter/draft/link-list';
import { LanguageTabs } from '@/components/letter/text/language-tabs';
import { TextPreview } from '@/components/letter/text/preview';
import { SaveList } from '@/components/letter/text/save-list';
import { SavedView } from '@/components/letter/text/saved-text';
import { TextForm } from '@/components/letter/text/text-form';
import { publishedLanguages, savedText, saves, workingTexts } from '@/lib/letter/text/queries';
import { EMPTY_TEXT, missingFields, writtenDate } from '@/lib/letter/text/rules';
import { draftLinks } from '@/lib/letter/draft/queries';
import { LABEL_MAX, LINK_DAYS } from '@/lib/letter/schema';
import { CALLS_MAX, CONTENT_MAX } from '@/lib/letter/text/schema';
import { letterStatus } from '@/lib/letter/rules';
import { env } from '@/lib/platform/env';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import {
  makeLink,
  removeLanguage,
  revokeLink,
  saveLetterText,
  setSlug,
  setBasics,
} from './actions';
import { textViewSchema } from './view';

const REFUSED = ['changed', 'authoritative', 'published'];

export const generateMetadata = titled('text');

export default async function TextPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: owner, letter } = await requireLetter(params, 'editText');
  const view = textViewSchema.parse(await searchParams);
  const language = view.language ?? letter.authoritativeLanguage;
  const shown = view.save ?? view.take;
  const savesPage = view.saves ?? 1;
  const [texts, published, allSaves, links, shownSave] = await Promise.all([
    workingTexts(owner),
    publishedLanguages(owner),
    saves(owner, language, savesPage),
    draftLinks(owner),
    shown ? savedText(owner, language, shown) : null,
  ]);
  const t = await getTranslations({ locale, namespace: 'letter.text' });
  const { admin, letter: words, revision } = await getMessages({ locale });
  const { timeZone } = letter;
  const text = texts.find((one) => one.language === language);
  const other = texts.find((one) => one.language !== language);
  const date = letter.date.toISOString().slice(0, 10);
  const hidden = { locale, slug, language };
  const opened = letterStatus(letter, new Date()) !== 'draft';
  const before = `${new URL(env().APP_URL).host}/${locale}/letters/`;
  const missing = text ? missingFields(text.content) : [];
  const taken = view.take ? shownSave : null;
  // Derived from the URL only: without JavaScript, React matches a form's state by the key that the
  // page had when it was submitted.
  const formKey = [slug, language, view.take, view.at].join();
  const heading = 'font-serif text-xl font-semibold';

  const done = view.notice && !REFUSED.includes(view.notice) && t(`done.${view.notice}`);
  const tabs = (
    <LanguageTabs
      slug={slug}
      current={language}
      written={texts.map((one) => one.language)}
      authoritative={letter.authoritativeLanguage}
    />
  );
  if (view.save && shownSave) {
    return (
      <LetterShell letter={letter} current="text">
        {tabs}
        <SavedView
          slug={slug}
          language={language}
          save={shownSave}
          current={text?.content ?? null}
          timeZone={timeZone}
        />
      </LetterShell>
    );
  }
  return (
    <LetterShell letter={letter} current="text" lead={t('page.lead')} done={done} wide>
      {view.notice && REFUSED.includes(view.notice) && (
        <Notice tone="alert" announce>
          {t(`done.${view.notice}`)}
        </Notice>
      )}
      <NextIntlClientProvider
        messages={{ admin, letter: { text: words.text }, revision: { changes: revision.changes } }}
      >
        <div className="space-y-12 xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] xl:gap-10">
          <section className="max-w-3xl space-y-6">
            {tabs}
            {!text && (
              <Notice>{t('page.adding', { language: languageName(language, locale) })}</Notice>
            )}
            {taken && <Notice announce>{t('page.taken', { version: taken.version })}</Notice>}
            {missing.length > 0 && (
              <p className="text-sm text-quiet">
                {t('page.missing', {
                  parts: new Intl.ListFormat(locale, { type: 'conjunction' }).format(
                    missing.map((field) => t(`fields.${field}`)),
                  ),
                })}
              </p>
            )}
            {other && (
              <details className="border border-line px-4 py-2">
                <summary className="inline-block min-h-6 cursor-pointer text-indigo">
                  {t('page.other', { language: languageName(other.language, locale) })}
                </summary>
                <TextPreview text={{ language: other.language, ...other.content }} />
              </details>
            )}
            {text && (
              <p className="xl:hidden">
                <a href="#preview">{t('page.toPreview')}</a>
              </p>
            )}
            <TextForm
              key={formKey}
              action={saveLetterText}
              locale={locale}
              slug={slug}
              text={{
                language,
                version: text?.version ?? 0,
                content: taken?.content ??
                  text?.content ?? { ...EMPTY_TEXT, dateLine: writtenDate(date, language) },
              }}
              limits={{ fields: CONTENT_MAX, calls: CALLS_MAX }}
              timeZone={timeZone}
            />
          </section>
          {text && (
            <section
              aria-labelledby="preview"
              className="max-w-3xl xl:sticky xl:top-6 xl:self-start"
            >
              <h2 id="preview" className={heading}>
                {t('page.preview')}
              </h2>
              <p className="mt-1 text-quiet">{t('page.previewHint')}</p>
              <div
                role="group"
                aria-labelledby="preview"
                tabIndex={0}
                className="xl:max-h-[calc(100vh-8rem)] xl:overflow-y-auto"
              >
                <TextPreview text={{ language, ...text.content }} />
              </div>
            </section>
          )}
        </div>
        <div className="max-w-3xl space-y-12">
          <section aria-labelledby="saves">
            <h2 id="saves" className={heading}>
              {t('saves.title')}
            </h2>
            <p className="mt-1 mb-4 text-quiet">{t('saves.lead')}</p>
            <SaveList
              slug={slug}
              language={language}
              saves={allSaves}
              page={savesPage}
              current={text?.version ?? 0}
              timeZone={timeZone}
            />
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
          <section aria-labelledby="basics">
            <h2 id="basics" className={`${heading} mb-4`}>
              {t('basics.title')}
            </h2>
            <BasicsForm
              key={formKey}
              action={setBasics}
              hidden={hidden}
              date={date}
              contactEmail={letter.contactEmail}
              authoritativeLanguage={letter.authoritativeLanguage}
              authority={
                letter.revision !== null ? 'published' : texts.length > 1 ? 'free' : 'only'
              }
            />
          </section>
          <section aria-labelledby="web-address">
            <h2 id="web-address" className={`${heading} mb-4`}>
              {t('address.title')}
            </h2>
            {opened ? (
              <p className="wrap-anywhere">{t('address.fixed', { url: before + slug })}</p>
            ) : (
              <SlugForm
                key={formKey}
                action={setSlug}
                hidden={hidden}
                slug={slug}
                before={before}
              />
            )}
          </section>
          {text && language !== letter.authoritativeLanguage && !published.includes(language) && (
            <details className="border border-line px-4 py-2">
              <summary className="inline-block min-h-6 cursor-pointer text-indigo">
                {t('remove.title', { language: languageName(language, locale) })}
              </summary>
              <form action={removeLanguage} className="mt-3 mb-2">
                {Object.entries({ ...hidden, version: text.version }).map(([name, value]) => (
                  <input key={name} type="hidden" name={name} value={value} />
                ))}
                <p className="mb-3">{t('remove.hint')}</p>
                <button type="submit" className={buttonClass('outline')}>
                  {t('remove.submit')}
                </button>
              </form>
            </details>
          )}
        </div>
      </NextIntlClientProvider>
    </LetterShell>
  );
}
