import ipaddr from 'ipaddr.js';
import { connectionOf } from './connection';
import { env } from './env';

/** Where a request comes from, as rate limits count it. */
export interface Client {
  /** The smallest network that one person is likely to have: an IPv4 address, an IPv6 /64. */
  network: string;
  /** The network around it that one provider hands out: an IPv4 /24, an IPv6 /48. */
  neighbourhood: string;
}

/** Requests whose address cannot be told share one budget, so that hiding it wins nothing. */
const UNKNOWN: Client = { network: 'unknown', neighbourhood: 'unknown' };

/** The header in which a proxy passes the client's address on. */
export interface AddressHeader {
  name: string;
  /** Which entry of a list counts, from the right; 1 is what the nearest proxy added. */
  fromRight: number;
}

/**
 * What CLIENT_ADDRESS says: null for `socket`, the address of the connection; else a header that the proxy sets, such as
 * `cf-connecting-ip`, or `x-forwarded-for`, with `:2` and so on where more than one proxy appends to it.
 */
export function addressHeader(setting: string): AddressHeader | null {
  if (setting.toLowerCase() === 'socket') return null;
  const [name = '', position = '1'] = setting.split(':');
  return { name: name.toLowerCase(), fromRight: Number(position) };
}

function parse(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  // Some proxies write IPv6 in brackets or add the port.
  const bare = text
    .trim()
    .replace(/^\[([0-9a-f:.]{2,45})\](?::\d{1,5})?$/i, '$1')
    .replace(/^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/, '$1');
  return bare.length <= 45 && ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string {
  const masked = address
    .toByteArray()
    .map((byte, index) => byte & (0xff << (8 - Math.min(8, Math.max(0, bits - 8 * index)))));
  return `${ipaddr.fromByteArray(masked).toNormalizedString()}/${bits}`;
}

/** The networks of a textual address: IPv4 /32 and /24, IPv6 /64 and /48; IPv4-mapped IPv6 counts as IPv4. Null when it is none. */
export function clientFrom(text: string): Client | null {
  const address = parse(text);
  if (!address) return null;
  const [narrow, wide] = address.kind() === 'ipv4' ? [32, 24] : [64, 48];
  return { network: networkOf(address, narrow), neighbourhood: networkOf(address, wide) };
}

/** Where a request comes from, told the way CLIENT_ADDRESS says and no other. */
export function clientOf(headers: Headers): Client {
  const header = addressHeader(env().CLIENT_ADDRESS);
  const address = header
    ? headers.get(header.name)?.split(',').at(-header.fromRight)
    : connectionOf(headers)?.peer;
  return (address && clientFrom(address)) || UNKNOWN;
}
