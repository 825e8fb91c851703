import { jsonError, redirectTo } from '@/lib/platform/http';
import { movedTo } from '@/lib/letter/queries';

/** The answer where no letter is public at `slug`: the way to the address it has now, or that there is none. */
export async function elsewhere(request: Request, slug: string): Promise<Response> {
  const now = await movedTo(slug);
  if (!now) return jsonError(404, 'not-found');
  const url = new URL(request.url);
  return redirectTo(`${url.pathname.replace(`/api/letters/${slug}`, `/api/letters/${now}`)}${url.search}`);
}
