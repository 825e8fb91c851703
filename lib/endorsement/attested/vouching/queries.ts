import type { Reviewer } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { openedFile } from '../evidence';

/** The attached evidence for an entry of the letter; null if there is none. */
export async function evidenceFile(
  { letterId }: Reviewer,
  endorsementId: string,
): Promise<ReturnType<typeof openedFile> | null> {
  const file = await db().evidenceFile.findFirst({
    where: { endorsementId, endorsement: { letterId } },
    select: { name: true, type: true, bytes: true },
  });
  return file && openedFile(file);
}
