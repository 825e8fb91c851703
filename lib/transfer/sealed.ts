/**
 * What the database has sealed under its instance's secret, on the way to another instance: opened
 * in the file, which is encrypted as a whole, and sealed under the other's secret.
 */
import { isSealed, openBytes, openText, sealBytes, sealText } from '@/lib/platform/sealing';
import type { TakenTable } from './tables';

/** No field accepts this character, so nobody can type what begins with one of these. */
const MARK = '\u0001';
const SEALED_FILE = /^\u0001[0-9a-f]{8}:/;
const OPENED = `${MARK}opened:`;
const OPENED_IN_BYTES = `${MARK}opened in bytes:`;
const OPENED_BYTES = `${MARK}opened bytes:`;

/** Columns of bytes that are or can be sealed; in those of text, what is sealed is known by its form. */
export const SEALED_BYTES: Partial<Record<TakenTable, readonly string[]>> = {
  import_file: ['bytes'],
  evidence_file: ['bytes'],
  audit_value: ['salt'],
};

export type Json = string | number | boolean | null | Json[] | { [member: string]: Json };
export type Row = { [column: string]: Json };

/** Replaces every text in a JSON value. */
function replaced(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((inner) => replaced(inner, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [member, replaced(inner, change)]),
  );
}

const openedText = (text: string): string => (isSealed(text) ? OPENED + openText(text) : text);

/** Bytes as PostgreSQL writes them in JSON. */
const asBytes = (json: string): Buffer => Buffer.from(json.slice('\\x'.length), 'hex');
const asJson = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;

function openedBytes(json: string): string {
  const bytes = asBytes(json);
  const text = bytes.toString('latin1');
  if (isSealed(text)) return OPENED_IN_BYTES + openText(text);
  return SEALED_FILE.test(text) ? OPENED_BYTES + asJson(openBytes(bytes)) : json;
}

/**
 * A row with everything opened that was sealed.
 * @throws if a secret is not known that something was sealed under
 */
export function opened(table: TakenTable, row: Row): Row {
  const bytes = SEALED_BYTES[table] ?? [];
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      bytes.includes(column) && typeof value === 'string'
        ? openedBytes(value)
        : replaced(value, openedText),
    ]),
  );
}

function sealedAgain(text: string): string {
  if (!text.startsWith(MARK)) return text;
  const after = (mark: string) => (text.startsWith(mark) ? text.slice(mark.length) : null);
  const [inText, inBytes, bytes] = [after(OPENED), after(OPENED_IN_BYTES), after(OPENED_BYTES)];
  if (inText !== null) return sealText(inText);
  if (inBytes !== null) return asJson(Buffer.from(sealText(inBytes)));
  return bytes === null ? text : asJson(sealBytes(asBytes(bytes)));
}

/** The reverse of {@link opened}, under this instance's secret. */
export const sealed = (row: Row): Row => replaced(row, sealedAgain) as Row;
