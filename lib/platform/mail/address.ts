/**
 * E-mail addresses as mail servers take them. Pure, for the form, the API and the command line.
 */
import { rawMax } from '@/lib/platform/text/raw-text';
import { trimMatching } from '@/lib/platform/text/trim';

/** RFC 5321, 4.5.3.1.3: a path has at most 256 octets including its angle brackets. */
export const EMAIL_MAX = 254;
/** RFC 5321, 4.5.3.1.1. */
const LOCAL_MAX = 64;

/**
 * The characters of an atom (RFC 5322, 3.2.3) and dots. Dots may follow each other or stand last,
 * as in addresses that Japanese carriers once gave (`first.@docomo.ne.jp`).
 */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-][a-z0-9!#$%&'*+/=?^_`{|}~.-]*$/i;
/** A host name in ASCII with two labels or more, the last of which is not a number. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
/** Characters that `URL` would read as something other than a part of the host. */
const NOT_HOST = /[\s/\\?#:@%[\]<>]/u;

/** What pasting leaves around an address: brackets, quotes and punctuation. */
const BEFORE = /[<(["“‘「『（＜\s]/u;
const AFTER = /[>)\]"'”’」』）＞;,.。、，；\s]/u;

/**
 * An address without what pasting brought with it: invisible marks, `mailto:`, a name before
 * `<address>`, brackets and punctuation around it, full-width characters. Anything else stays as
 * typed.
 */
export function tidyAddress(typed: string): string {
  if (typed.length > rawMax(EMAIL_MAX)) return typed;
  const text = typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  return trimMatching(text.slice(text.lastIndexOf('<') + 1), BEFORE, AFTER).replace(
    /^mailto:([^?]*).*$/isu,
    '$1',
  );
}

/**
 * The stored form of an address: a host name in any script as ASCII (`xn--…`) and lower case, the
 * part before the `@` as typed. Null if no mail server would take it.
 */
export function storedAddress(typed: string): string | null {
  const address = tidyAddress(typed);
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 0 || local.length > LOCAL_MAX || !LOCAL.test(local) || NOT_HOST.test(domain))
    return null;
  const url = `http://${domain}`;
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (!HOST.test(host)) return null;
  const stored = `${local}@${host}`;
  return stored.length > EMAIL_MAX ? null : stored;
}

/**
 * The key by which addresses are compared: the stored form in lower case. (Few providers
 * distinguish case, and two rows per person would be worse.) What is no address is its own key.
 */
export function addressKey(address: string): string {
  return (storedAddress(address) ?? address.trim()).toLowerCase();
}
