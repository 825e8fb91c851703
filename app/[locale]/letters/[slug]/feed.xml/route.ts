import { hasLocale } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { withPublicLetter } from '@/app/api/letters/letter-route';
import { feedResponse } from '@/app/[locale]/feed-response';
import { fullTitle, textFor } from '@/lib/letter/rules';
import { publicDeliveries } from '@/lib/delivery/queries';
import { firstLines } from '@/lib/letter/text/first-lines';
import { plainText } from '@/lib/letter/text/markdown';
import type { AtomEntry } from '@/lib/platform/atom';
import { env } from '@/lib/platform/env';
import { answer, jsonError } from '@/lib/platform/http';
import { routing } from '@/lib/platform/i18n/routing';
import { preferred } from '@/lib/platform/languages';
import { revisionsOf } from '@/lib/revision/queries';
import { publicUpdates } from '@/lib/update/queries';

/** Maximum length of the summary of the opening. */
const SUMMARY_MAX = 500;

type Context = { params: Promise<{ locale: string; slug: string }> };

/**
 * What happens to a letter as an Atom feed, newest first: its opening, new revisions, deliveries,
 * replies and updates.
 */
export function GET(request: Request, { params }: Context) {
  return answer(async () => {
    const { locale, slug } = await params;
    if (!hasLocale(routing.locales, locale)) return jsonError(404, 'not-found');
    return withPublicLetter(request, slug, async (letter) => {
      const t = await getTranslations({ locale, namespace: 'letter.feed' });
      const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
      const page = `${env().APP_URL}/${locale}/letters/${letter.slug}`;
      const [revisions, deliveries, updates] = await Promise.all([
        revisionsOf(letter.id),
        letter.delivery === null ? [] : publicDeliveries(letter.id),
        publicUpdates(letter.id),
      ]);
      const entries: AtomEntry[] = [
        {
          id: page,
          title: t('opened'),
          link: page,
          updated: letter.openedAt,
          summary: text ? firstLines(text.body, text.language, SUMMARY_MAX) : '',
        },
        // Those before the opening were never read by the public.
        ...revisions
          .filter(({ publishedAt }) => publishedAt > letter.openedAt)
          .map(({ number, publishedAt, content }) => ({
            id: `${page}/revisions/${number}`,
            title: t('revision', { number }),
            link: `${page}/revisions/${number}`,
            updated: publishedAt,
            summary: preferred(content.reason ?? {}, locale)?.said ?? '',
          })),
        ...deliveries.map(({ number, deliveredAt, addressee }) => ({
          id: `${page}/deliveries/${number}`,
          title: t('delivered'),
          link: `${page}/deliveries/${number}`,
          updated: deliveredAt,
          summary: preferred(addressee, locale)?.said ?? '',
        })),
        ...updates.flatMap(({ id, date, texts }) => {
          const update = preferred(texts, locale)?.said;
          if (!update) return [];
          return {
            id: `urn:uuid:${id}`,
            title: update.title,
            link: `${page}#updates`,
            updated: new Date(date),
            summary: plainText(update.body),
          };
        }),
      ];
      return feedResponse(request, {
        self: `${page}/feed.xml`,
        page,
        language: locale,
        title: t('updates', { title: text ? fullTitle(text) : letter.slug }),
        author: new URL(page).host,
        entries: entries.toSorted((a, b) => b.updated.getTime() - a.updated.getTime()),
      });
    });
  });
}
