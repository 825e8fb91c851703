import { getTranslations } from 'next-intl/server';
import { withPublicLetter } from '@/app/api/letters/letter-route';
import { feedResponse } from '@/app/[locale]/feed-response';
import { routeLocale } from '@/app/[locale]/locale';
import { fullTitle, textFor } from '@/lib/letter/rules';
import { plainText } from '@/lib/letter/text/markdown';
import { env } from '@/lib/platform/env';
import { answer } from '@/lib/platform/http';
import { preferred } from '@/lib/platform/languages';
import { publicUpdates } from '@/lib/update/queries';

type Context = { params: Promise<{ locale: string; slug: string }> };

/** The replies and updates of a letter as an Atom feed. */
export function GET(request: Request, { params }: Context) {
  return answer(async () => {
    const locale = await routeLocale(params);
    const { slug } = await params;
    return withPublicLetter(request, slug, async (letter) => {
      const t = await getTranslations({ locale, namespace: 'letter.feed' });
      const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
      const page = `${env().APP_URL}/${locale}/letters/${letter.slug}`;
      const updates = await publicUpdates(letter.id);
      return feedResponse(request, {
        self: `${page}/feed.xml`,
        page,
        language: locale,
        title: t('updates', { title: text ? fullTitle(text) : letter.slug }),
        author: new URL(page).host,
        entries: updates.flatMap(({ id, date, texts }) => {
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
      });
    });
  });
}
