import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMail } from '@/emails/render';
import { oneLine } from '@/emails/defuse-links';
import {
  REVIEW_NOTICE_MINUTES,
  SIGN_IN_LINK_MINUTES,
  UNCONFIRMED_DAYS,
} from '@/lib/platform/limits';
import type { ByLanguage } from '@/lib/platform/languages';
import type { MailToRender } from '@/lib/platform/mail/message';

const APP = 'https://letters.example.org';
const TOKEN = 'c2VjcmV0LXRva2VuLXNlY3JldC10b2tlbi1zZWNyZXQ';
const about = { letterSlug: 'icc-japan-2025', letterTitle: 'Joint Letter' };
const organization = { ja: '特定非営利活動法人テスト', en: 'Test Organization' };
const expiresAt = '2026-11-30T15:05:00.000Z';
const timeZone = 'Asia/Tokyo';

type Case = [name: string, link: string, mail: (language: 'ja' | 'en') => MailToRender];

const to = 'yuki@example.org';
const cases: Case[] = [
  [
    'confirm',
    `/confirm/${TOKEN}`,
    (language) => ({
      kind: 'confirm',
      language,
      to,
      token: TOKEN,
      props: { ...about, organization, withheld: false, expiresAt, timeZone },
    }),
  ],
  [
    'confirm, withheld',
    `/confirm/${TOKEN}`,
    (language) => ({
      kind: 'confirm',
      language,
      to,
      token: TOKEN,
      props: { ...about, organization, withheld: true, expiresAt, timeZone },
    }),
  ],
  ...(['verified', 'approved', 'declined', 'withdrawn'] as const).map((state): Case => [
    `already signed, ${state}`,
    '/letters/icc-japan-2025',
    (language) => ({ kind: 'already_signed', language, to, props: { ...about, state } }),
  ]),
  [
    'approved',
    '/letters/icc-japan-2025#signatories',
    (language) => ({
      kind: 'approved',
      language,
      to,
      props: { ...about, organization, withheld: false },
    }),
  ],
  [
    'approved, withheld',
    '/letters/icc-japan-2025#signatories',
    (language) => ({
      kind: 'approved',
      language,
      to,
      props: { ...about, organization, withheld: true },
    }),
  ],
  ...(
    [
      'duplicate',
      'not_an_organization',
      'not_authorised',
      'unverifiable',
      'out_of_scope',
      'other',
    ] as const
  ).map((reason): Case => [
    `declined, ${reason}`,
    '/letters/icc-japan-2025',
    (language) => ({
      kind: 'declined',
      language,
      to,
      props: { ...about, organization, reason, note: 'one\ntwo' },
    }),
  ]),
  [
    'reopened',
    '/letters/icc-japan-2025',
    (language) => ({ kind: 'reopened', language, to, props: { ...about, organization } }),
  ],
  [
    'reaffirm',
    `/reaffirm/${TOKEN}`,
    (language) => ({
      kind: 'reaffirm',
      language,
      to,
      token: TOKEN,
      props: {
        ...about,
        organization,
        revision: 2,
        reason: { ja: '理由' },
        difference: [
          {
            language: 'en',
            change: 'changed',
            parts: [
              {
                part: 'body',
                pieces: [
                  { kind: 'same', text: 'One\n\n' },
                  { kind: 'removed', text: 'two' },
                  { kind: 'added', text: 'three' },
                ],
              },
            ],
          },
          { language: 'ja', change: 'added', parts: [] },
        ],
        date: { before: '2025-04-23', after: '2025-05-01' },
        shortened: true,
        expiresAt,
        timeZone,
      },
    }),
  ],
  [
    'review notice',
    '/admin/letters/icc-japan-2025',
    (language) => ({ kind: 'review_notice', language, to, props: about }),
  ],
  [
    'sign-in',
    `/admin/sign-in/confirm?token=${TOKEN}`,
    (language) => ({ kind: 'sign_in', language, to, token: TOKEN, props: {} }),
  ],
];

