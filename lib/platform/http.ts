import { createHash } from 'node:crypto';
import { errorName, log } from './log';

/** CORS: public responses may be read by any origin. */
const OPEN_TO_ALL = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Content-Disposition',
};

/** A body that is read piece by piece, so that it is never in memory as a whole. */
export interface Pieces {
  /** In bytes. */
  size: number;
  pieces: () => AsyncGenerator<string | Uint8Array>;
}

/**
 * Pieces as a stream, each of which is read when the reader wants it. It breaks off if they cannot be
 * read to their end; reading ends with the reader.
 * @param broken what the log says then
 */
export function streamed(
  pieces: AsyncGenerator<string | Uint8Array>,
  broken: string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (done) controller.close();
          else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
        } catch (error) {
          log('error', broken, { error: errorName(error) });
          controller.error(new Error('broken off'));
        }
      },
      cancel: async () => void (await pieces.return(undefined)),
    },
    // Nothing is read before it is wanted.
    { highWaterMark: 0 },
  );
}

/**
 * A public response: CORS for any origin, an ETag, 304 if If-None-Match matches.
 * @param mark the ETag's value, which differs if the body differs
 */
export function conditional(
  request: Request,
  body: string | Buffer<ArrayBuffer> | Pieces,
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
  const content =
    typeof body === 'object' && 'pieces' in body
      ? streamed(body.pieces(), 'a file broke off')
      : body;
  return new Response(content, { headers: { ...OPEN_TO_ALL, ETag: etag, ...headers } });
}

/** A public JSON response that caches must revalidate. */
export function publicJson(request: Request, body: unknown): Response {
  const text = JSON.stringify(body);
  const mark = createHash('sha256').update(text).digest('base64url').slice(0, 27);
  return conditional(request, text, mark, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'public, max-age=0, must-revalidate',
  });
}

/** Parses a URL segment as a positive integer, or returns null. */
export function countingNumber(segment: string): number | null {
  return /^[1-9][0-9]{0,5}$/.test(segment) ? Number(segment) : null;
}

/** A JSON error response, `{ "error": code }`, with CORS for any origin. */
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

/** A permanent redirect to `path` on this instance. */
export function redirectTo(path: string): Response {
  return new Response(null, { status: 308, headers: { ...OPEN_TO_ALL, Location: path } });
}

/**
 * Runs an API handler; if it throws (when the database is unavailable, for example), responds with
 * a JSON error and logs the cause.
 */
export async function answer(handler: () => Promise<Response>): Promise<Response> {
  try {
    return await handler();
  } catch (error) {
    // A database error's message can contain the row, and so a mail address.
    log('error', 'an API request failed', { error: errorName(error) });
    return jsonError(503, 'unavailable');
  }
}

/**
 * The body of a request as text, or null if it exceeds `limit` bytes, of which no more are read.
 */
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
