import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMail } from '@/emails/render';
import { SUBJECT_MAX, withoutLinks } from '@/emails/defuse-links';
import type { MailToRender } from '@/lib/platform/mail/message';

const APP = 'https://letters.example.org';
const TOKEN = 'c2VjcmV0LXRva2VuLXNlY3JldC10b2tlbi1zZWNyZXQ';
const to = 'yuki@example.org';
const expiresAt = '2026-11-30T15:05:00.000Z';
const timeZone = 'Asia/Tokyo';

/** Every mail that contains user input, with `typed` in all of it. */
function mails(typed: string, language: 'ja' | 'en'): MailToRender[] {
  const about = { letterSlug: 'a-letter', letterTitle: typed };
  const names = { ja: typed, en: typed };
  return [
    {
      kind: 'confirm',
      language,
      to,
      token: TOKEN,
      props: { ...about, organization: names, withheld: false, expiresAt, timeZone },
    },
    { kind: 'already_signed', language, to, props: { ...about, state: 'approved' } },
    { kind: 'approved', language, to, props: { ...about, organization: names, withheld: false } },
    {
      kind: 'declined',
      language,
      to,
      props: { ...about, organization: names, reason: 'other', note: `${typed}\n${typed}` },
    },
    {
      kind: 'reaffirm',
      language,
      to,
      token: TOKEN,
      props: {
        ...about,
        organization: names,
        revision: 2,
        steps: [3, 2].map((number) => ({
          number,
          kind: 'substance',
          reason: names,
          difference: [
            {
              language: 'en',
              change: 'changed',
              parts: [
                {
                  part: 'body',
                  lines: [
                    {
                      block: { tag: 'p' },
                      runs: (['same', 'removed', 'added', 'restyled'] as const).map((kind) => ({
                        kind,
                        segments: [{ text: typed, style: { strong: true, href: typed } }],
                        ...(kind === 'restyled' && { was: { href: typed } }),
                      })),
                    },
                  ],
                },
              ],
            },
          ],
          date: null,
        })),
        shortened: false,
        expiresAt,
        timeZone,
      },
    },
    {
      kind: 'confirmed',
      language,
      to,
      token: TOKEN,
      props: { ...about, organization: names, withheld: false },
    },
    {
      kind: 'entry_links',
      language,
      to,
      token: TOKEN,
      props: { entries: [{ letterTitle: typed, organization: names }] },
    },
    {
      kind: 'change_decided',
      language,
      to,
      props: {
        ...about,
        organization: names,
        accepted: false,
        withheld: false,
        note: `${typed}\n${typed}`,
      },
    },
    {
      kind: 'deletion_notice',
      language,
      to,
      token: TOKEN,
      props: { ...about, organization: names, deletesAt: expiresAt, timeZone },
    },
    { kind: 'review_notice', language, to, props: about },
    {
      kind: 'mailing',
      language,
      to,
      endingToken: TOKEN,
      props: {
        letterSlug: about.letterSlug,
        letterTitles: { en: typed },
        contact: null,
        // In the body alone owners set links.
        texts: { en: { title: typed, body: 'Text' } },
        authoritativeLanguage: 'en',
        isTest: false,
      },
    },
    { kind: 'invitation', language, to, props: { ...about, inviter: typed, role: 'owner' } },
  ];
}

/**
 * Anything that a mail program could turn into a link, more than any does: address characters
 * between other characters.
 */
const CLICKABLE =
  /[\p{L}\p{N}\p{M}_-][.．｡․][\p{L}\p{N}_-]|[a-z0-9ａ-ｚ０-９]。[a-z0-9ａ-ｚ０-９]|[^\s\u2060][@＠][^\s\u2060]|:\/|：\/|\/\/|[a-z]:[\p{L}\p{N}]/iu;

/** The visible text of a mail, without its own link and the instance's URL. */
function seen(mail: { html: string; text: string; subject: string; links: string[] }): string[] {
  const ours = (text: string) =>
    mail.links
      .reduce((rest, link) => rest.replaceAll(link, ''), text)
      .replaceAll('letters.example.org', '')
      .replace(/\d\d?:\d\d/g, '');
  const html = mail.html
    .replace(/<style[^]*?<\/style>|<head>[^]*?<\/head>|<!--[^]*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#x27;', "'");
  const title = /<title>([^]*?)<\/title>/.exec(mail.html)?.[1] ?? '';
  return [ours(html), ours(mail.text), ours(mail.subject), ours(title)];
}

const ADDRESSES = [
  'http://evil.example/login',
  'www.evil.example',
  'evil.example/login',
  'a@evil.example',
  'evil。example',
  'evil｡example',
  'ｅｖｉｌ．ｅｘａｍｐｌｅ／ｌｏｇｉｎ',
  'ａ＠ｅｖｉｌ．ｅｘａｍｐｌｅ',
  'ｈｔｔｐ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ',
  '//evil.example',
  'mailto:a@evil.example',
  'evil-.example',
  '例え.みんな',
];

describe.each(['ja', 'en'] as const)('in %s,', (language) => {
  test.each(ADDRESSES)(
    'no mail and no subject has a clickable address if "%s" is typed by others',
    async (address) => {
      for (const mail of mails(`Confirm your bank at ${address}`, language)) {
        const rendered = await renderMail(mail, APP);
        for (const text of seen(rendered)) expect(text, mail.kind).not.toMatch(CLICKABLE);
        expect(
          [...rendered.html.matchAll(/href="([^"]*)"/g)]
            .map(([, href]) => href!.replaceAll('&amp;', '&'))
            .filter((href) => !rendered.links.includes(href)),
        ).toEqual([]);
      }
    },
  );
});

test('no mail has clickable addresses in user input, whatever words surround them', async () => {
  const word = fc.constantFrom(
    'Peace',
    '平和を。',
    'evil',
    '例え',
    ' ',
    '.',
    '．',
    '。',
    ':',
    '//',
    '/',
    '@',
    '＠',
    'www.',
    'http',
    'example',
    'ｅｖｉｌ',
    '-',
    '\n',
    '\u200b',
    '\u0301',
    '5',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join('')),
      async (typed) => {
        for (const mail of mails(`x ${typed}`, 'en')) {
          const rendered = await renderMail(mail, APP);
          for (const text of seen(rendered)) expect(text, mail.kind).not.toMatch(CLICKABLE);
        }
      },
    ),
    { numRuns: 20 },
  );
}, 60_000);

test('making addresses unclickable is idempotent', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '.', '。', ':', '/', '@', ' ', '\u2060', 'あ') }),
      (typed) => {
        const once = withoutLinks(typed);
        expect(once).not.toMatch(CLICKABLE);
        expect(withoutLinks(once)).toBe(once);
      },
    ),
  );
});

test('every mail has a single-line subject of limited length, whatever the title', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), async (title) => {
      for (const mail of mails(title, 'ja')) {
        const { subject } = await renderMail(mail, APP);
        expect(subject).not.toMatch(/[\r\n\u2028\u2029\p{Cc}\p{Cs}]/u);
        expect(Array.from(subject).length).toBeLessThanOrEqual(SUBJECT_MAX);
      }
    }),
    { numRuns: 20 },
  );
}, 60_000);

test('the mail about a decline keeps the line breaks of its note, and words that are not addresses', async () => {
  const note = 'U.S. policy, No. 5\nSecond line。つづき';
  const [, , , mail] = mails('', 'en');
  const { text } = await renderMail(
    { ...mail, props: { ...mail!.props, note } } as MailToRender,
    APP,
  );
  expect(text.replaceAll('\u2060', '')).toContain(note);
});
