import { parse } from 'tldts';

/** More than any field of one line holds, and little enough to look through. */
const LOOKED_AT = 2_000;

/** Names that lead nowhere by themselves and still look like addresses, beside those of the Public Suffix List. */
const RESERVED = /\.(example|onion)$/;

/** Host names in any script, and those in ASCII that stand within Japanese without spaces. */
const HOSTS = [/[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, /[a-z0-9-]+(?:\.[a-z0-9-]+)+/g];

/** What browsers and mail programs take for ASCII, as ASCII; a Japanese full stop only between Latin letters or digits. */
function plain(text: string): string {
  return text
    .slice(0, LOOKED_AT)
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\u2024/g, '.')
    .replace(/(?<=[A-Za-z0-9-])。(?=[A-Za-z0-9-])/g, '.')
    .toLowerCase();
}

/**
 * Whether a text holds a web or mail address that a mail program would make a link of: titles and labels stand in mails
 * that the instance sends. Abbreviations and numbers ("U.S. policy", "No. 5", "Ver.2.0") are none.
 */
export function holdsWebAddress(text: string): boolean {
  const looked = plain(text);
  if (/[a-z][a-z0-9+.-]{0,30}:\/\/\S|(?<![\p{L}\p{N}])(www\.|mailto:)[\p{L}\p{N}]/u.test(looked))
    return true;
  if (/\S@[\p{L}\p{N}-]+\.[\p{L}\p{N}]/u.test(looked)) return true;
  return HOSTS.flatMap((host) => [...looked.matchAll(host)]).some(([host]) => {
    if (RESERVED.test(host)) return true;
    const { isIcann, domain } = parse(host, { extractHostname: false });
    return isIcann === true && domain !== null;
  });
}
