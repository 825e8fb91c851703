import { movedTo } from '@/lib/letter/queries';
import { type Language, LANGUAGES } from '@/lib/platform/languages';
import { jsonError, redirectTo } from '@/lib/platform/http';
import { publicLetter, type PublicLetter } from '@/lib/signatories/public-letter/queries';

/**
 * Resolves the letter of an API request and calls the handler if it is public; redirects from a
 * former slug, or responds with an error.
 */
export async function withPublicLetter(
  request: Request,
  slug: string,
  make: (letter: PublicLetter) => Promise<Response>,
): Promise<Response> {
  const letter = await publicLetter(slug);
  if (letter) return make(letter);
  const now = await movedTo(slug);
  if (now === null) return jsonError(404, 'not-found');
  const { pathname, search } = new URL(request.url);
  // The segment after /api/letters/ can be percent-encoded, unlike `slug`.
  return redirectTo(
    `/api/letters/${now}${pathname
      .split('/')
      .slice(4)
      .map((segment) => `/${segment}`)
      .join('')}${search}`,
  );
}

/** The language in `?language=`: null if missing, undefined if unsupported. */
export function languageAsked(request: Request): Language | null | undefined {
  const language = new URL(request.url).searchParams.get('language');
  return language === null || LANGUAGES.includes(language) ? language : undefined;
}
