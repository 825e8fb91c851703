import { loneTitle } from '@/lib/letter/rules';
import { conditional, type Pieces } from '@/lib/platform/http';

/** One year, the conventional maximum of `max-age`. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** The media type of Word files. */
export const WORD_FILE_TYPE =
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const ASK_AGAIN = 'public, max-age=0, must-revalidate';

export interface ServedFile {
  body: Uint8Array | string | Pieces;
  type: string;
  sha256: Uint8Array;
  /** Whether the content at this URL is immutable. */
  immutable: boolean;
  /** Content-Disposition type; without it, the browser decides. */
  disposition?: { as: 'inline' | 'attachment'; ascii: string; name: string };
}

/**
 * A Content-Disposition value: an ASCII name for old clients and the UTF-8 name (RFC 6266, RFC
 * 8187).
 */
export function contentDisposition({
  as,
  ascii,
  name,
}: NonNullable<ServedFile['disposition']>): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const encoded = encodeURIComponent(safe).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${as}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** A public file response: CORS for any origin, its hash as ETag, 304 if If-None-Match matches. */
export function fileResponse(
  request: Request,
  { body, type, sha256, immutable, disposition }: ServedFile,
): Response {
  const content = typeof body === 'object' && 'pieces' in body ? body : Buffer.from(body);
  const size = 'pieces' in content ? content.size : content.byteLength;
  return conditional(request, content, Buffer.from(sha256).toString('base64url'), {
    'Content-Type': type,
    'Content-Length': String(size),
    'Cache-Control': immutable ? FOR_EVER : ASK_AGAIN,
    ...(disposition && { 'Content-Disposition': contentDisposition(disposition) }),
  });
}

/** The file name for downloads, without its extension. */
export function fileName(title: string, words: string): string {
  return `${loneTitle(title)} (${words})`;
}
