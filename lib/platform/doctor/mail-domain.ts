/** What receiving servers look up about the domain that mails come from. */
import { getDomain } from 'tldts';
import { bad, good, note, reasonOf, type Finding } from './finding';
import { textsOf, type Dns } from './resolver';

/** By which way mails leave. */
export type Provider = 'resend' | 'smtp';

const isSpf = (text: string) => /^v=spf1(?:\s|$)/i.test(text);
const isDmarc = (text: string) => /^v=DMARC1\s*(?:;|$)/i.test(text);
const isKey = (text: string) => /(?:^|;)\s*p\s*=\s*[A-Za-z0-9+/]/.test(text);

/** Which servers may send (RFC 7208). Resend sends from a subdomain, `send` unless it was told another. */
async function spfFinding(domain: string, provider: Provider, dns: Dns): Promise<Finding> {
  const name = provider === 'resend' ? `send.${domain}` : domain;
  const found = (await textsOf(dns, name)).filter(isSpf);
  if (found.length > 1)
    return bad(
      `SPF: ${name} has ${found.length} records, so that none counts.`,
      'Merge them into one TXT record.',
    );
  if (found.length === 1) return good(`SPF: ${name} has a record.`);
  return provider === 'resend'
    ? note(
        `SPF: ${name} has no record.`,
        'Add the records that Resend shows for the domain, unless it was told another return path than “send”.',
      )
    : bad(
        `SPF: ${name} has no record.`,
        'Add a TXT record that names the servers of your mail provider, such as "v=spf1 include:… ~all".',
      );
}

/** By which key mails are signed (RFC 6376): only who chose the selector knows it. */
async function dkimFinding(domain: string, provider: Provider, dns: Dns): Promise<Finding> {
  if (provider === 'smtp')
    return note(
      `DKIM: whether mails from ${domain} are signed cannot be known from here.`,
      'Send a mail to an address of yours, and look for “dkim=pass” in its headers.',
    );
  const name = `resend._domainkey.${domain}`;
  return (await textsOf(dns, name)).some(isKey)
    ? good(`DKIM: ${name} has a key.`)
    : bad(`DKIM: ${name} has no key.`, 'Add the TXT record that Resend shows for the domain.');
}

/** What receivers do with mails that are not proven (RFC 7489): by the domain or the one it is part of. */
async function dmarcFinding(domain: string, dns: Dns): Promise<Finding> {
  const names = [...new Set([domain, getDomain(domain) ?? domain])].map((name) => `_dmarc.${name}`);
  for (const name of names) {
    const found = (await textsOf(dns, name)).filter(isDmarc);
    if (found.length === 0) continue;
    return found.length === 1 && /;\s*p\s*=\s*(?:none|quarantine|reject)\b/i.test(found[0]!)
      ? good(`DMARC: ${name} has a policy.`)
      : bad(
          `DMARC: ${name} has no valid policy, so that none counts.`,
          'Leave one TXT record, with p=none, p=quarantine or p=reject.',
        );
  }
  return bad(
    `DMARC: ${names[0]} has no record. Large providers refuse mails without.`,
    'Add a TXT record, at first "v=DMARC1; p=none; rua=mailto:…" with an address that somebody reads.',
  );
}

/** Whether the DNS says of `domain` that the instance's mails are from it. */
export async function mailDomainFindings(
  domain: string,
  provider: Provider,
  dns: Dns,
): Promise<Finding[]> {
  const looked = [
    ['SPF', spfFinding(domain, provider, dns)],
    ['DKIM', dkimFinding(domain, provider, dns)],
    ['DMARC', dmarcFinding(domain, dns)],
  ] as const;
  return Promise.all(
    looked.map(([what, finding]) =>
      finding.catch((error: unknown) =>
        note(
          `${what}: the DNS was asked for ${domain} and did not answer (${reasonOf(error)}).`,
          'Try again, or look it up from another machine.',
        ),
      ),
    ),
  );
}
