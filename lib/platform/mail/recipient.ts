import { getDomain } from 'tldts';
import { addressKey } from './address';

/** Providers that ignore dots in the local part. */
const IGNORES_DOTS = new Set(['gmail.com', 'proton.me', 'protonmail.com', 'pm.me']);
const SAME_DOMAIN: Record<string, string> = { 'googlemail.com': 'gmail.com' };

/** Providers with unrelated mailboxes: a limit on their whole domain would affect strangers. */
export const LARGE_PROVIDERS: ReadonlySet<string> = new Set([
  '163.com',
  'aol.com',
  'docomo.ne.jp',
  'ezweb.ne.jp',
  'fastmail.com',
  'gmail.com',
  'gmx.com',
  'gmx.de',
  'gmx.net',
  'hanmail.net',
  'hotmail.co.jp',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'live.jp',
  'mac.com',
  'mail.ru',
  'me.com',
  'msn.com',
  'naver.com',
  'nifty.com',
  'outlook.com',
  'outlook.jp',
  'pm.me',
  'proton.me',
  'protonmail.com',
  'qq.com',
  'softbank.ne.jp',
  'web.de',
  'yahoo.co.jp',
  'yahoo.com',
  'yandex.ru',
  'ymail.ne.jp',
]);

/** A mailbox and its domain, as used by rate limits. */
export interface Recipient {
  /**
   * The address without parts that its provider ignores, so that variants of one mailbox share a
   * limit.
   */
  mailbox: string;
  /** The registrable domain; null for large providers, whose mailboxes are unrelated. */
  domain: string | null;
  /** The domain, of large providers, too. */
  provider: string;
}

/**
 * The mailbox that receives mail to `address`. `+tag` is removed for every provider: if one does
 * not ignore it, two addresses share a limit, which is harmless.
 */
export function recipientOf(address: string): Recipient {
  const key = addressKey(address);
  const at = key.lastIndexOf('@');
  const host = key.slice(at + 1);
  const domain = SAME_DOMAIN[host] ?? host;
  const local = key.slice(0, at).split('+')[0] ?? '';
  const mailbox = `${IGNORES_DOTS.has(domain) ? local.replaceAll('.', '') : local}@${domain}`;
  const registrable = getDomain(domain) ?? domain;
  const large = [registrable, domain].find((one) => LARGE_PROVIDERS.has(one));
  return { mailbox, domain: large ? null : registrable, provider: large ?? registrable };
}
