import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesWithin, isFormOfOurs, parseForm } from '@/lib/platform/forms/body';
import { FORM_BYTES, LETTER_FORM_BYTES } from '@/lib/platform/limits';
import { answerTo } from '@/lib/platform/refusal';
import { formLimit, refusalOf, takesFile } from '@/lib/platform/request-guard';

const APP_URL = 'https://letters.example.org';
const FORM = {
  host: 'letters.example.org',
  origin: APP_URL,
  'content-type': 'multipart/form-data; boundary=x',
};
const SESSION = { cookie: 'a=b; __Host-next-auth.session-token=abc' };
const asked = (method: string, target: string, headers: Record<string, string> = {}) => ({
  method,
  target,
  headers: new Headers(headers),
});
const status = (
  method: string,
  target: string,
  headers: Record<string, string> = {},
  appUrl = APP_URL,
) => refusalOf(asked(method, target, headers), appUrl)?.status ?? null;

describe('a request', () => {
  it.each([
    ['GET', '/en/letters/x?q=%E3%81%82', null],
    ['HEAD', '/', null],
    ['GET', '/api/letters/x?limit=5', null],
    ['OPTIONS', '/api/letters/x/endorsements', null],
    ['POST', '/api/letters/x/endorsements', null],
    ['POST', '/api/webhooks/resend', null],
    ['POST', '/api/unsubscribe/x', null],
    ['GET', '/api/unsubscribe/x', null],
    ['POST', '/api/mailings/x', null],
    ['POST', '/api/letters/x/contacts.csv', null],
    ['POST', '/api/letters/x/contacts.xlsx', null],
    ['GET', '/en?q=%00', 400],
    ['GET', '/en/%E3%81', 400],
    ['GET', '/en?q=%', 400],
    ['GET', '*', 400],
    ['GET', `/en?q=${'a'.repeat(9_000)}`, 414],
    ['PUT', '/en', 405],
    ['DELETE', '/icon.svg', 405],
    ['POST', '/dev/mailbox.json', 405],
    ['POST', '/_next/image', 405],
    ['GET', '/api/letters/x/endorsements', 405],
    ['GET', '/api/letters/x/contacts.csv', 405],
    ['GET', '/api/letters/x/contacts.xlsx', 405],
    ['PATCH', '/api/letters/x', 405],
    ['GET', '/api/webhooks/resend', 405],
    ['GET', '/api/cron', null],
    ['HEAD', '/api/cron', 405],
    ['POST', '/api/cron', 405],
    ['GET', '/api/metrics', null],
    ['POST', '/api/metrics', 405],
    ['POST', '/api/webhooks/other', 405],
    ['POST', '/developer', 403],
  ])('%s %s gets status %s (null: accepted)', (method, target, expected) => {
    expect(status(method, target, { origin: 'https://evil.example' })).toBe(expected);
  });

  it('refused for its method gets the allowed methods', () => {
    expect(refusalOf(asked('PUT', '/en'), APP_URL)).toEqual({
      status: 405,
      reason: 'method',
      allow: 'GET, HEAD, POST',
    });
  });

  it('of any content is refused with a 4xx status or accepted, and never accepted with NUL', () => {
    const methods = fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'get', '');
    const targets = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webPath().map((path) => `${path}?q=%00`),
      fc.constantFrom('/en', '/ja/admin/letters/x/text', '/api/letters/x'),
    );
    const value = fc.string({
      unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)),
    });
    const headers = fc.dictionary(
      fc.constantFrom(
        'origin',
        'host',
        'x-forwarded-host',
        'cookie',
        'content-type',
        'content-length',
        'sec-fetch-site',
      ),
      value,
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(methods, targets, headers, (method, target, given) => {
        const refusal = refusalOf(asked(method, target, given), APP_URL);
        if (target.includes('%00') || target.includes('\0')) expect(refusal).not.toBeNull();
        if (refusal) expect(refusal.status).toBeLessThan(500);
      }),
    );
  });
});

