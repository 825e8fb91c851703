import { env } from '@/lib/platform/env';
import { KEPT_INPUT_MINUTES } from '@/lib/platform/limits';
import { sealStable, unsealStable } from '@/lib/platform/tokens';

/** Browsers drop a cookie of more than 4,096 bytes, its name and attributes included. */
const SEALED_MAX = 3_800;

const sealOf = (form: string) => ({
  secret: env().APP_SECRET,
  purpose: 'kept input',
  context: form,
});

/**
 * The input of a form as one encrypted text for a cookie (ADR 31). If it is too large, which takes
 * about a thousand Japanese characters, the longest fields are left out.
 * @param form identifies the form; the text can be read for no other
 */
export function sealInput(
  form: string,
  input: Record<string, string>,
  now: Date = new Date(),
): string {
  const fields = Object.entries(input).sort(([, a], [, b]) => a.length - b.length);
  for (;;) {
    const value = JSON.stringify({ at: now.getTime(), input: Object.fromEntries(fields) });
    const sealed = sealStable(value, sealOf(form));
    if (sealed.length <= SEALED_MAX) return sealed;
    fields.pop();
  }
}

/**
 * The input in the result of {@link sealInput}, or null if it is not of this form, invalid or
 * expired.
 */
export function unsealInput(
  form: string,
  sealed: string,
  now: Date = new Date(),
): Record<string, string> | null {
  const value = sealed.length <= SEALED_MAX ? unsealStable(sealed, sealOf(form)) : null;
  if (value === null) return null;
  const { at, input } = JSON.parse(value) as { at: number; input: Record<string, string> };
  return now.getTime() - at < KEPT_INPUT_MINUTES * 60_000 ? input : null;
}
