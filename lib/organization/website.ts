/** Websites of organizations. Pure, for the form and the API. */
import { parse as parseHost } from 'tldts';
import { rawMax } from '@/lib/platform/text/raw-text';
import { trimMatching } from '@/lib/platform/text/trim';

export const WEBSITE_MAX = 500;

/** What pasting leaves around an address: brackets, quotes and punctuation. */
const BEFORE = /[<([{"'“‘「『（＜\s]/u;
const AFTER = /[>\]}"'”’」』）＞;,、。，；\s]/u;
/**
 * Where the path begins: full-width letters before it are what an input method types; within it,
 * each character counts. Includes all characters that NFKC makes a colon or a slash.
 */
const PATH = /(?<![:：﹕︓/／])[/?#](?![/／])/u;
/** How people write that they have no website. */
const NONE = /^(?:[-‐-―−ー－/.]+|なし|無し|無い|ない|ありません|特になし|none|no|n\/?a|nil)$/iu;

/**
 * A website without what pasting brought with it: invisible marks, and brackets and punctuation
 * around it, and with the scheme and host in NFKC. Empty if it says that there is none ("なし", "N/A",
 * "-"). Anything else stays as typed.
 */
export function tidyWebsite(typed: string): string {
  if (typed.length > rawMax(WEBSITE_MAX)) return typed;
  const text = trimMatching(typed.replace(/\p{Cf}/gu, '').normalize('NFC'), BEFORE, AFTER);
  const path = text.search(PATH);
  const host = path < 0 ? text : text.slice(0, path);
  const website = trimMatching(host.normalize('NFKC') + text.slice(host.length), BEFORE, AFTER);
  return NONE.test(website) ? '' : website;
}

/**
 * The URL of a website, or null if invalid: http or https, no credentials, a host under a public
 * suffix (tldts: the Public Suffix List). A missing scheme defaults to https.
 */
export function websiteUrl(typed: string): string | null {
  if (typed.length > rawMax(WEBSITE_MAX)) return null;
  const text = tidyWebsite(typed);
  if (!text || /\s/.test(text)) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username || url.password) return null;
  const host = parseHost(url.hostname);
  if (host.isIp || !host.isIcann || !host.domain) return null;
  return url.href;
}
