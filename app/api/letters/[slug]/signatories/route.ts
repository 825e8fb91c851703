import { z } from 'zod';
import { dayIn } from '@/lib/platform/dates';
import { answer, jsonError, publicJson } from '@/lib/platform/http';
import { categoryOf } from '@/lib/letter/categories';
import { countsWithCategories, signatoriesAfter } from '@/lib/signatories/queries';
import { withPublicLetter } from '@/app/api/letters/letter-route';

const query = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(8_000).nullable().default(null),
  list: z.enum(['listed', 'added', 'earlier']).default('listed'),
});

/**
 * Named signatories in printed order, paginated. `?list=` selects another list than the letter's
 * main one. `next` is the cursor of the next page, null on the last one.
 */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  return answer(async () => {
    const { slug } = await params;
    return withPublicLetter(request, slug, async (letter) => {
      const parsed = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
      if (!parsed.success)
        return jsonError(400, `invalid-${String(parsed.error.issues[0]?.path[0])}`);
      const [list, { counts, byCategory }] = await Promise.all([
        signatoriesAfter(letter, parsed.data.list, parsed.data.limit, parsed.data.cursor),
        countsWithCategories(letter),
      ]);
      if (!list) return jsonError(400, 'invalid-cursor');
      const items = list.items.map(({ names, coordinating, category, agreedAt }) => ({
        names: { ...(names.ja && { ja: names.ja }), ...(names.en && { en: names.en }) },
        coordinating,
        ...(byCategory && { category: categoryOf(letter.settings, category)?.id ?? null }),
        list: parsed.data.list,
        // Only signatories added later have a public date.
        ...(parsed.data.list === 'added' && { signedOn: dayIn(agreedAt, letter.timeZone) }),
      }));
      // Named signatories of the list only: a category can be small (ADR 48).
      const categories =
        byCategory &&
        letter.settings.categories.map(({ id, names }) => ({
          id,
          names,
          named: byCategory[parsed.data.list][id] ?? 0,
        }));
      return publicJson(request, {
        items,
        counts,
        ...(categories && { categories }),
        next: list.next,
      });
    });
  });
}