describe('a form', () => {
  it.each([
    [{}, null],
    [{ origin: 'http://letters.example.org' }, 403],
    [{ origin: 'https://letters.example.org:444' }, 403],
    [{ origin: 'https://letters.example.org.evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: '' }, 403],
    [{ origin: 'https://letters.example.org/' }, 403],
    [{ host: 'internal:3000' }, 421],
    [{ host: 'internal:3000', 'x-forwarded-host': 'letters.example.org' }, null],
    [{ 'x-forwarded-host': 'evil.example' }, 421],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 415],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': '' }, 415],
    [{ 'content-length': String(FORM_BYTES) }, null],
    [{ 'content-length': String(FORM_BYTES + 1) }, 413],
    [{ 'content-length': String(FORM_BYTES + 1), ...SESSION }, 413],
  ])('with %j gets status %s (null: accepted)', (over, expected) => {
    expect(status('POST', '/en/letters/x/endorse', { ...FORM, ...over })).toBe(expected);
  });

  it('without Origin depends on Sec-Fetch-Site, and is accepted without both', () => {
    const { origin: _origin, ...rest } = FORM;
    const by = (site?: string) =>
      status('POST', '/ja', { ...rest, ...(site && { 'sec-fetch-site': site }) });
    expect([by(), by('same-origin'), by('none'), by('same-site'), by('cross-site')]).toEqual([
      null,
      null,
      null,
      403,
      403,
    ]);
  });

  it('can be larger only for pages of letters and with a session cookie', () => {
    const limit = (target: string, headers = {}) => formLimit(asked('POST', target, headers));
    expect(limit('/en/admin/letters/x/text', SESSION)).toBe(LETTER_FORM_BYTES);
    expect(limit('/ja/admin/letters/new?x', { cookie: 'next-auth.session-token=abc' })).toBe(
      LETTER_FORM_BYTES,
    );
    for (const [target, headers] of [
      ['/en/admin/letters/x/text', {}],
      ['/en/admin/letters/x/text', { cookie: 'x=next-auth.session-token=' }],
      ['/en/admin/letters/x', { cookie: 'next-auth.session-token=' }],
      ['/en/admin/sign-in', SESSION],
      ['/en/letters/x/endorse', SESSION],
      ['/en/x/../admin/letters/x', SESSION],
    ] as const) {
      expect(limit(target, headers), target).toBe(FORM_BYTES);
    }
  });

  it('that is too large or cross-site gets a message in both languages, the page’s first', async () => {
    const text = async (path: string) =>
      (await answerTo({ status: 413, reason: 'tooLarge', limit: FORM_BYTES }, path).text()).split(
        '\n\n',
      );
    expect((await text('/en/x'))[0]).toMatch(/64 kB.*Nothing was saved.*still there/);
    expect((await text('/ja/x'))[0]).toMatch(/64 kB.*何も保存されていません/);
    expect(
      await answerTo({ status: 413, reason: 'tooLarge', limit: LETTER_FORM_BYTES }, '/en').text(),
    ).toContain('4 MB');
    expect(
      await answerTo({ status: 405, reason: 'method', allow: 'GET' }, '/api/x').json(),
    ).toEqual({ error: 'method' });
  });
});

const FORM_ACTION = `40${'a'.repeat(40)}`;
const STATE_ACTION = `60${'b'.repeat(40)}`;
const form = (...fields: [string, string | Blob][]) => {
  const made = new FormData();
  for (const [name, value] of fields) made.append(name, value);
  return made;
};

describe('the body of a form', () => {
  const reference = (bound: string, id = STATE_ACTION): [string, string][] => [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', JSON.stringify({ id, bound: '$@1' })],
    ['$ACTION_1:1', bound],
    ['$ACTION_KEY', 'k123'],
  ];

  it('is accepted as React sends it, with and without JavaScript', () => {
    const state = '{"answer":1,"typed":{"a":"$$1"},"errors":{},"problem":"$undefined"}';
    expect(isFormOfOurs(form(['_1_a', 'x'], ['0', '["$K1"]']), FORM_ACTION)).toBe(true);
    expect(isFormOfOurs(form(['_1_a', 'x'], ['0', `[${state},"$K1"]`]), STATE_ACTION)).toBe(true);
    expect(isFormOfOurs(form([`$ACTION_ID_${FORM_ACTION}`, ''], ['a', 'x']), null)).toBe(true);
    expect(isFormOfOurs(form(...reference(`[${state}]`), ['a', 'x']), null)).toBe(true);
  });

  it.each([
    ['["$K1","$K1"]', FORM_ACTION],
    ['["$K1"]', STATE_ACTION],
    ['[]', FORM_ACTION],
    ['[null]', FORM_ACTION],
    ['["$K2"]', FORM_ACTION],
    ['{', FORM_ACTION],
    ['["$Q1","$K1"]', STATE_ACTION],
    ['[{"a":"$0:0"},"$K1"]', STATE_ACTION],
    ['[{"__proto__":{}},"$K1"]', STATE_ACTION],
    [`[${'['.repeat(99)}${']'.repeat(99)},"$K1"]`, STATE_ACTION],
    ['["$K1"]', 'toString'],
    ['["$K1"]', `41${'a'.repeat(40)}`],
  ])('is refused if the arguments %s do not match the action’s signature', (root, action) => {
    expect(isFormOfOurs(form(['0', root]), action)).toBe(false);
  });

  it('is refused without an action, with two, with NUL, with a file, and with an action of another signature', () => {
    const id: [string, string] = [`$ACTION_ID_${FORM_ACTION}`, ''];
    for (const wrong of [
      form(['a', 'x']),
      form(id, id),
      form(id, ['$ACTION_REF_1', '']),
      form(id, ['a', '\0']),
      form(id, ['a', new Blob(['x'])]),
      form([`$ACTION_ID_${STATE_ACTION}`, '']),
      form(['$ACTION_REF_1', '']),
      form(...reference('[1,2]')),
      form(...reference('["$Q1"]')),
      form(...reference('[null]', FORM_ACTION)),
      form(...reference('[null]'), ['$other', '']),
    ]) {
      expect(isFormOfOurs(wrong, null), JSON.stringify([...wrong])).toBe(false);
    }
  });

  it('has at most one file, of one name, where a letter’s text is written', () => {
    const id: [string, string] = [`$ACTION_ID_${FORM_ACTION}`, ''];
    const file: [string, Blob] = ['wordFile', new Blob(['x'])];
    expect(isFormOfOurs(form(id, file), null, true)).toBe(true);
    expect(isFormOfOurs(form(['_1_wordFile', file[1]], ['0', '["$K1"]']), FORM_ACTION, true)).toBe(
      true,
    );
    expect(isFormOfOurs(form(id, file), null)).toBe(false);
    expect(isFormOfOurs(form(id, file, file), null, true)).toBe(false);
    expect(isFormOfOurs(form(id, ['a', file[1]]), null, true)).toBe(false);
    const at = (target: string) => takesFile({ target });
    expect(at('/ja/admin/letters/a-letter/text?language=ja')).toBe(true);
    expect(at('/en/admin/letters/a-letter/review?open=vouch')).toBe(true);
    expect(at('/en/admin/letters/a-letter/times')).toBe(false);
    expect(at('/en/letters/a-letter/text')).toBe(false);
  });

  it('is read to its end, kept only up to its limit, and never causes an exception', async () => {
    const stream = (size: number) => new Blob(['x'.repeat(size)]).stream();
    expect((await bytesWithin(stream(100), 100))?.length).toBe(100);
    expect(await bytesWithin(stream(101), 100)).toBeNull();
    expect((await bytesWithin(null, 100))?.length).toBe(0);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await parseForm(Buffer.from(bytes), 'multipart/form-data; boundary=x')).toBeNull();
      }),
    );
  });
});
