/** Files that show that an organization has signed, such as a scan. They are stored sealed (ADR 42). */
import { IMPORTS } from '@/lib/platform/limits';
import { openBytes, openText, sealBytes, sealText } from '@/lib/platform/sealing';

/** The kinds of files that evidence can be, by what they begin with. */
const FILE_TYPES = [
  { type: 'application/pdf', begins: '%PDF-' },
  { type: 'image/png', begins: '\u0089PNG\r\n\u001a\n' },
  { type: 'image/jpeg', begins: '\u00ff\u00d8\u00ff' },
] as const;

/** The media type of a PDF, PNG or JPEG file; null: it is none of them. */
export function evidenceType(bytes: Uint8Array): string | null {
  const first = String.fromCharCode(...bytes.subarray(0, 8));
  return FILE_TYPES.find(({ begins }) => first.startsWith(begins))?.type ?? null;
}

/** A file as a coordinator attached it. */
export interface Attached {
  name: string;
  bytes: Uint8Array;
}

/** A file as it is stored. */
interface StoredFile {
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Why a file is not taken. */
export type FileFault = 'fileTooBig' | 'fileType';

/** A file to store, sealed, since it can name organizations that are withheld; or why it is not taken. */
export function sealedFile({
  name,
  bytes,
}: Attached): { ok: true; file: StoredFile } | { ok: false; reason: FileFault } {
  if (bytes.length > IMPORTS.fileBytes) return { ok: false, reason: 'fileTooBig' };
  const type = evidenceType(bytes);
  if (!type) return { ok: false, reason: 'fileType' };
  const file = { name: sealText(name.slice(0, 200)), type, bytes: sealBytes(bytes) };
  return { ok: true, file };
}

/** A stored file as it was attached. */
export const openedFile = ({ name, type, bytes }: StoredFile): StoredFile => ({
  name: openText(name),
  type,
  bytes: openBytes(bytes),
});

/** What is sealed of a stored file, under the present secret. */
export const sealedAnew = ({ name, bytes }: Omit<StoredFile, 'type'>) => ({
  name: sealText(openText(name)),
  bytes: sealBytes(openBytes(bytes)),
});
