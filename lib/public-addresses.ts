/**
 * Whether a public page exists. proxy.ts checks before rendering, since only it can send status 404
 * with a rendered page.
 */
import { isDelivery } from '@/lib/delivery/queries';
import { movedTo } from '@/lib/letter/queries';
import { textFor } from '@/lib/letter/rules';
import { sharedDraft } from '@/lib/letter/draft/queries';
import { countingNumber } from '@/lib/platform/http';
import type { Locale } from '@/lib/platform/i18n/routing';
import { tokenIn } from '@/lib/platform/tokens';
import { revisionOf } from '@/lib/revision/queries';
import { publicLetter, type PublicLetter } from '@/lib/signatories/public-letter/queries';
import { publicCounts, type SignatoryList } from '@/lib/signatories/queries';

/**
 * The list and page number in the last segment of `signatories/…` (`2`, `added-2`). First pages are
 * on the letter's own page.
 */
export function listPageIn(segment: string): { list: SignatoryList; page: number } | null {
  const [, list = 'listed', page = '1'] =
    /^(?:(added|earlier)-)?([1-9][0-9]{0,5})$/.exec(segment) ?? [];
  return page === '1' ? null : { list: list as SignatoryList, page: Number(page) };
}

/** Number of pages of a list of `named` signatories; at least one. */
export const pagesOf = (named: number, size: number) => Math.max(1, Math.ceil(named / size));

async function listPageExists({ id, settings }: PublicLetter, segment: string) {
  const requested = listPageIn(segment);
  if (!requested) return false;
  const counts = await publicCounts(id);
  return requested.page <= pagesOf(counts[requested.list].named, settings.pageSize);
}

async function draftExists(token: string, locale: Locale): Promise<boolean> {
  const draft = await sharedDraft(tokenIn(token) ?? '');
  if (!draft) return false;
  return draft.opened || Boolean(textFor(draft.texts, locale, draft.authoritativeLanguage));
}

/**
 * The result of resolving a URL: a page, nothing, or the new path (without locale) of a letter's
 * page that has moved.
 */
export type Found = 'page' | 'nothing' | { movedTo: string };

/** Resolves a path below a letter; a former slug redirects to the current one. */
async function letterPageAt(slug: string, below: string[]): Promise<Found> {
  const letter = await publicLetter(slug);
  if (!letter) {
    const moved = await movedTo(slug);
    return moved ? { movedTo: ['letters', moved, ...below].join('/') } : 'nothing';
  }
  return (await existsBelow(letter, below)) ? 'page' : 'nothing';
}

async function existsBelow(letter: PublicLetter, [what, which]: string[]): Promise<boolean> {
  if (which === undefined || what === 'endorse') return true;
  if (what === 'signatories') return which === 'search' || listPageExists(letter, which);
  const number = countingNumber(which);
  if (number === null) return false;
  return what === 'revisions'
    ? (await revisionOf(letter.id, number)) !== null
    : isDelivery(letter.id, number);
}

/**
 * The routes below `app/[locale]`. Those of admin/ check access themselves; bench/ exists only in
 * benchmark builds. tests/e2e/next-start.spec.ts compares them with the build.
 */
const ROUTES = [
  /^$/,
  /^privacy$/,
  /^admin(?:$|\/(?:sign-in|letters|people)(?:\/|$))/,
  /^bench\//,
  /^(?:confirm|reaffirm|unsubscribe|attested|mailings)\/[^/]+$/,
  /^(drafts)\/([^/]+)$/,
  /^confirm\/correct\/[^/]+$/,
  /^invited\/(?:end\/)?[^/]+$/,
  /^entry(?:$|\/(?:(?:edit|representatives|share)\/)?[^/]+$)/,
  /^nomination\/(?:[^/]+|done\/(?:accepted|declined))$/,
  /^confirm\/(done)\/([^/]+)$/,
  /^reaffirm\/(done)\/([^/]+)\/(?:affirmed|withdrawn)$/,
  /^(letters)\/([^/]+)(?:\/(endorse|revisions|endorse\/(?:check-your-email|continue)|signatories\/[^/]+|revisions\/[^/]+|deliveries\/[^/]+))?$/,
];

/** Those that are rendered once and cached, as the test named above says. */
const CACHED = [
  /^$/,
  /^bench\//,
  /^confirm\/done\//,
  /^entry\/(?:left|replaced)$/,
  /^reaffirm\/done\//,
  /^letters\/[^/]+(?:\/(?:endorse|revisions|signatories\/(?!search$)[^/]+|(?:revisions|deliveries)\/[^/]+))?$/,
];

/** Whether the page at a path, with its language, is in the page cache once it was rendered. */
export function isCachedPage(pathname: string): boolean {
  const [, path] = /^\/(?:ja|en)(?:\/(.*))?$/.exec(pathname) ?? [null];
  return path !== null && CACHED.some((route) => route.test(path ?? ''));
}

/** The route that matches a path (as in {@link find}), or undefined. */
export const routeOf = (path: string): RegExpExecArray | undefined =>
  ROUTES.map((route) => route.exec(path)).find((match) => match !== null);

/**
 * Resolves a path in the same way as the routes under `app/[locale]`.
 * @param path the path after the locale, as sent, without the leading slash:
 *   `letters/a-letter/revisions`
 */
export async function find(path: string, locale: Locale): Promise<Found> {
  const [, sentEarlier] = /^affirm\/([^/]+)$/.exec(path) ?? [];
  if (sentEarlier) return { movedTo: `reaffirm/${sentEarlier}` }; // URL in mails sent before the route was renamed
  const route = routeOf(path);
  if (!route) return 'nothing';
  const [, kind, key = '', below = ''] = route;
  if (kind === undefined) return 'page';
  if (kind === 'drafts') return (await draftExists(key, locale)) ? 'page' : 'nothing';
  return letterPageAt(
    decodeURIComponent(key),
    kind === 'letters' ? below.split('/').filter(Boolean) : [],
  );
}
