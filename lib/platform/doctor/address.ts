import ipaddr from 'ipaddr.js';
import { parse } from 'tldts';
import { bad, good, note, reasonOf, type Finding } from './finding';
import { answers, type Dns } from './resolver';

/** Names that belong to nobody (RFC 2606, RFC 6762, RFC 8375). */
const RESERVED =
  /(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost|local|internal|home\.arpa)$/;

const isPublicAddress = (address: string) => ipaddr.process(address).range() === 'unicast';

async function hostFinding(host: string, dns: Dns): Promise<Finding> {
  const todo = 'Set it to the address that people open, and let its name lead to this server.';
  const { isIp, isIcann, domain } = parse(host);
  if (isIp || RESERVED.test(host) || !isIcann || domain === null)
    return bad(`APP_URL: ${host} is not the name of a public host.`, todo);
  try {
    const addresses = (
      await Promise.all([answers(dns.resolve4(host)), answers(dns.resolve6(host))])
    ).flat();
    if (addresses.length === 0) return bad(`APP_URL: the DNS does not know ${host}.`, todo);
    return addresses.every(isPublicAddress)
      ? good(`APP_URL: ${host} is a public host.`)
      : bad(`APP_URL: ${host} leads to an address that is not public.`, todo);
  } catch (error) {
    return note(
      `APP_URL: the DNS was asked for ${host} and did not answer (${reasonOf(error)}).`,
      'Try again, or look it up from another machine.',
    );
  }
}

/** Whether APP_URL, as it is written, can be the address that people open. */
export async function addressFindings(appUrl: string, dns: Dns): Promise<Finding[]> {
  const url = new URL(appUrl);
  const findings: Finding[] = [];
  if (url.protocol !== 'https:')
    findings.push(
      bad(
        'APP_URL is not https: links, sign-ins and what people enter could be read on the way.',
        'Put a web server that speaks https in front, and write https:// here.',
      ),
    );
  if (url.pathname !== '/' || url.search || url.hash || url.username)
    findings.push(
      bad(
        'APP_URL has more than a host: the product takes the whole of it.',
        `Write ${url.origin}, and give the product a host of its own.`,
      ),
    );
  return [...findings, await hostFinding(url.hostname, dns)];
}
