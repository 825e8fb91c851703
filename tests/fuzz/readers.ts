/** Everything in this process that reads what a stranger, or a coordinator, may send. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { ZodType } from 'zod';
import { columnNamed } from '@/lib/endorsement/table/columns';
import { categoryIn, countryIn, languageIn, visibilityIn } from '@/lib/endorsement/table/values';
import { proposeSlug, slugProblem } from '@/lib/letter/slug';
import { letterTree, plainText } from '@/lib/letter/text/markdown';
import { asksTooMuch } from '@/lib/letter/text/markdown-limits';
import { WordFileError } from '@/lib/letter/text/word-file/package';
import { readWordFile } from '@/lib/letter/text/word-file/read';
import { parseXml, UnreadableXml } from '@/lib/letter/text/word-file/xml';
import { isTimeZone } from '@/lib/letter/times/rules';
import { foldName } from '@/lib/organization/folding';
import { withoutLegalForm } from '@/lib/organization/legal-form';
import { sortKey } from '@/lib/organization/order';
import { isReading, nameProblem, registrableDomain, tidyName } from '@/lib/organization/rules';
import { tidyWebsite, websiteUrl } from '@/lib/organization/website';
import { clientFrom, clientOf } from '@/lib/platform/client-address';
import { fromThisMachine } from '@/lib/platform/connection';
import { isDay } from '@/lib/platform/dates';
import { isFormOfOurs, parseForm } from '@/lib/platform/forms/body';
import { unsealInput } from '@/lib/platform/forms/kept-input';
import { countingNumber } from '@/lib/platform/http';
import { mendedLink } from '@/lib/platform/links';
import { storedAddress } from '@/lib/platform/mail/address';
import { refusalOf } from '@/lib/platform/request-guard';
import { requestIdFrom } from '@/lib/platform/request-id';
import { routeKind } from '@/lib/platform/route-kind';
import { readPastedTable, readTableFile } from '@/lib/platform/table-file/read';
import { TableError } from '@/lib/platform/table-file/table';
import { normaliseText } from '@/lib/platform/text/normalise';
import { phrases } from '@/lib/platform/text/phrases';
import { rawProblem } from '@/lib/platform/text/raw-text';
import { holdsWebAddress } from '@/lib/platform/text/web-address';
import { writtenIn } from '@/lib/platform/text/written-language';
import { tokenIn } from '@/lib/platform/tokens';
import { isCachedPage, listPageIn, routeOf } from '@/lib/public-addresses';
import { bytes, text, value } from './texts';

/** One thing that reads. It must return; what it may throw, it says itself. */
export interface Reader {
  name: string;
  input: fc.Arbitrary<unknown>;
  read: (input: never) => unknown;
  /** How many of a million cases it gets, beside 1; slow ones get fewer. */
  share: number;
}

const ofTexts = (readers: Record<string, (typed: string) => unknown>, share = 1): Reader[] =>
  Object.entries(readers).map(([name, read]) => ({ name, input: text, read, share }));

/** Runs what may refuse its input, by an error of its own. */
async function mayRefuse(
  work: () => unknown,
  refusals: (new (...args: never[]) => Error)[],
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!refusals.some((refusal) => error instanceof refusal)) throw error;
  }
}

/** The names of fields anywhere in a schema. */
function fieldsOf(schema: unknown, found = new Set<string>(), seen = new Set<unknown>()) {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return found;
  seen.add(schema);
  const { shape } = schema as { shape?: Record<string, unknown> };
  for (const [field, inner] of Object.entries(shape ?? {})) {
    found.add(field);
    fieldsOf(inner, found, seen);
  }
  const { def } = schema as { def?: Record<string, unknown> };
  for (const inner of Object.values(def ?? {}).flat()) fieldsOf(inner, found, seen);
  return found;
}

/** A form, or a call, with some of a schema's fields and some others. */
function inputOf(schema: ZodType): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries([...fieldsOf(schema)].map((field) => [field, value]));
  return fc.oneof(
    { weight: 8, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.dictionary(text, value, { maxKeys: 5 }) },
    { weight: 1, arbitrary: value },
  );
}

/** What a schema that depends on the letter is asked with. */
const ASKED = {
  asksAuthorisation: true,
  offersWithheld: true,
  asksReading: true,
  categories: ['00000000-0000-4000-8000-000000000000'],
};

const isSchema = (exported: unknown): exported is ZodType =>
  typeof exported === 'object' && exported !== null && 'safeParseAsync' in exported;

/** Every schema that a file of `lib/` named for its schemas exports. */
async function schemas(): Promise<Reader[]> {
  const readers: Reader[] = [];
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => path.basename(name) === 'schema.ts').sort()) {
    const exports = (await import(path.resolve('lib', file))) as Record<string, unknown>;
    for (const [name, exported] of Object.entries(exports)) {
      let schema: unknown = exported;
      if (typeof exported === 'function' && name.endsWith('Schema'))
        schema = (exported as (asked: typeof ASKED) => unknown)(ASKED);
      if (!isSchema(schema)) continue;
      const found: ZodType = schema;
      readers.push({
        name: `${file} ${name}`,
        input: inputOf(found),
        read: (input: unknown) => found.safeParseAsync(input),
        share: 2,
      });
    }
  }
  return readers;
}

