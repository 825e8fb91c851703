import { endorse } from '@/lib/endorsement/commands';
import { fieldErrors, signUpSchema } from '@/lib/endorsement/schema';
import { clientOf } from '@/lib/platform/client-address';
import { answer, jsonError, readBody } from '@/lib/platform/http';
import { SIGN_UP_BODY_BYTES } from '@/lib/platform/limits';

/** The revision that a caller says it showed; none said counts as the newest. */
function revisionIn(input: unknown): number | null {
  const said = (input as { revision?: unknown } | null)?.revision;
  return typeof said === 'number' && Number.isInteger(said) ? said : null;
}

/** Takes what the sign-up form takes, as JSON. Whatever is known of the address, the answer is the same 202. */
export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  return answer(async () => {
    const { slug } = await params;
    const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json') return jsonError(415, 'not-json');
    const body = await readBody(request, SIGN_UP_BODY_BYTES);
    if (body === null) return jsonError(413, 'too-large');
    let input: unknown;
    try {
      input = JSON.parse(body);
    } catch {
      return jsonError(415, 'not-json');
    }
    const signUp = signUpSchema.safeParse(input);
    if (!signUp.success) return Response.json({ errors: fieldErrors(signUp.error) }, { status: 422 });
    const result = await endorse(slug, signUp.data, clientOf(request.headers), revisionIn(input));
    if (result.ok) return Response.json({ status: 'check-your-email' }, { status: 202 });
    if (result.reason === 'too-many') return jsonError(429, 'too-many', { 'Retry-After': String(result.retryAfterSeconds) });
    return result.reason === 'unknown-letter' ? jsonError(404, 'not-found') : jsonError(409, result.reason);
  });
}
