import { endorse } from '@/lib/endorsement/commands';
import type { Effort } from '@/lib/endorsement/pressure/commands';
import { fieldErrors, signUpSchema } from '@/lib/endorsement/schema';
import { signedLetter } from '@/lib/letter/queries';
import { clientOf } from '@/lib/platform/client-address';
import { answer, jsonError, readBody } from '@/lib/platform/http';
import { SIGN_UP_BODY_BYTES } from '@/lib/platform/limits';

/** Maximum value of PostgreSQL's integer type. */
const REVISION_MAX = 2_147_483_647;

/**
 * The revision that a client says it showed: null if missing, which means the newest; undefined if
 * invalid.
 */
function revisionIn(input: unknown): number | null | undefined {
  const said = (input as { revision?: unknown } | null)?.revision ?? null;
  return said === null ||
    (typeof said === 'number' && Number.isInteger(said) && said >= 1 && said <= REVISION_MAX)
    ? said
    : undefined;
}

/** The work that a client says was done for its sign-up. */
function effortIn(input: unknown): Effort {
  const { altcha, slow } = (input ?? {}) as { altcha?: unknown; slow?: unknown };
  return { solution: typeof altcha === 'string' ? altcha : null, slow: slow === true };
}

/** Handles a sign-up as JSON. The response is the same 202 whatever is known of the address. */
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
    const letter = await signedLetter(slug);
    const signUp = signUpSchema(letter?.listSettings).safeParse(input);
    const revision = revisionIn(input);
    if (!signUp.success || revision === undefined) {
      const errors = {
        ...(signUp.success ? {} : fieldErrors(signUp.error)),
        ...(revision === undefined && { revision: ['invalidChoice'] }),
      };
      return Response.json({ errors }, { status: 422 });
    }
    const client = clientOf(request.headers);
    const sending = { ...effortIn(input), trapped: false };
    const result = await endorse(letter, signUp.data, client, revision, null, sending);
    if (result.ok) return Response.json({ status: 'check-your-email' }, { status: 202 });
    if (result.reason === 'too-many')
      return jsonError(429, 'too-many', { 'Retry-After': String(result.retryAfterSeconds) });
    if (result.reason === 'pressure')
      return Response.json({ error: 'pressure', challenge: result.challenge }, { status: 409 });
    return result.reason === 'unknown-letter'
      ? jsonError(404, 'not-found')
      : jsonError(409, result.reason);
  });
}
