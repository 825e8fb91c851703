import { languageName } from '@/lib/platform/languages';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { LetterShell } from '@/components/admin/letter-shell';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { LanguageTabs } from '@/components/letter/text/language-tabs';
import { TextPreview } from '@/components/letter/text/preview';
import { SaveList } from '@/components/letter/text/save-list';
import { SavedView } from '@/components/letter/text/saved-text';
import { TextForm } from '@/components/letter/text/text-form';
import { publishedLanguages, savedText, saves, workingTexts } from '@/lib/letter/text/queries';
import { EMPTY_TEXT, missingFields, writtenDate } from '@/lib/letter/text/rules';
import { CALLS_MAX, CONTENT_MAX } from '@/lib/letter/text/schema';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { removeLanguage, saveLetterText } from './actions';
import { textViewSchema } from './view';

const REFUSED = ['changed', 'authoritative', 'published'];

export const generateMetadata = titled('text');

export default async function TextPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: owner, letter } = await requireLetter(params, 'editText');
  const view = textViewSchema.parse(await searchParams);
  const language = view.language ?? letter.authoritativeLanguage;
  const shown = view.save ?? view.take;
  const savesPage = view.saves ?? 1;
  const [texts, published, allSaves, shownSave] = await Promise.all([
    workingTexts(owner),
    publishedLanguages(owner),
    saves(owner, language, savesPage),
    shown ? savedText(owner, language, shown) : null,
  ]);
  const t = await getTranslations({ locale, namespace: 'letter.text' });
  const { admin, letter: words, revision } = await getMessages({ locale });
  const { timeZone } = letter;
  const text = texts.find((one) => one.language === language);
  const other = texts.find((one) => one.language !== language);
  const date = letter.date.toISOString().slice(0, 10);
  const hidden = { locale, slug, language };
  const missing = text ? missingFields(text.content) : [];
  const taken = view.take ? shownSave : null;
  // Derived from the URL only: without JavaScript, React matches a form's state by the key that the
  // page had when it was submitted.
  const formKey = [slug, language, view.take, view.at].join();
  const savedAt = text
    ? (allSaves.rows.find(({ version }) => version === text.version)?.at ?? null)
    : null;

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
        <div className="space-y-5">
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
            <details className="max-w-3xl border border-line px-4 py-2">
              <summary className="inline-block min-h-6 cursor-pointer text-indigo">
                {t('page.other', { language: languageName(other.language, locale) })}
              </summary>
              <TextPreview text={{ language: other.language, ...other.content }} />
            </details>
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
            keep={{
              as: `undersigned-text ${owner.coordinatorId} ${owner.letterId} ${language}`,
              opened: taken ? 'other' : view.notice === 'saved' ? 'saved' : 'text',
            }}
            savedAt={savedAt?.toISOString() ?? null}
          />
        </div>
        <div className="max-w-3xl space-y-4">
          <details
            id="saves"
            open={view.saves !== undefined}
            className="border border-line px-4 py-2"
          >
            <summary className="inline-block min-h-6 cursor-pointer text-indigo">
              {t('saves.title')}
            </summary>
            <p className="mt-1 mb-4 text-quiet">{t('saves.lead')}</p>
            <SaveList
              slug={slug}
              language={language}
              saves={allSaves}
              page={savesPage}
              current={text?.version ?? 0}
              timeZone={timeZone}
            />
          </details>
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
