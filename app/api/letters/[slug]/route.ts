import { answer, jsonError, publicJson } from '@/lib/platform/http';
import { publicCounts, publicLetter } from '@/lib/publication/queries';

/** A letter in figures: what other sites show beside a link to it. Every field is named here, on purpose. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  return answer(async () => {
    const { slug } = await params;
    const letter = await publicLetter(slug);
    if (!letter) return jsonError(404, 'not-found');
    const title = Object.fromEntries(letter.texts.map((text) => [text.language, text.title]));
    return publicJson(request, {
      slug: letter.slug,
      status: letter.status,
      languages: letter.texts.map((text) => text.language),
      authoritativeLanguage: letter.authoritativeLanguage,
      title,
      date: letter.date,
      counts: await publicCounts(slug),
      updatedAt: letter.updatedAt.toISOString(),
    });
  });
}