describe.each(['ja', 'en'] as const)('in %s,', (language) => {
  test.each(cases)(
    'a mail (%s) has its single link in HTML and plain text, in the recipient’s language',
    async (_, path, make) => {
      const { subject, html, text, links } = await renderMail(make(language), APP);
      expect(html).toMatch(new RegExp(`<html[^>]* lang="${language}"`));
      expect(subject).not.toMatch(/[\r\n]/);
      expect(links).toHaveLength(1);
      const link = links[0]!;
      expect(link).toContain(`${APP}/${language}${path}`);
      expect(text).toContain(link);
      const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) =>
        href.replaceAll('&amp;', '&'),
      );
      expect(new Set(hrefs)).toEqual(new Set([link]));
      expect(text.match(/https?:\/\//g)).toHaveLength(1);
    },
  );

  test.each(cases)('a mail (%s) is byte-identical when rendered again', async (_, __, make) => {
    expect(await renderMail(make(language), APP)).toEqual(await renderMail(make(language), APP));
  });

  test.each(cases)(
    'the subject of a mail (%s) contains neither the recipient’s address nor the organization, since providers log it',
    async (_, __, make) => {
      const { subject } = await renderMail(make(language), APP);
      for (const personal of [to, TOKEN, organization.ja, organization.en])
        expect(subject).not.toContain(personal);
    },
  );
});

test.each(['ja', 'en'] as const)(
  'in %s, the mail about a duplicate does not say that the name will not be published, since it is already',
  async (language) => {
    const mail = (reason: 'duplicate' | 'other') =>
      renderMail(
        { kind: 'declined', language, to, props: { ...about, organization, reason, note: null } },
        APP,
      );
    const unpublished = /will not be published|公表されることもありません/;
    expect((await mail('duplicate')).text).not.toMatch(unpublished);
    expect((await mail('other')).text).toMatch(unpublished);
  },
);

const confirmOf = (
  names: ByLanguage,
  letterTitle = 'Joint Letter',
  language: 'ja' | 'en' = 'en',
): MailToRender => ({
  kind: 'confirm',
  language,
  to,
  token: TOKEN,
  props: { ...about, letterTitle, organization: names, withheld: false, expiresAt, timeZone },
});

test('a mail shows the organization’s name in its own language first', async () => {
  const ja = await renderMail(confirmOf(organization, 'Joint Letter', 'ja'), APP);
  const en = await renderMail(confirmOf(organization), APP);
  expect(ja.text.indexOf(organization.ja)).toBeLessThan(ja.text.indexOf(organization.en));
  expect(en.text.indexOf(organization.en)).toBeLessThan(en.text.indexOf(organization.ja));
});

test.each([
  [
    'Asia/Tokyo',
    '2026年12月1日(火) 00:05（日本標準時）',
    'Tuesday, December 1, 2026 at 00:05 (Japan Standard Time)',
  ],
  [
    'Europe/London',
    '2026年11月30日(月) 15:05（グリニッジ標準時）',
    'Monday, November 30, 2026 at 15:05 (Greenwich Mean Time)',
  ],
  [
    'UTC',
    '2026年11月30日(月) 15:05（協定世界時）',
    'Monday, November 30, 2026 at 15:05 (Coordinated Universal Time)',
  ],
  // Like rows from before mails contained the letter's time zone.
  [
    undefined,
    '2026年12月1日(火) 00:05（日本標準時）',
    'Tuesday, December 1, 2026 at 00:05 (Japan Standard Time)',
  ],
])(
  'a mail shows a link’s expiry in the letter’s time zone (%s), with its name',
  async (zone, ja, en) => {
    const [, , reaffirmOf] = cases.find(([name]) => name === 'reaffirm')!;
    for (const [language, moment] of [
      ['ja', ja],
      ['en', en],
    ] as const)
      for (const mail of [
        confirmOf(organization, 'Joint Letter', language),
        reaffirmOf(language),
      ]) {
        const props = { ...mail.props, timeZone: zone };
        expect((await renderMail({ ...mail, props } as MailToRender, APP)).text).toContain(moment);
      }
  },
);

test('mails state the lifetimes that the product enforces', async () => {
  for (const language of ['ja', 'en'] as const) {
    const notice = await renderMail({ kind: 'review_notice', language, to, props: about }, APP);
    const confirm = await renderMail(confirmOf(organization, 'Joint Letter', language), APP);
    const signIn = await renderMail(
      { kind: 'sign_in', language, to, token: TOKEN, props: {} },
      APP,
    );
    const [days, minutes, valid] = {
      ja: [`${UNCONFIRMED_DAYS}日`, `${REVIEW_NOTICE_MINUTES}分`, `${SIGN_IN_LINK_MINUTES}分間`],
      en: [
        `${UNCONFIRMED_DAYS} days`,
        `${REVIEW_NOTICE_MINUTES} minutes`,
        `within ${SIGN_IN_LINK_MINUTES} minutes`,
      ],
    }[language];
    expect(confirm.text).toContain(days);
    expect(notice.text).toContain(minutes);
    expect(signIn.text).toContain(valid);
  }
});

