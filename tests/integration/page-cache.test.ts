/** Which cached pages are rendered again after a change (ADR 5). */
import { beforeEach, expect, it } from 'vitest';
import { markPublicChange } from '@/lib/letter/lock';
import { db } from '@/lib/platform/db/client';
import PageCache from '@/lib/platform/page-cache/handler.mjs';
import { isKnownPage } from '@/lib/platform/page-cache/known-pages';
import { pageCache } from '@/lib/platform/page-cache/store';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { aLetter } from '@/tests/support/factories';

const cache = new PageCache();

/** Whether a page is cached; a miss is answered with no page, as Next does for one that fails. */
async function isCached(path: string): Promise<boolean> {
  const found = (await cache.get(path)) !== null;
  if (!found) await cache.set(path, null, {});
  return found;
}

/** Renders a page as Next does: a cache miss, then its result. */
async function render(path: string, during: () => Promise<void> = async () => {}) {
  expect(await cache.get(path)).toBeNull();
  await during();
  await cache.set(path, { kind: 'APP_PAGE', html: '' }, {});
}

/** A letter with its paths, each rendered and cached. */
async function aLetterWithPages() {
  const { id, slug } = await aLetter({ closesAt: new Date(Date.now() + 86_400_000) });
  await emptyPageCache();
  const paths = [
    `/ja/letters/${slug}`,
    `/en/letters/${slug}/signatories/2`,
    `/en/confirm/done/${slug}`,
  ];
  for (const path of paths) await render(path);
  return { id, slug, paths };
}

const change = async ({ id }: { id: string }) => {
  await markPublicChange(db(), id);
  await emptyPageCache();
};

beforeEach(() => pageCache()!.empty());

it('a change of one letter removes its pages and those of several letters; another’s stay', async () => {
  const changed = await aLetterWithPages();
  const other = await aLetterWithPages();
  await render('/en');
  for (const path of [...changed.paths, ...other.paths])
    expect(await isCached(path), path).toBe(true);

  await change(changed);

  for (const path of [...changed.paths, '/en']) expect(await isCached(path), path).toBe(false);
  for (const path of other.paths) expect(await isCached(path), path).toBe(true);
});

it('nothing is removed where nothing has changed', async () => {
  const { paths } = await aLetterWithPages();
  await render('/en');
  await emptyPageCache();
  for (const path of [...paths, '/en']) expect(await isCached(path), path).toBe(true);
});

it('a letter’s pages are removed when it closes or moves', async () => {
  const closes = await aLetterWithPages();
  const moves = await aLetterWithPages();
  const stays = await aLetterWithPages();
  const past = new Date(Date.now() - 1_000);
  await db().letter.update({
    where: { id: closes.id },
    data: { opensAt: new Date(0), closesAt: past },
  });
  const slug = `${moves.slug}-moved`;
  await db().letterSlug.create({ data: { slug, letterId: moves.id } });
  await db().letter.update({ where: { id: moves.id }, data: { slug } });
  await emptyPageCache();
  for (const path of [...closes.paths, ...moves.paths])
    expect(await isCached(path), path).toBe(false);
  for (const path of stays.paths) expect(await isCached(path), path).toBe(true);
});

it('a page that was being rendered while its letter changed is not kept; another’s is', async () => {
  const letter = await aLetter();
  const other = await aLetter();
  await emptyPageCache();
  await render(`/en/letters/${letter.slug}`, () => change(letter));
  await render(`/en/letters/${other.slug}`, () => change(letter));
  await render('/en', () => change(letter));
  expect(await isCached(`/en/letters/${letter.slug}`)).toBe(false);
  expect(await isCached(`/en/letters/${other.slug}`)).toBe(true);
  expect(await isCached('/en')).toBe(false);
});

it('what a lookup found is forgotten when its letter changes, also during the lookup', async () => {
  const letter = await aLetter();
  const other = await aLetter();
  await emptyPageCache();
  let lookups = 0;
  const isKnown = ({ slug }: { slug: string }, during: () => Promise<void> = async () => {}) =>
    isKnownPage(`en/letters/${slug}`, async () => {
      lookups += 1;
      await during();
      return true;
    });
  await isKnown(letter, () => change(letter));
  await isKnown(letter);
  await isKnown(other);
  await isKnown(letter);
  expect(lookups).toBe(3);
  await change(letter);
  await isKnown(other);
  expect(lookups).toBe(3);
  await isKnown(letter);
  expect(lookups).toBe(4);
});
