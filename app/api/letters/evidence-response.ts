import { z } from 'zod';
import { contentDisposition } from '@/app/api/letters/file-response';
import { letterAccess, type Reviewer } from '@/lib/coordinator/access';
import type { openedFile } from '@/lib/endorsement/attested/evidence';
import { isSlug } from '@/lib/letter/rules';
import { signedIn } from '@/lib/platform/auth/guard';
import { errorName, log } from '@/lib/platform/log';

const PRIVATE = { 'Cache-Control': 'private, no-store' };

const refused = (status: number) => new Response(null, { status, headers: PRIVATE });

/**
 * A file of evidence for the letter's reviewers: always as a download, since it is what somebody
 * uploaded.
 * @param given the id of what the file is attached to, as in the address
 */
export async function evidenceResponse(
  slug: string,
  given: string,
  find: (reviewer: Reviewer, id: string) => Promise<ReturnType<typeof openedFile> | null>,
): Promise<Response> {
  try {
    const coordinator = await signedIn();
    const id = z.uuid().safeParse(given);
    const access =
      coordinator && isSlug(slug) ? await letterAccess(coordinator, slug, 'attest') : null;
    const file = access && id.success ? await find(access, id.data) : null;
    if (!file) return refused(404);
    const extension = file.type.split('/')[1]!.replace('jpeg', 'jpg');
    return new Response(file.bytes, {
      headers: {
        ...PRIVATE,
        'Content-Type': file.type,
        'Content-Length': String(file.bytes.byteLength),
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Content-Disposition': contentDisposition({
          as: 'attachment',
          ascii: `evidence.${extension}`,
          // With the extension of what it is: it would be opened by that of its name.
          name: `${file.name.replace(/\.[^.]*$/, '')}.${extension}`,
        }),
      },
    });
  } catch (error) {
    log('error', 'evidence could not be read', { error: errorName(error) });
    return refused(503);
  }
}
