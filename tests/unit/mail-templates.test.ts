import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { darkScheme } from '@/emails/styles';
import { renderMail } from '@/emails/render';
import { oneLine } from '@/emails/defuse-links';
import {
  REVIEW_NOTICE_MINUTES,
  SIGN_IN_LINK_MINUTES,
  UNCONFIRMED_DAYS,
  PEOPLE,
} from '@/lib/platform/limits';
import type { ByLanguage } from '@/lib/platform/languages';
import type { MailProps } from '@/lib/platform/mail/kinds';
import type { MailToRender } from '@/lib/platform/mail/message';

const APP = 'https://letters.example.org';
const TOKEN = 'c2VjcmV0LXRva2VuLXNlY3JldC10b2tlbi1zZWNyZXQ';
const ENDING = 'ZW5kaW5nLXRva2VuLWVuZGluZy10b2tlbi1lbmRpbmc';
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
  ...([true, false] as const).map((isReminder): Case => [
    `invite_to_sign, ${isReminder ? 'again' : 'first'}`,
    `/invited/${TOKEN}`,
    (language) => ({
      kind: 'invite_to_sign',
      language,
      to,
      token: TOKEN,
      endingToken: ENDING,
      props: {
        ...about,
        organization: 'Test Organization',
        message: isReminder ? null : 'Please sign.',
        isReminder,
        closesAt: isReminder ? null : '2026-11-28T15:00:00.000Z',
        timeZone,
      },
    }),
  ]),
  [
    'mailing',
    '/letters/icc-japan-2025',
    (language) => ({
      kind: 'mailing',
      language,
      to,
      endingToken: ENDING,
      props: {
        letterSlug: about.letterSlug,
        letterTitles: { en: about.letterTitle },
        contact: null,
        texts: {
          en: { title: 'News', body: 'We were **heard**.' },
          ja: { title: '進展', body: '本文' },
        },
        authoritativeLanguage: 'en',
        isTest: false,
      },
    }),
  ],
  ...([true, false] as const).map((withheld): Case => [
    `confirm_attested, ${withheld ? 'withheld' : 'named'}`,
    `/attested/${TOKEN}`,
    (language) => ({
      kind: 'confirm_attested',
      language,
      to,
      token: TOKEN,
      props: {
        ...about,
        organization: { en: 'Test Organization' },
        withheld,
        kind: withheld ? 'paper' : 'form',
        expiresAt: '2026-11-28T15:00:00.000Z',
        timeZone,
      },
    }),
  ]),
  ...([null, '2026-11-28T15:00:00.000Z'] as const).map((closesAt): Case => [
    `reminder, ${closesAt ? 'with' : 'without'} a deadline`,
    `/confirm/${TOKEN}`,
    (language) => ({
      kind: 'reminder',
      language,
      to,
      token: TOKEN,
      endingToken: ENDING,
      props: { ...about, organization, withheld: false, expiresAt, closesAt, timeZone },
    }),
  ]),
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
  ...([true, false] as const).map((withheld): Case => [
    withheld ? 'confirmed, withheld' : 'confirmed',
    `/entry/${TOKEN}`,
    (language) => ({
      kind: 'confirmed',
      language,
      to,
      token: TOKEN,
      props: { ...about, organization, withheld },
    }),
  ]),
  [
    'links to entries, of one',
    `/entry/${TOKEN}`,
    (language) => ({
      kind: 'entry_links',
      language,
      to,
      token: TOKEN,
      props: { entries: [{ letterTitle: 'Joint Letter', organization }] },
    }),
  ],
  ...([true, false] as const).map((accepted): Case => [
    accepted ? 'change accepted' : 'change declined',
    '/letters/icc-japan-2025#signatories',
    (language) => ({
      kind: 'change_decided',
      language,
      to,
      props: { ...about, organization, accepted, withheld: accepted, note: 'one\ntwo' },
    }),
  ]),
  ...(['deleted', 'kept'] as const).map((outcome): Case => [
    `erased, ${outcome}`,
    '/letters/icc-japan-2025',
    (language) => ({ kind: 'erased', language, to, props: { ...about, outcome } }),
  ]),
  ...([true, false] as const).map((withheld): Case => [
    withheld ? 'nominated to follow, withheld' : 'nominated to join',
    `/nomination/${TOKEN}`,
    (language) => ({
      kind: 'nominated',
      language,
      to,
      token: TOKEN,
      props: {
        ...about,
        organization: withheld ? {} : organization,
        withheld,
        nominator: withheld ? null : 'Hana Heiwa',
        handsOver: withheld,
        expiresAt: '2025-05-01T00:00:00Z',
        timeZone: 'Asia/Tokyo',
      },
    }),
  ]),
  [
    'joined',
    `/entry/${TOKEN}`,
    (language) => ({
      kind: 'joined',
      language,
      to,
      token: TOKEN,
      props: { ...about, organization },
    }),
  ],
  ...(['added', 'left', 'removed', 'handed_over'] as const).map((what): Case => [
    `representatives changed, ${what}`,
    '/letters/icc-japan-2025',
    (language) => ({
      kind: 'representatives_changed',
      language,
      to,
      props: { ...about, organization, what },
    }),
  ]),
  ...([TOKEN, undefined] as const).map((token): Case => [
    token ? 'deletion notice' : 'deletion notice, whose link was replaced',
    token ? `/entry/${token}#contact-data` : '/entry',
    (language) => ({
      kind: 'deletion_notice',
      language,
      to,
      ...(token && { token }),
      props: { ...about, organization, deletesAt: '2026-11-28T15:00:00.000Z', timeZone },
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
        steps: [
          {
            number: 2,
            kind: 'substance',
            reason: { ja: '理由' },
            difference: [
              {
                language: 'en',
                change: 'changed',
                parts: [
                  {
                    part: 'body',
                    lines: [
                      {
                        block: { tag: 'li', depth: 1 },
                        runs: [
                          { kind: 'same', segments: [{ text: 'One ', style: { em: true } }] },
                          { kind: 'removed', segments: [{ text: 'two', style: {} }] },
                          {
                            kind: 'added',
                            segments: [
                              { text: 'three', style: { strong: true, href: 'https://a.org/' } },
                              { text: ' four', style: {} },
                            ],
                          },
                          {
                            kind: 'restyled',
                            segments: [{ text: 'five', style: {} }],
                            was: { href: 'https://b.org/' },
                          },
                        ],
                      },
                    ],
                  },
                ],
              },
              { language: 'ja', change: 'added', parts: [] },
            ],
            date: { before: '2025-04-23', after: '2025-05-01' },
          },
        ],
        shortened: true,
        expiresAt,
        timeZone,
      },
    }),
  ],
  [
    'review notice',
    '/admin/letters/icc-japan-2025/review',
    (language) => ({ kind: 'review_notice', language, to, props: about }),
  ],
  [
    'sign-in',
    `/admin/sign-in/confirm?token=${TOKEN}`,
    (language) => ({ kind: 'sign_in', language, to, token: TOKEN, props: {} }),
  ],
  ...(['observer', 'reviewer', 'owner'] as const).map((role): Case => [
    `invitation, ${role}`,
    '/admin',
    (language) => ({
      kind: 'invitation',
      language,
      to,
      props: { ...about, inviter: 'owner@example.org', role },
    }),
  ]),
];

