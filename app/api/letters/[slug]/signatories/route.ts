import { z } from 'zod';
import { answer, jsonError, publicJson } from '@/lib/platform/http';
import { publicCounts, publicLetter, signatoriesAfter } from '@/lib/publication/queries';

const query = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(4_000).nullable().default(null),
});

/** The named signatories in printed order, a page at a time; `next` is the cursor of the following page, null at the end. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  return answer(async () => {
    const { slug } = await params;
    if (!(await publicLetter(slug))) return jsonError(404, 'not-found');
    const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!asked.success) return jsonError(400, `invalid-${String(asked.error.issues[0]?.path[0])}`);
    const [list, counts] = await Promise.all([signatoriesAfter(slug, asked.data.limit, asked.data.cursor), publicCounts(slug)]);
    if (!list) return jsonError(400, 'invalid-cursor');
    const items = list.items.map(({ names, coordinating }) => ({
      names: { ...(names.ja && { ja: names.ja }), ...(names.en && { en: names.en }) },
      coordinating,
    }));
    return publicJson(request, { items, counts, next: list.next });
  });
}
