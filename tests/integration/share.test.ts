/** What an organization can share of its entry, and who can see it. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { withdraw, withhold } from '@/lib/endorsement/entry/commands';
import { replaceEntryLinks } from '@/lib/endorsement/entry/links/commands';
import { decide } from '@/lib/endorsement/review/commands';
import { sharedEntry } from '@/lib/endorsement/sharing/queries';
import { sharedTexts, shareLinks, type Shared } from '@/lib/endorsement/sharing/texts';
import { db } from '@/lib/platform/db/client';
import { newToken } from '@/lib/platform/tokens';
import { pictureOf } from '@/app/[locale]/entry/picture';
import { aLetter, anEndorsement, anEntryLink, aReviewer } from '@/tests/support/factories';
import { generatedName } from '@/tests/support/generated-names';

vi.setConfig({ testTimeout: 60_000 });

async function anEntry(
  over: Parameters<typeof anEndorsement>[1] = {},
  of?: Awaited<ReturnType<typeof aLetter>>,
) {
  const letter = of ?? (await aLetter());
  const endorsement = await anEndorsement(letter.id, over);
  return { letter, ...endorsement, token: await anEntryLink(endorsement.id) };
}

describe('the page with texts to share', () => {
  test('is there once the entry is approved, and no longer when it is withdrawn', async () => {
    const { letter, id, token } = await anEntry();
    expect(await sharedEntry(token)).toEqual({ state: 'verified' });
    await decide(await aReviewer(letter), { id, version: 1, step: 'approve', organization: null });
    expect(await sharedEntry(token)).toEqual({
      state: 'approved',
      letterSlug: letter.slug,
      letterTitles: { en: { language: 'en', title: 'A letter', subject: null } },
      canSign: true,
      names: { ja: '東京平和の会', en: 'Tokyo Peace Group' },
    });
    await withdraw(token, null);
    expect(await sharedEntry(token)).toEqual({ state: 'withdrawn' });
  });

  test('is not there for declined entries, nor behind links that do not work', async () => {
    expect(await sharedEntry((await anEntry({ state: 'declined' })).token)).toEqual({
      state: 'declined',
    });
    const submitted = await anEntry({ state: 'submitted' });
    const replaced = await anEntry({ state: 'approved' });
    await replaceEntryLinks(replaced.token, 'en');
    const expired = await anEntry({ state: 'approved' });
    for (const token of [submitted.token, replaced.token, newToken(), 'nonsense'])
      expect(await sharedEntry(token)).toEqual({ state: 'unknown' });
    const later = new Date(Date.now() + 91 * 86_400_000);
    expect(await sharedEntry(expired.token, later)).toEqual({ state: 'unknown' });
  });

  test('says that organizations can sign only as long as they can', async () => {
    const letter = await aLetter();
    const { token } = await anEntry({ state: 'approved' }, letter);
    await db().letter.update({ where: { id: letter.id }, data: { closesAt: new Date() } });
    expect(await sharedEntry(token)).toMatchObject({ canSign: false });
    await db().letter.update({ where: { id: letter.id }, data: { afterClosing: 'added' } });
    expect(await sharedEntry(token)).toMatchObject({ canSign: true });
  });

  test('has a name only as long as it is public', async () => {
    const { token } = await anEntry({ state: 'approved' });
    await withhold(token);
    expect(await sharedEntry(token)).toMatchObject({ state: 'approved', names: null });
  });

  test('never has a withheld name of any script in texts, addresses or pictures', async () => {
    const letter = await aLetter();
    await fc.assert(
      fc.asyncProperty(generatedName, generatedName, async (ja, en) => {
        // Long enough not to stand in a text by chance.
        const [nameJa, nameEn] = [`${ja}金糸雀${ja}`, `${en} Canary ${en}`];
        const { token } = await anEntry(
          { state: 'approved', visibility: 'withheld', nameJa, nameEn },
          letter,
        );
        const shared = (await sharedEntry(token)) as Shared;
        const said = (['ja', 'en'] as const).flatMap((locale) => {
          const texts = sharedTexts(shared, locale, 'https://letters.example');
          return [texts, shareLinks(texts), pictureOf(shared, locale, { host: '', kind: '' })];
        });
        const all = decodeURIComponent(
          JSON.stringify([shared, said]).replace(/%(?![0-9A-F]{2})/g, ''),
        );
        for (const trace of [nameJa, nameEn, '金糸雀', 'Canary', token])
          expect(all).not.toContain(trace);
      }),
      { numRuns: 10 },
    );
  });
});
