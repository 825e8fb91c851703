/**
 * Validates the body of a form against what our pages send. React's decoder of Server Action calls
 * throws on much else, which Next answers with 500, and it accepts many more types than our forms
 * use: anything else is refused before it is decoded.
 */

/**
 * Maximum number of fields per form; that of a letter's list with all its pins has a few hundred.
 */
const FIELDS_MAX = 5_000;
/** Maximum nesting of a form's state (components/ui/form-state.ts), with a margin. */
const DEPTH_MAX = 8;

/**
 * The argument types encoded in Next's action ids: `40…` takes the form, `60…` the form's state and
 * the form. Our actions have no other signatures.
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

/**
 * Whether a value is plain data as serialised by React: strings that begin with `$` would be
 * decoded as references.
 */
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

/**
 * A call with JavaScript: `0` holds the arguments, of which the last is the form, with fields named
 * `_1_…`.
 */
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

/** A form without JavaScript: one action, by its id or by a reference with its bound state. */
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

/** The one field with a file: a Word file that is opened into a letter's text, a list, or evidence. */
const FILE_FIELD = /^(?:_1_)?(?:wordFile|tableFile|evidenceFile)$/;

/**
 * Whether a form has only fields that our forms send. NUL is refused, since PostgreSQL rejects it,
 * and so are files but one, where a letter is written or a list is read.
 * @param action the `Next-Action` header, with JavaScript
 * @param takesFile whether the page's forms have a field for a file
 */
export function isFormOfOurs(form: FormData, action: string | null, takesFile = false): boolean {
  const all = [...form];
  const files = all.filter(([name, value]) => FILE_FIELD.test(name) && typeof value !== 'string');
  if (files.length > (takesFile ? 1 : 0)) return false;
  const fields = all.filter((field) => !files.includes(field));
  if (fields.length > FIELDS_MAX) return false;
  const texts = fields.filter(
    (field): field is [string, string] =>
      typeof field[1] === 'string' && !`${field[0]}${field[1]}`.includes('\0'),
  );
  if (texts.length !== fields.length) return false;
  return action === null ? isSubmission(texts) : isCall(action, texts);
}

/**
 * The bytes of a body, or null if there are more than `limit`. Always reads to the end: browsers
 * show a response only after they have sent the whole body.
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

/** Parses `bytes` as a form, or returns null if they are none. */
export async function parseForm(
  bytes: Buffer<ArrayBuffer>,
  contentType: string,
): Promise<FormData | null> {
  return new Response(bytes, { headers: { 'Content-Type': contentType } })
    .formData()
    .catch(() => null);
}
