import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressHeader, clientFrom } from '@/lib/platform/client-address';
import { recipientOf } from '@/lib/platform/mail/recipient';

describe('the networks of a client', () => {
  it.each([
    ['203.0.113.77', '203.0.113.77/32', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.77/32', '203.0.113.0/24'],
    ['203.0.113.77:51234', '203.0.113.77/32', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:0:0:0:0/64', '2001:db8:1:0:0:0:0:0/48'],
    ['[2001:DB8:1:2::9]:443', '2001:db8:1:2:0:0:0:0/64', '2001:db8:1:0:0:0:0:0/48'],
  ])('are derived from %s', (address, network, neighbourhood) => {
    expect(clientFrom(address)).toEqual({ network, neighbourhood });
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    'localhost',
    '300.1.1.1',
    '1.2.3.4, 5.6.7.8',
    'x'.repeat(100_000),
  ])('are null for an invalid address (%#)', (text) => {
    expect(clientFrom(text)).toBeNull();
  });

  it('are equal for all addresses within them', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 0xffff }), (address, last) => {
        const client = clientFrom(address);
        fc.pre(client !== null && client.network.endsWith('/64'));
        const prefix = client!.network.split(':').slice(0, 4).join(':');
        expect(clientFrom(`${prefix}:0:0:0:${last.toString(16)}`)).toEqual(client);
      }),
    );
  });

  it('are determined only as configured', () => {
    expect(addressHeader('socket')).toBeNull();
    expect(addressHeader('Socket')).toBeNull();
    expect(addressHeader('X-Forwarded-For:2')).toEqual({ name: 'x-forwarded-for', fromRight: 2 });
    expect(addressHeader('cf-connecting-ip')).toEqual({ name: 'cf-connecting-ip', fromRight: 1 });
  });
});

describe('a recipient', () => {
  it.each([
    ['First.Last+letters@Gmail.com', 'firstlast@gmail.com', null, 'gmail.com'],
    ['first.last@googlemail.com', 'firstlast@gmail.com', null, 'gmail.com'],
    ['office+1@npo.example.or.jp', 'office@npo.example.or.jp', 'example.or.jp', 'example.or.jp'],
    ['a.b@example.org', 'a.b@example.org', 'example.org', 'example.org'],
    ['someone@mail.docomo.ne.jp', 'someone@mail.docomo.ne.jp', null, 'docomo.ne.jp'],
  ])('has a mailbox, a domain and a provider: %s', (address, mailbox, domain, provider) => {
    expect(recipientOf(address)).toEqual({ mailbox, domain, provider });
  });
});
