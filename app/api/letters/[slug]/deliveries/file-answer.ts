import { loneTitle } from '@/lib/letter/rules';
import { movedTo } from '@/lib/letter/queries';
import type { Language } from '@/lib/letter/parts';
import { jsonError } from '@/lib/platform/http';
import { publicLetter, type PublicLetter } from '@/lib/publication/queries';

/** A year, the longest that caches are asked to keep anything. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'public, max-age=0, must-revalidate';

export interface ServedFile {
  body: Uint8Array | string;
  type: string;
  sha256: Uint8Array;
  /** Whether it is the same at this address for ever. */
  immutable: boolean;
  /** How browsers take it; without, they decide. */
  disposition?: { as: 'inline' | 'attachment'; ascii: string; name: string };
}

/** A header value that names a file: in ASCII for old clients, and as people call it (RFC 6266, RFC 8187). */
function contentDisposition({ as, ascii, name }: NonNullable<ServedFile['disposition']>): string {
  const safe = name.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu, ' ').replace(/\s+/gu, ' ').trim();
  const encoded = encodeURIComponent(safe).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${as}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** A file for the public: readable from other origins, with its hash as ETag, and 304 to who has it already. */
export function fileAnswer(request: Request, { body, type, sha256, immutable, disposition }: ServedFile): Response {
  const etag = `"${Buffer.from(sha256).toString('base64url')}"`;
  const headers: Record<string, string> = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Content-Disposition',
    ETag: etag,
    'Cache-Control': immutable ? FOR_EVER : ASK_AGAIN,
  };
  const known = request.headers.get('if-none-match')?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(etag) || known?.includes('*')) return new Response(null, { status: 304, headers });
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(body);
  headers['Content-Type'] = type;
  headers['Content-Length'] = String(bytes.byteLength);
  if (disposition) headers['Content-Disposition'] = contentDisposition(disposition);
  return new Response(bytes, { headers });
}

/** What a file is called where it is saved, without its ending. */
export function fileName(title: string, words: string): string {
  return `${loneTitle(title)} (${words})`;
}

/** The language asked for by `?language=`: null when none is named, undefined when it is none of ours. */
function languageAsked(request: Request): Language | null | undefined {
  const asked = new URL(request.url).searchParams.get('language');
  return asked === null || asked === 'ja' || asked === 'en' ? asked : undefined;
}

/**
 * Leads a request for something of a letter to who answers it: with the letter if it is public, else on to the address
 * that it has now, or to an error.
 * @param path what is asked for, behind the letter's address
 */
export async function ofLetter(
  request: Request,
  slug: string,
  path: string,
  make: (letter: PublicLetter, language: Language | null) => Promise<Response>,
): Promise<Response> {
  const letter = await publicLetter(slug);
  if (!letter) {
    const moved = await movedTo(slug);
    if (moved === null || !(await publicLetter(moved))) return jsonError(404, 'not-found');
    return new Response(null, { status: 308, headers: { Location: `/api/letters/${moved}/${path}${new URL(request.url).search}`, 'Access-Control-Allow-Origin': '*' } });
  }
  const language = languageAsked(request);
  return language === undefined ? jsonError(400, 'invalid-language') : make(letter, language);
}

/** The number of a delivery in an address; null: no delivery could have it. */
export function deliveryNumber(text: string): number | null {
  return /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : null;
}
