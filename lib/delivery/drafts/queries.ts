import { db } from '@/lib/platform/db/client';
import type { Language } from '@/lib/platform/languages';

/** Which draft somebody asks for: `version` is the letter's public one. */
export interface DraftKey {
  format: 'pdf' | 'docx';
  letterId: string;
  language: Language;
  version: number;
}

export interface Draft {
  bytes: Uint8Array<ArrayBuffer>;
  sha256: Uint8Array<ArrayBuffer>;
  title: string;
}

/** The draft of this public version or a later one, if one is kept, or why there is none. */
export async function keptDraft({
  format,
  letterId,
  language,
  version,
}: DraftKey): Promise<Draft | 'too-large' | null> {
  const row = await db().draftFile.findUnique({
    where: { letterId_format_language: { letterId, format, language } },
    select: { version: true, refusedVersion: true },
  });
  if (row?.refusedVersion === version) return 'too-large';
  if (row?.version == null || row.version < version) return null;
  const file = await db().draftFile.findUnique({
    where: { letterId_format_language: { letterId, format, language } },
    select: { bytes: true, sha256: true, title: true },
  });
  // A public change may have come in between.
  return file?.bytes && file.sha256
    ? { bytes: file.bytes, sha256: file.sha256, title: file.title! }
    : null;
}
