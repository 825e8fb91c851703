import { parse } from 'tldts';

/** How much of a text is searched: more than any single-line field can have. */
const SEARCHED = 2_000;

/**
 * Special-use top-level domains, which are not in the Public Suffix List but look like addresses
 * all the same.
 */
const RESERVED = /\.(example|onion)$/;

/** Host names in any script, and ASCII host names within Japanese text without spaces. */
const HOSTS = [/[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, /[a-z0-9-]+(?:\.[a-z0-9-]+)+/g];

/**
 * Replaces characters that browsers and mail programs treat like ASCII by ASCII; a Japanese full
 * stop only between Latin letters or digits.
 */
function toAscii(text: string): string {
  return text
    .slice(0, SEARCHED)
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\u2024/g, '.')
    .replace(/(?<=[A-Za-z0-9-])。(?=[A-Za-z0-9-])/g, '.')
    .toLowerCase();
}

/**
 * Whether a text contains a web or mail address that a mail program would turn into a link: titles
 * and labels appear in mails that the instance sends. Abbreviations and numbers ("U.S. policy",
 * "No. 5", "Ver.2.0") do not count.
 */
export function holdsWebAddress(text: string): boolean {
  const searched = toAscii(text);
  if (/[a-z][a-z0-9+.-]{0,30}:\/\/\S|(?<![\p{L}\p{N}])(www\.|mailto:)[\p{L}\p{N}]/u.test(searched))
    return true;
  if (/\S@[\p{L}\p{N}-]+\.[\p{L}\p{N}]/u.test(searched)) return true;
  return HOSTS.flatMap((host) => [...searched.matchAll(host)]).some(([host]) => {
    if (RESERVED.test(host)) return true;
    const { isIcann, domain } = parse(host, { extractHostname: false });
    return isIcann === true && domain !== null;
  });
}
