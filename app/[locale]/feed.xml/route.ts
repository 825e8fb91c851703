import { hasLocale } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { feedResponse } from '@/app/[locale]/feed-response';
import { fullTitle, textFor } from '@/lib/letter/rules';
import { firstLines } from '@/lib/letter/text/first-lines';
import { env } from '@/lib/platform/env';
import { answer, jsonError } from '@/lib/platform/http';
import { routing } from '@/lib/platform/i18n/routing';
import { publicLetters } from '@/lib/signatories/public-letter/queries';

/** Maximum number of entries. */
const ENTRIES_MAX = 50;
/** Maximum length of a summary. */
const SUMMARY_MAX = 500;

/** The letters of this instance as an Atom feed, the newest text first. */
export function GET(request: Request, { params }: { params: Promise<{ locale: string }> }) {
  return answer(async () => {
    const { locale } = await params;
    if (!hasLocale(routing.locales, locale)) return jsonError(404, 'not-found');
    const t = await getTranslations({ locale, namespace: 'letter.home' });
    const page = `${env().APP_URL}/${locale}`;
    const letters = (await publicLetters())
      .toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime())
      .slice(0, ENTRIES_MAX);
    return feedResponse(request, {
      self: `${page}/feed.xml`,
      page,
      language: locale,
      title: t('title'),
      author: new URL(page).host,
      entries: letters.flatMap(({ slug, texts, authoritativeLanguage, publishedAt }) => {
        const text = textFor(texts, locale, authoritativeLanguage);
        if (!text) return [];
        const link = `${page}/letters/${slug}`;
        return {
          id: link,
          title: fullTitle(text),
          link,
          updated: publishedAt,
          summary: firstLines(text.body, text.language, SUMMARY_MAX),
        };
      }),
    });
  });
}
