import { loneTitle } from '@/lib/letter/rules';
import { conditional } from '@/lib/platform/http';

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

/** A file for the public: readable from other origins, with its hash as ETag, and 304 to who has it already. */
export function fileResponse(
  request: Request,
  { body, type, sha256, immutable, disposition }: ServedFile,
): Response {
  const bytes = Buffer.from(body);
  return conditional(request, bytes, Buffer.from(sha256).toString('base64url'), {
    'Content-Type': type,
    'Content-Length': String(bytes.byteLength),
    'Cache-Control': immutable ? FOR_EVER : ASK_AGAIN,
    ...(disposition && { 'Content-Disposition': contentDisposition(disposition) }),
  });
}

/** What a file is called where it is saved, without its ending. */
export function fileName(title: string, words: string): string {
  return `${loneTitle(title)} (${words})`;
}
