import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addressFindings } from '@/lib/platform/doctor/address';
import { reportOf } from '@/lib/platform/doctor/finding';
import { mailDomainFindings } from '@/lib/platform/doctor/mail-domain';
import { nodeFinding, operatorFinding, secretFinding } from '@/lib/platform/doctor/settings';
import { dnsOf, type Zone } from '@/tests/support/dns';

describe('the secret', () => {
  it.each([
    randomBytes(32).toString('hex'),
    randomBytes(16).toString('hex'),
    randomBytes(24).toString('base64'),
  ])('that is random is good: %s', (secret) => {
    expect(secretFinding(secret).level).toBe('good');
  });
  it.each([
    'x'.repeat(32),
    'abcd'.repeat(8),
    'fedcba9876543210fedcba9876543210',
    'abcabbbbcbbbabbccbbcacbbacbcbcccbcaa',
    'change-me-before-you-go-into-production',
    'My very own Secret of many characters!',
    '10101101010010101110101001010111',
  ])('that could be guessed is bad, and is not printed: %s', (secret) => {
    const finding = secretFinding(secret);
    expect(finding.level).toBe('bad');
    expect(reportOf([finding])).not.toContain(secret);
    expect(finding.todo).toContain('openssl rand -hex 32');
  });
});

describe('Node.js', () => {
  it.each([
    ['18.20.4', 'bad'],
    ['20.18.3', 'bad'],
    ['20.19.0', 'note'],
    ['22.12.0', 'note'],
    ['24.0.0', 'good'],
    ['26.1.0', 'good'],
  ])('%s is %s', (version, level) => {
    expect(nodeFinding(version).level).toBe(level);
  });
});

it('an instance without an operator is bad', () => {
  expect(operatorFinding(undefined).level).toBe('bad');
  expect(operatorFinding('Example Foundation, Tokyo').level).toBe('good');
});

describe('the address', () => {
  const zone: Zone = {
    'letters.ngo.org': { a: ['8.8.8.8', '2001:4860:4860::8888'] },
    'six.ngo.org': { a: ['2001:4860:4860::8888'] },
    'inside.ngo.org': { a: ['10.0.0.7'] },
    'mixed.ngo.org': { a: ['8.8.8.8', '192.168.0.1'] },
    'down.ngo.org': 'down',
  };
  const levels = async (url: string) =>
    (await addressFindings(url, dnsOf(zone))).map(({ level }) => level);

  it.each([
    ['https://letters.ngo.org', ['good']],
    ['https://letters.ngo.org/', ['good']],
    ['https://six.ngo.org:8443', ['good']],
    ['http://letters.ngo.org', ['bad', 'good']],
    ['https://letters.ngo.org/letters', ['bad', 'good']],
    ['https://me@letters.ngo.org', ['bad', 'good']],
    ['https://letters.example.org', ['bad']],
    ['https://localhost', ['bad']],
    ['https://server', ['bad']],
    ['https://server.local', ['bad']],
    ['https://8.8.8.8', ['bad']],
    ['https://[::1]', ['bad']],
    ['https://inside.ngo.org', ['bad']],
    ['https://mixed.ngo.org', ['bad']],
    ['https://unknown.ngo.org', ['bad']],
    ['https://down.ngo.org', ['note']],
  ])('%s is %j', async (url, expected) => {
    expect(await levels(url)).toEqual(expected);
  });
});

describe('the domain of the sender', () => {
  const KEY = { txt: [['p=MIGfMA0GCSqG', 'SIb3DQEB']] };
  const whole: Zone = {
    'ngo.org': { txt: [['site=1'], ['v=spf1 include:mail.ngo.org ~all']] },
    'send.ngo.org': { txt: [['v=spf1 include:amazonses.com', ' ~all']] },
    'resend._domainkey.ngo.org': KEY,
    '_dmarc.ngo.org': { txt: [['v=DMARC1; p=none; rua=mailto:post@ngo.org']] },
  };
  const levels = async (domain: string, provider: 'resend' | 'smtp', zone: Zone) =>
    (await mailDomainFindings(domain, provider, dnsOf(zone))).map(({ level }) => level).join(' ');

  it('with everything is good, but for DKIM by SMTP, which cannot be known', async () => {
    expect(await levels('ngo.org', 'resend', whole)).toBe('good good good');
    expect(await levels('ngo.org', 'smtp', whole)).toBe('good note good');
  });
  it('without records names each that is missing', async () => {
    expect(await levels('ngo.org', 'resend', {})).toBe('note bad bad');
    expect(await levels('ngo.org', 'smtp', {})).toBe('bad note bad');
  });
  it('has the policy of the domain that it is part of', async () => {
    const zone = { ...whole, 'mail.ngo.org': { txt: [['v=spf1 -all']] } };
    expect(await levels('mail.ngo.org', 'smtp', zone)).toBe('good note good');
  });
  it.each([
    [{ 'ngo.org': { txt: [['v=spf10 -all']] } }, 'bad note good'],
    [{ '_dmarc.ngo.org': { txt: [['v=DMARC1; rua=mailto:x@ngo.org']] } }, 'good note bad'],
    [
      { '_dmarc.ngo.org': { txt: [['v=DMARC1; p=none'], ['v=DMARC1; p=reject']] } },
      'good note bad',
    ],
    [{ '_dmarc.ngo.org': { txt: [['v=DMARC1;p=re', 'ject']] } }, 'good note good'],
    [{ '_dmarc.ngo.org': 'down' }, 'good note note'],
  ] as [Zone, string][])('with %j is %s', async (records, expected) => {
    expect(await levels('ngo.org', 'smtp', { ...whole, ...records })).toBe(expected);
  });
  it('with two records is told so', async () => {
    const zone: Zone = { 'ngo.org': { txt: [['v=spf1 a -all'], ['v=spf1 mx -all']] } };
    const [spf] = await mailDomainFindings('ngo.org', 'smtp', dnsOf(zone));
    expect(spf!.says).toBe('SPF: ngo.org has 2 records, so that none counts.');
  });
  it('whose key was revoked has none', async () => {
    const zone = { ...whole, 'resend._domainkey.ngo.org': { txt: [['v=DKIM1; p=']] } };
    expect(await levels('ngo.org', 'resend', zone)).toBe('good bad good');
  });
});
