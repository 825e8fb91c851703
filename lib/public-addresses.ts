/** Which pages exist for the public. proxy.ts asks before a page is rendered, since only it can answer 404 with a rendered page. */
import { publicDelivery } from '@/lib/delivery/queries';
import { movedTo } from '@/lib/letter/queries';
import { textFor } from '@/lib/letter/rules';
import { sharedDraft } from '@/lib/letter/text/queries';
import { countingNumber } from '@/lib/platform/http';
import type { Locale } from '@/lib/platform/i18n/routing';
import { tokenIn } from '@/lib/platform/tokens';
import { revisionOf } from '@/lib/revision/queries';
import type { ListName } from '@/lib/signatories/lists';
import { publicCounts, publicLetter, type PublicLetter } from '@/lib/signatories/queries';

/** The list and number in the last segment of `signatories/…` (`2`, `added-2`). First pages stand on the letter's own page. */
export function listPageIn(segment: string): { list: ListName; page: number } | null {
  const [, list = 'listed', page = '1'] =
    /^(?:(added|earlier)-)?([1-9][0-9]{0,5})$/.exec(segment) ?? [];
  return page === '1' ? null : { list: list as ListName, page: Number(page) };
}

/** Pages a list of `named` signatories takes; an empty list takes one too. */
export const pagesOf = (named: number, size: number) => Math.max(1, Math.ceil(named / size));

async function listPageExists({ basis, settings }: PublicLetter, segment: string) {
  const asked = listPageIn(segment);
  if (!asked) return false;
  const counts = await publicCounts(basis);
  return asked.page <= pagesOf(counts[asked.list].named, settings.pageSize);
}

async function draftExists(token: string, locale: Locale): Promise<boolean> {
  const draft = await sharedDraft(tokenIn(token) ?? '');
  if (!draft) return false;
  return draft.opened || Boolean(textFor(draft.texts, locale, draft.authoritativeLanguage));
}

/** Whether a page stands below a letter's address, or below the one it had before and redirects from. */
async function letterPageExists(slug: string, below: string[]): Promise<boolean> {
  const letter = await publicLetter(slug);
  if (!letter) return (await movedTo(slug)) !== null;
  const [what = '', which] = below;
  const number = countingNumber(which ?? '');
  if (which === undefined || what === 'endorse' || which === 'search') return true;
  if (what === 'signatories') return listPageExists(letter, which);
  if (number === null) return false;
  return what === 'revisions'
    ? (await revisionOf(letter.basis.letterId, number)) !== null
    : (await publicDelivery(letter.basis.letterId, number)) !== null;
}

/**
 * The routes below `app/[locale]`. Those of admin/ decide for themselves what a coordinator may see; bench/ is in benchmark
 * builds only. tests/e2e/next-start.spec.ts compares them with the build.
 */
const ROUTES = [
  /^$/,
  /^privacy$/,
  /^admin(?:$|\/(?:sign-in|letters)(?:\/|$))/,
  /^bench\//,
  /^(?:confirm|affirm)\/[^/]+$/,
  /^(drafts)\/([^/]+)$/,
  /^confirm\/(done)\/([^/]+)$/,
  /^affirm\/(done)\/([^/]+)\/(?:affirmed|withdrawn)$/,
  /^(letters)\/([^/]+)(?:\/(endorse|revisions|endorse\/check-your-email|signatories\/[^/]+|revisions\/[^/]+|deliveries\/[^/]+))?$/,
];

/**
 * Whether a page of the product stands at a path, as the routes under `app/[locale]` find it.
 * @param path the path after the language, as sent, without the leading slash: `letters/a-letter/revisions`
 */
export async function pageExists(path: string, locale: Locale): Promise<boolean> {
  const found = ROUTES.map((route) => route.exec(path)).find((match) => match !== null);
  if (!found) return false;
  const [, kind, key = '', below = ''] = found;
  if (kind === undefined) return true;
  return kind === 'drafts'
    ? draftExists(key, locale)
    : letterPageExists(
        decodeURIComponent(key),
        kind === 'letters' ? below.split('/').filter(Boolean) : [],
      );
}
