import { createHash } from 'node:crypto';
import { errorName, log } from './log';

/** Public answers may be read by pages of any other site. */
const OPEN_TO_ALL = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Content-Disposition',
};

/**
 * An answer for the public: readable from other origins, and 304 to who has it already.
 * @param mark differs where the body differs
 */
export function conditional(
  request: Request,
  body: string | Buffer<ArrayBuffer>,
  mark: string,
  headers: { 'Content-Type': string; 'Cache-Control': string } & Record<string, string>,
): Response {
  const etag = `"${mark}"`;
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(etag) || known?.includes('*')) {
    return new Response(null, {
      status: 304,
      headers: { ...OPEN_TO_ALL, ETag: etag, 'Cache-Control': headers['Cache-Control'] },
    });
  }
  return new Response(body, { headers: { ...OPEN_TO_ALL, ETag: etag, ...headers } });
}

/** A JSON answer for the public, to be asked for anew each time. */
export function publicJson(request: Request, body: unknown): Response {
  const text = JSON.stringify(body);
  const mark = createHash('sha256').update(text).digest('base64url').slice(0, 27);
  return conditional(request, text, mark, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'public, max-age=0, must-revalidate',
  });
}

/** The counting number (1, 2, 3 …) that a segment of an address is, or null. */
export function countingNumber(segment: string): number | null {
  return /^[1-9][0-9]{0,5}$/.test(segment) ? Number(segment) : null;
}

/** An error as JSON, `{ "error": code }`, readable from other origins. */
export function jsonError(
  status: number,
  error: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json(
    { error },
    { status, headers: { ...OPEN_TO_ALL, 'Cache-Control': 'no-store', ...headers } },
  );
}

/** The way to where something is for good, for `path` on this instance. */
export function redirectTo(path: string): Response {
  return new Response(null, { status: 308, headers: { ...OPEN_TO_ALL, Location: path } });
}

/** Runs an API handler; when it fails (the database is away, say) the caller gets a JSON error, and the log the cause. */
export async function answer(handler: () => Promise<Response>): Promise<Response> {
  try {
    return await handler();
  } catch (error) {
    // The message of a database error can hold the row, and so an address.
    log('error', 'an API request failed', { error: errorName(error) });
    return jsonError(503, 'unavailable');
  }
}

/** The body of a request as text, or null when it is longer than `limit` bytes; never reads more than that. */
export async function readBody(request: Request, limit: number): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (request.body ?? []) as
    AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
