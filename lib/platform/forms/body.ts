/**
 * Whether the body of a form is what our pages send. React's decoder of action calls throws for much else, which Next answers
 * with 500, and takes far more kinds of values than any form of ours has: nothing else gets as far as it.
 */

/** Most fields of one form; a letter's list with all its pins has some hundred. */
const FIELDS_MAX = 5_000;
/** How deep a form's state (components/ui/form-state.ts) goes, with room to spare. */
const DEPTH_MAX = 8;

/**
 * What Next's action ids say of the arguments: `40…` takes the form, `60…` the form's state and the form. Ours take nothing else.
 */
const TAKES_FORM = /^40[0-9a-f]{40}$/;
const TAKES_STATE_AND_FORM = /^60[0-9a-f]{40}$/;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Whether a value is plain data as React writes it: strings that begin with `$` would be read as something else. */
function isPlain(value: unknown, depth = 0): boolean {
  if (depth > DEPTH_MAX) return false;
  if (typeof value === 'string')
    return !value.startsWith('$') || value.startsWith('$$') || value === '$undefined';
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  if (value !== null && typeof value === 'object')
    return Object.entries(value).every(
      ([key, item]) => key !== '__proto__' && isPlain(item, depth + 1),
    );
  return true;
}

/** A call with scripts: `0` holds the arguments, of which the last is the form, whose fields are `_1_…`. */
function isCall(action: string, fields: [string, string][]): boolean {
  const roots = fields.filter(([name]) => name === '0');
  const call = roots.length === 1 ? parsed(roots[0]![1]) : undefined;
  if (
    !Array.isArray(call) ||
    call.at(-1) !== '$K1' ||
    !fields.every(([name]) => name === '0' || name.startsWith('_1_'))
  )
    return false;
  if (TAKES_FORM.test(action)) return call.length === 1;
  return TAKES_STATE_AND_FORM.test(action) && call.length === 2 && isPlain(call[0]);
}

/** A form without scripts: one action, by its id or by a reference with the state bound to it. */
function isSubmission(fields: [string, string][]): boolean {
  const hidden = new Map(fields.filter(([name]) => name.startsWith('$')));
  const [action = '', ...more] = [...hidden.keys()].filter((name) =>
    /^\$ACTION_(?:ID|REF)_/.test(name),
  );
  if (more.length > 0 || fields.filter(([name]) => name.startsWith('$')).length !== hidden.size)
    return false;
  if (action.startsWith('$ACTION_ID_'))
    return hidden.size === 1 && TAKES_FORM.test(action.slice('$ACTION_ID_'.length));
  const number = /^\$ACTION_REF_(\d{1,6})$/.exec(action)?.[1];
  if (!number) return false;
  const known = [action, `$ACTION_${number}:0`, `$ACTION_${number}:1`, '$ACTION_KEY'];
  if (![...hidden.keys()].every((name) => known.includes(name))) return false;
  const reference = parsed(hidden.get(known[1]!) ?? '') as
    { id?: unknown; bound?: unknown } | null | undefined;
  const bound = parsed(hidden.get(known[2]!) ?? '');
  if (
    typeof reference?.id !== 'string' ||
    reference.bound !== '$@1' ||
    Object.keys(reference).length !== 2
  )
    return false;
  return (
    TAKES_STATE_AND_FORM.test(reference.id) &&
    Array.isArray(bound) &&
    bound.length === 1 &&
    isPlain(bound[0])
  );
}

/**
 * Whether a form's fields are those of a form of ours. NUL is in none of them, since PostgreSQL does not take it, and no
 * form of ours sends files.
 * @param action the `Next-Action` header, with scripts
 */
export function isFormOfOurs(form: FormData, action: string | null): boolean {
  const fields = [...form];
  if (fields.length > FIELDS_MAX) return false;
  const texts = fields.filter(
    (field): field is [string, string] =>
      typeof field[1] === 'string' && !`${field[0]}${field[1]}`.includes('\0'),
  );
  if (texts.length !== fields.length) return false;
  return action === null ? isSubmission(texts) : isCall(action, texts);
}

/**
 * The bytes of a body, or null when there are more than `limit`. Reads it to its end in any case: a browser shows an answer
 * only once it has sent everything.
 */
export async function bytesWithin(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (body as AsyncIterable<Uint8Array> | null) ?? []) {
    length += chunk.byteLength;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > limit ? null : Buffer.concat(chunks);
}

/** The form in `bytes`, or null when they are none. */
export async function parseForm(
  bytes: Buffer<ArrayBuffer>,
  contentType: string,
): Promise<FormData | null> {
  return new Response(bytes, { headers: { 'Content-Type': contentType } })
    .formData()
    .catch(() => null);
}
