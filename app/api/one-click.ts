import { bytesWithin, parseForm } from '@/lib/platform/forms/body';
import { answer, jsonError } from '@/lib/platform/http';
import { ONE_CLICK_BODY_BYTES } from '@/lib/platform/limits';
import { tokenIn } from '@/lib/platform/tokens';

interface Route {
  params: Promise<{ token: string }>;
}

const UNCACHED = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' };

/**
 * The address in a mail's `List-Unsubscribe` header (RFC 8058): mail programs post
 * `List-Unsubscribe=One-Click` to it, without cookies. The response is the same for a token that is
 * unknown, since no mails come of that either.
 * @param end ends what the mail of the token is one of
 * @param page path of the page with the button, for people whose mail program opens the address
 */
export const oneClick = (end: (token: string) => Promise<unknown>, page: string) => ({
  POST: (request: Request, { params }: Route): Promise<Response> =>
    answer(async () => {
      const { token } = await params;
      const body = await bytesWithin(request.body, ONE_CLICK_BODY_BYTES);
      if (body === null) return jsonError(413, 'too-large');
      const form = await parseForm(body, request.headers.get('content-type') ?? '');
      if (form?.get('List-Unsubscribe') !== 'One-Click') return jsonError(400, 'not-one-click');
      await end(tokenIn(token) ?? '');
      return Response.json({ status: 'unsubscribed' }, { headers: UNCACHED });
    }),

  /** Changes nothing. */
  GET: async (_request: Request, { params }: Route): Promise<Response> => {
    const { token } = await params;
    const location = `${page}/${tokenIn(token) ?? 'unknown'}`;
    return new Response(null, { status: 303, headers: { ...UNCACHED, Location: location } });
  },
});
