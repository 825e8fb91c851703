import { movedTo } from '@/lib/letter/queries';
import { type Language, LANGUAGES } from '@/lib/platform/languages';
import { jsonError, redirectTo } from '@/lib/platform/http';
import { publicLetter, type PublicLetter } from '@/lib/signatories/public-letter/queries';

/**
 * Leads a request about a letter to who answers it: with the letter if it is public, else on to the same at the address
 * that it has now, or to an error.
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
  // The segment behind /api/letters/ may be written in another way than `slug`, percent-encoded.
  return redirectTo(
    `/api/letters/${now}${pathname
      .split('/')
      .slice(4)
      .map((segment) => `/${segment}`)
      .join('')}${search}`,
  );
}

/** The language asked for by `?language=`: null when none is named, undefined when it is none of ours. */
export function languageAsked(request: Request): Language | null | undefined {
  const asked = new URL(request.url).searchParams.get('language');
  return asked === null || LANGUAGES.includes(asked) ? asked : undefined;
}
