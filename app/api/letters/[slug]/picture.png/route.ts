import { getTranslations } from 'next-intl/server';
import { hasLocale } from 'next-intl';
import { fullTitle, textFor } from '@/lib/letter/rules';
import { firstLines } from '@/lib/letter/text/first-lines';
import { sha256 } from '@/lib/platform/canonical-json';
import { env } from '@/lib/platform/env';
import { answer, jsonError } from '@/lib/platform/http';
import { routing } from '@/lib/platform/i18n/routing';
import { publicCounts } from '@/lib/signatories/queries';
import { fileResponse } from '@/app/api/letters/file-response';
import { languageAsked, withPublicLetter } from '@/app/api/letters/letter-route';
import { letterPicture } from './picture';

/** Maximum length of the first lines; more than fits on two lines. */
const FIRST_LINES_MAX = 160;

/** The picture that other sites show with a link to a letter: title, first lines and count. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  return answer(async () => {
    const { slug } = await params;
    return withPublicLetter(request, slug, async (letter) => {
      const requested = languageAsked(request);
      if (requested === undefined) return jsonError(400, 'invalid-language');
      const language = requested ?? letter.authoritativeLanguage;
      const text = textFor(letter.texts, language, letter.authoritativeLanguage);
      if (!text) return jsonError(404, 'not-found');
      const locale = hasLocale(routing.locales, language) ? language : 'en';
      const t = await getTranslations({ locale, namespace: 'letter.picture' });
      const { total, earlier } = await publicCounts(letter.id);
      const all = total + earlier.total;
      const { number } = letter.revision;
      const body = await letterPicture({
        language: text.language,
        kind: t('kind'),
        title: fullTitle(text),
        firstLines: firstLines(text.body, text.language, FIRST_LINES_MAX),
        count: t('count', { all, earlier: earlier.total, count: total, revision: number }),
        host: new URL(env().APP_URL).host,
      });
      return fileResponse(request, {
        body,
        type: 'image/png',
        sha256: sha256(body),
        immutable: false,
      });
    });
  });
}
