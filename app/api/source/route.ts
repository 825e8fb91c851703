import { env } from '@/lib/platform/env';
import { answer } from '@/lib/platform/http';
import { sourceArchive } from '@/lib/platform/source';
import { fileResponse } from '@/app/api/letters/file-response';

/**
 * The source code of the running version, which the AGPL (section 13) requires to offer to every
 * user: a redirect to SOURCE_URL, or an archive.
 */
export function GET(request: Request) {
  return answer(async () => {
    const { SOURCE_URL } = env();
    if (SOURCE_URL)
      return new Response(null, {
        status: 307,
        headers: { Location: SOURCE_URL, 'Cache-Control': 'no-store' },
      });
    const { bytes, sha256 } = await sourceArchive();
    const name = 'undersigned-source.tar.gz';
    return fileResponse(request, {
      body: bytes,
      type: 'application/gzip',
      sha256,
      immutable: false,
      disposition: { as: 'attachment', ascii: name, name },
    });
  });
}
