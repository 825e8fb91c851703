import ipaddr from 'ipaddr.js';
import { connectionOf } from './connection';
import { env } from './env';

/** The networks of a client, as used by rate limits. */
export interface Client {
  /** The smallest network that is likely to belong to one client: an IPv4 address, an IPv6 /64. */
  network: string;
  /** The surrounding network, typically of one provider: an IPv4 /24, an IPv6 /48. */
  neighbourhood: string;
}

/**
 * Clients with an unknown address share one budget, so that hiding the address gives no advantage.
 */
const UNKNOWN: Client = { network: 'unknown', neighbourhood: 'unknown' };

/** The header with the client's address, set by a proxy. */
export interface AddressHeader {
  name: string;
  /** Position in a list from the right; 1 is the entry added by the nearest proxy. */
  fromRight: number;
}

/**
 * Parses CLIENT_ADDRESS: null for `socket`, the address of the connection; else a header set by the
 * proxy, such as `cf-connecting-ip`, or `x-forwarded-for`, with `:2` etc. if several proxies append
 * to it.
 */
export function addressHeader(setting: string): AddressHeader | null {
  if (setting.toLowerCase() === 'socket') return null;
  const [name = '', position = '1'] = setting.split(':');
  return { name: name.toLowerCase(), fromRight: Number(position) };
}

function parse(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  // Some proxies put IPv6 in brackets or append the port.
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

/**
 * The networks of an address: IPv4 /32 and /24, IPv6 /64 and /48; IPv4-mapped IPv6 counts as IPv4.
 * Null if it is invalid.
 */
export function clientFrom(text: string): Client | null {
  const address = parse(text);
  if (!address) return null;
  const [narrow, wide] = address.kind() === 'ipv4' ? [32, 24] : [64, 48];
  return { network: networkOf(address, narrow), neighbourhood: networkOf(address, wide) };
}

/** The networks of a request's client, determined only as configured in CLIENT_ADDRESS. */
export function clientOf(headers: Headers): Client {
  const header = addressHeader(env().CLIENT_ADDRESS);
  const address = header
    ? headers.get(header.name)?.split(',').at(-header.fromRight)
    : connectionOf(headers)?.peer;
  return (address && clientFrom(address)) || UNKNOWN;
}