describe.each(['ja', 'en'] as const)('in %s,', (language) => {
  test.each(cases)(
    'a mail (%s) has its single link, and one that ends reminders, in HTML and plain text, in the recipient’s language',
    async (_, path, make) => {
      const mail = make(language);
      const { subject, html, text, links, oneClickUrl } = await renderMail(mail, APP);
      expect(html).toMatch(new RegExp(`<html[^>]* lang="${language}"`));
      expect(subject).not.toMatch(/[\r\n]/);
      const endings = {
        reminder: ['unsubscribe', 'unsubscribe'],
        invite_to_sign: ['invited/end', 'invited'],
        mailing: ['mailings', 'mailings'],
      };
      const [page, oneClick] = endings[mail.kind as keyof typeof endings] ?? [];
      expect(links.slice(1)).toEqual(page ? [`${APP}/${language}/${page}/${ENDING}`] : []);
      expect(oneClickUrl).toBe(oneClick && `${APP}/api/${oneClick}/${ENDING}`);
      const link = links[0]!;
      expect(link).toContain(`${APP}/${language}${path}`);
      expect(text).toContain(link);
      const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) =>
        href.replaceAll('&amp;', '&'),
      );
      expect(new Set(hrefs)).toEqual(new Set(links));
      for (const other of links) expect(text).toContain(other);
      expect(text.match(/https?:\/\//g)).toHaveLength(links.length);
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

test.each([
  ['ja', '2026年11月28日(土) 23:59'],
  ['en', 'November 28, 2026'],
] as const)(
  'in %s, a deadline at the end of a day is that day’s last minute, as on the letter’s page',
  async (language, said) => {
    const telling = cases.filter(([name]) => /first|with a deadline/.test(name));
    expect(telling.length).toBe(2);
    for (const [, , make] of telling)
      expect((await renderMail(make(language), APP)).text).toContain(said);
  },
);

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

test('the mail about an approval has the links to the list, to the entry and to texts to share', async () => {
  const [, , approvedOf] = cases.find(([name]) => name === 'approved')!;
  const { html, text, links } = await renderMail(
    { ...approvedOf('en'), token: TOKEN } as MailToRender,
    APP,
  );
  const expected = [
    `${APP}/en/letters/icc-japan-2025#signatories`,
    `${APP}/en/entry/${TOKEN}`,
    `${APP}/en/entry/share/${TOKEN}`,
  ];
  expect(links).toEqual(expected);
  for (const link of expected) {
    expect(text).toContain(link);
    expect(html).toContain(`href="${link}"`);
  }
});

test('a mail with links to several entries has each beside its letter and organization', async () => {
  const second = `x${TOKEN.slice(1)}`;
  const { text, links } = await renderMail(
    {
      kind: 'entry_links',
      language: 'ja',
      to,
      token: `${TOKEN} ${second}`,
      props: {
        entries: [
          { letterTitle: 'First', organization: { en: 'One' } },
          { letterTitle: 'Second', organization: { en: 'Two' } },
        ],
      },
    },
    APP,
  );
  const expected = [`${APP}/ja/entry/${TOKEN}`, `${APP}/ja/entry/${second}`];
  expect(links).toEqual(expected);
  const places = ['First', 'One', expected[0]!, 'Second', 'Two', expected[1]!].map((said) =>
    text.indexOf(said),
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

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
    const noticeOf = cases.find(([name]) => name === 'deletion notice')![2];
    const deletion = await renderMail(noticeOf(language), APP);
    // By the letter's clocks, on which the day has begun.
    expect(deletion.text).toContain({ ja: '2026年11月29日', en: 'November 29, 2026' }[language]);
    expect(deletion.text).toContain(
      { ja: `${PEOPLE.keptMonths}か月`, en: `${PEOPLE.keptMonths} more months` }[language],
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
  // The addresses of links are words, kept from becoming links of the mail.
  const text = async (mail: MailToRender) =>
    (await renderMail(mail, APP)).text.replaceAll('\u2060', '');
  expect(await text(make('en'))).toContain(
    '• One [removed: two][added: three (https://a.org/) four]five (no longer a link to https://b.org/)',
  );
  expect(await text(make('ja'))).toContain('【削除：two】【追加：three (https://a.org/) four】');
  const { steps, ...props } = make('en').props as MailProps['reaffirm'];
  const step = {
    kind: 'correction' as const,
    reason: { en: 'A typo.' },
    difference: [],
    date: null,
  };
  const second = await text({
    ...make('en'),
    props: { ...props, steps: [...steps, { ...step, number: 1 }] },
  } as MailToRender);
  expect(second).toMatch(/Revision 2 · Substantive change[^]*Revision 1 · Correction[^]*A typo\./);
  // A mail from before revisions were told apart.
  const pieces = [
    { kind: 'same' as const, text: 'One ' },
    { kind: 'added' as const, text: 'two' },
  ];
  const difference = [{ language: 'en', change: 'changed', parts: [{ part: 'body', pieces }] }];
  expect(
    await text({
      ...make('en'),
      props: { ...props, reason: {}, difference, date: null },
    } as unknown as MailToRender),
  ).toContain('One [added: two]');
});

test.each(cases)(
  'in the dark scheme, a mail (%s) has no colour of the light one',
  async (_, __, make) => {
    const { html } = await renderMail(make('en'), APP);
    const bright: string[] = [];
    const classes: string[][] = [];
    const parser = new Parser({
      onopentag(name, { style = '', class: own = '' }) {
        classes.push(own.split(' '));
        for (const [, property = ''] of style.matchAll(/(?:^|;)([a-z-]+):[^;]*#[0-9a-f]{6}/g)) {
          const role = property.startsWith('border') ? 'border-color' : property;
          const ruled = (selector: string) => darkScheme.includes(`.${selector}{${role}:`);
          const inherits = name === 'td' && classes.flat().includes('paper') && ruled('paper td');
          if (!own.split(' ').some(ruled) && !inherits) bright.push(`${name} ${property}`);
        }
      },
      onclosetag: () => void classes.pop(),
    });
    parser.end(html);
    expect(bright).toEqual([]);
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
    expect(html).toContain(`<style>${darkScheme}</style>`);
  },
);

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
      fc.pre(ja !== en); // what is the same in both is said once
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
            /whoever invited your organization|賛同を呼びかけた方にお尋ねください/,
          );
        }
    },
  );
});