const headers = fc
  .dictionary(
    fc.constantFrom(
      'origin',
      'host',
      'cookie',
      'content-type',
      'content-length',
      'sec-fetch-site',
      'x-forwarded-for',
      'x-forwarded-host',
      'next-action',
      'authorization',
      'x-undersigned-connection',
      'forwarded',
    ),
    text.map((typed) => typed.replace(/[^\x20-\x7e]/g, '')),
    { maxKeys: 5 },
  )
  .map((all) => new Headers(all));

const BOUNDARY = 'aBoundary';
const form = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        '0',
        '_1_email',
        '$ACTION_REF_1',
        '$ACTION_1:0',
        '$ACTION_1:1',
        '$ACTION_KEY',
        `$ACTION_ID_40${'a'.repeat(40)}`,
        'email',
        'wordFile',
        '"',
      ),
      text,
    ),
    { maxLength: 6 },
  )
  .map((fields) =>
    Buffer.from(
      `${fields.map(([name, typed]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${typed}\r\n`).join('')}--${BOUNDARY}--\r\n`,
    ),
  );

const requests: Reader[] = [
  {
    name: 'the guard of requests',
    input: fc.record({
      method: fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'OPTIONS', 'x'),
      target: fc.oneof(
        text,
        text.map((typed) => `/en/letters/${typed}`),
      ),
      headers,
    }),
    read: (request: Parameters<typeof refusalOf>[0]) => refusalOf(request, 'http://localhost:3000'),
    share: 4,
  },
  {
    name: 'who asks',
    input: headers,
    read: (given: Headers) => [clientOf(given), fromThisMachine(given)],
    share: 4,
  },
  {
    name: 'bodies of forms',
    input: fc.tuple(
      fc.oneof(form, bytes),
      fc.constantFrom(null, `40${'a'.repeat(40)}`, `60${'a'.repeat(40)}`, 'x'),
      fc.boolean(),
    ),
    read: async ([body, action, takesFile]: [Buffer<ArrayBuffer>, string | null, boolean]) => {
      const parsed = await parseForm(body, `multipart/form-data; boundary=${BOUNDARY}`);
      return parsed && isFormOfOurs(parsed, action, takesFile);
    },
    share: 2,
  },
];

const FIELDS = {
  title: '',
  subject: '',
  body: '',
  max: { title: 200, subject: 200, body: 50_000 },
};
const WORKBOOK = Buffer.from('504b0304', 'hex');
const files: Reader[] = [
  {
    name: 'lists in files',
    input: bytes,
    read: (file: Buffer) => mayRefuse(() => readTableFile(file), [TableError]),
    share: 1,
  },
  {
    name: 'damaged workbooks',
    input: bytes.map((rest) => Buffer.concat([WORKBOOK, rest])),
    read: (file: Buffer) => mayRefuse(() => readTableFile(file), [TableError]),
    share: 0.3,
  },
  {
    name: 'damaged Word files',
    input: bytes.map((rest) => Buffer.concat([WORKBOOK, rest])),
    read: (file: Buffer) => mayRefuse(() => readWordFile(file, FIELDS), [WordFileError]),
    share: 0.3,
  },
  {
    name: 'XML of Word files',
    input: fc.oneof(
      text,
      text.map((typed) => `<w:document xmlns:w="x"><w:body>${typed}</w:body></w:document>`),
    ),
    read: (xml: string) => mayRefuse(() => parseXml(xml), [UnreadableXml]),
    share: 1,
  },
];

/** All of them. */
export const readers = async (): Promise<Reader[]> => [
  ...(await schemas()),
  ...ofTexts({
    tidyName,
    nameProblem: (typed) => nameProblem(typed, 200),
    isReading,
    foldName,
    sortKey: (typed) =>
      sortKey(
        { names: { ja: typed, en: typed }, reading: typed, signedAt: new Date(0) },
        { by: 'japanese', legalFormCounts: false, latin: 'after-kana' },
      ),
    withoutLegalForm,
    tidyWebsite,
    websiteUrl,
    registrableDomain,
    storedAddress,
    holdsWebAddress,
    rawProblem: (typed) => rawProblem(typed, 200),
    normaliseText,
    phrases,
    writtenIn: (typed) => writtenIn(typed, 'en'),
    proposeSlug: (typed) => proposeSlug({ en: typed, ja: typed }, 2026),
    slugProblem,
    isTimeZone,
    isDay,
    columnNamed,
    countryIn,
    languageIn,
    visibilityIn,
    categoryIn: (typed) => categoryIn(typed, []),
    tokenIn,
    mendedLink,
    countingNumber,
    listPageIn,
    routeOf,
    isCachedPage,
    routeKind,
    requestIdFrom,
    clientFrom,
    'kept input': (typed) => unsealInput('sign-up' as never, typed),
  }),
  ...ofTexts({ 'pasted lists': (typed) => mayRefuse(() => readPastedTable(typed), [TableError]) }),
  ...ofTexts(
    {
      Markdown: (typed) => asksTooMuch(typed) || [letterTree(typed), plainText(typed)],
    },
    0.5,
  ),
  ...requests,
  ...files,
];