test('plain text mails distinguish removed from added text', async () => {
  const [, , make] = cases.find(([name]) => name === 'reaffirm')!;
  expect((await renderMail(make('en'), APP)).text).toContain('One\n\n[removed: two][added: three]');
  expect((await renderMail(make('ja'), APP)).text).toContain('【削除：two】【追加：three】');
});

test('markup in an organization’s name is escaped', async () => {
  const hostile =
    '<script>alert(1)</script>"\' onload="x" <a href=\'https://evil.example\'>here</a>';
  const { html, text } = await renderMail(confirmOf({ en: hostile }), APP);
  expect(html).not.toContain('<script');
  expect(html.match(/<a[\s>]/g)).toHaveLength(2);
  expect(text.replaceAll('\u2060', '')).toContain('<script>alert(1)</script>');
});

test('a web or mail address in an organization’s name does not become a link', async () => {
  for (const name of [
    'https://evil.example/login',
    'www.evil.example',
    'mail boss@evil.example',
    'evil.example',
    'ｅ例え.jp',
  ]) {
    const { html, text } = await renderMail(confirmOf({ en: name }), APP);
    expect(html).not.toContain(name);
    expect(text).not.toContain(name);
  }
});

test('line breaks in a letter’s title cannot inject mail headers', async () => {
  const { subject } = await renderMail(
    confirmOf(organization, 'Letter\r\nBcc: everyone@example.org\u2028now'),
    APP,
  );
  expect(subject.replaceAll('\u2060', '')).toBe(
    'Please confirm your endorsement: Letter Bcc: everyone@example.org now',
  );
});

test('a title that contains message syntax is used verbatim in the subject', async () => {
  const title = "It's {title}, <b>bold</b>, '{x}' and # {n, plural, other {}}";
  for (const language of ['ja', 'en'] as const) {
    const { subject } = await renderMail(confirmOf(organization, title, language), APP);
    expect(subject.replaceAll('\u2060', '')).toContain(title);
  }
});

test('an organization’s name cannot change the elements or the link of a mail (property)', async () => {
  const shape = (html: string) => [...html.matchAll(/<\/?[a-z][a-z0-9]*/gi)].map(([tag]) => tag);
  const usual = shape((await renderMail(confirmOf({ ja: '名', en: 'n' }), APP)).html);
  const name = fc
    .oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.stringMatching(/^[<>"'&/a=:.@ -]{1,40}$/),
    )
    .filter((text) => oneLine(text) !== '');
  await fc.assert(
    fc.asyncProperty(name, name, async (ja, en) => {
      const { html, text, links } = await renderMail(confirmOf({ ja, en }), APP);
      expect(shape(html)).toEqual(usual);
      expect(links).toEqual([`${APP}/en/confirm/${TOKEN}`]);
      expect(text).toContain(links[0]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('a mail with a link is not rendered without its token', async () => {
  await expect(
    renderMail({ ...confirmOf(organization), token: undefined } as MailToRender, APP),
  ).rejects.toThrow('needs the token');
});

describe('a mail that says to write to the coordinators', () => {
  const mails = (contact: string | null | undefined, language: 'ja' | 'en'): MailToRender[] => [
    ...(['declined', 'withdrawn', 'approved'] as const).map((state): MailToRender => ({
      kind: 'already_signed',
      language,
      to,
      props: { ...about, contact, state },
    })),
    {
      kind: 'approved',
      language,
      to,
      props: { ...about, contact, organization, withheld: false },
    },
    {
      kind: 'declined',
      language,
      to,
      props: { ...about, contact, organization, reason: 'other', note: null },
    },
  ];

  test.each(['ja', 'en'] as const)('gives their address, in %s', async (language) => {
    for (const mail of mails('r&d@example.org', language)) {
      const { html, text } = await renderMail(mail, APP);
      expect(html, mail.kind).toContain('href="mailto:r%26d@example.org"');
      expect(text, mail.kind).toMatch(/[（(]r&d@example\.org[）)]/);
    }
  });

  test.each(['ja', 'en'] as const)(
    'names who to ask where there is none, in %s',
    async (language) => {
      for (const contact of [null, undefined])
        for (const mail of mails(contact, language)) {
          const { html, text } = await renderMail(mail, APP);
          expect(html).not.toContain('mailto:');
          expect(text).not.toMatch(/contact the coordinators|none|ご連絡ください/);
          expect(text).toMatch(
            /organizations that coordinate the letter|呼びかけ団体にお尋ねください/,
          );
        }
    },
  );
});
