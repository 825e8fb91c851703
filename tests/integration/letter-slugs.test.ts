import { describe, expect, it } from 'vitest';
import { letterMaker } from '@/lib/coordinator/access';
import { changeSlug, createLetter } from '@/lib/letter/commands';
import { movedTo } from '@/lib/letter/queries';
import { db } from '@/lib/platform/db/client';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { aLetter, anAddress, anOwner } from '@/tests/support/factories';
import { refusalOf } from '@/tests/support/refusal';

const aSlug = () => anAddress('slug').split('@')[0]!;

/** An open letter with a former slug. */
async function moved() {
  const letter = await aLetter();
  await db().letter.update({ where: { id: letter.id }, data: { opensAt: null } });
  const [former, slug] = [letter.slug, aSlug()];
  expect(await changeSlug(await anOwner(letter), slug)).toEqual({ ok: true, slug });
  const opensAt = new Date(Date.now() - 1);
  await db().letter.update({ where: { id: letter.id }, data: { opensAt } });
  return { id: letter.id, former, slug };
}

describe('former slugs of letters', () => {
  it('a former slug resolves to its letter and has no page of its own', async () => {
    const { former, slug } = await moved();
    expect(await movedTo(former)).toBe(slug);
    expect(await movedTo(slug)).toBeNull();
    expect(await publicLetter(former)).toBeNull();
    expect(await publicLetter(slug)).toMatchObject({ slug });
    expect(await movedTo(aSlug())).toBeNull();
  });

  it('a former slug cannot be taken by another letter, new or existing', async () => {
    const { id, former } = await moved();
    const person = await db().coordinator.create({ data: { email: anAddress('maker') } });
    const made = {
      titles: { en: 'A letter' },
      authoritativeLanguage: 'en',
      date: '2026-12-01',
      timeZone: 'Asia/Tokyo',
    };
    const taken = { ok: false, reason: 'slug-taken', free: `${former}-2` };
    expect(await createLetter(letterMaker(person)!, made, former)).toEqual(taken);
    const draft = await aLetter({ opensAt: null });
    expect(await changeSlug(await anOwner(draft), former)).toEqual(taken);
    expect(await db().letterSlug.findUnique({ where: { slug: former } })).toEqual({
      slug: former,
      letterId: id,
    });
  });

  it('constraints protect a former slug from other letters', async () => {
    const { former, slug } = await moved();
    const other = await aLetter();
    const setSlug = (to: string) =>
      refusalOf(db().letter.update({ where: { id: other.id }, data: { slug: to } }));
    // A former slug of another letter, a current one of another letter, and a reserved one.
    expect(await setSlug(former)).toMatch(/^23503 .*letter_slug_fkey/);
    expect(await setSlug(slug)).toMatch(/^23505 .*letter_slug_key/);
    expect(await setSlug(aSlug())).toMatch(/^23503 .*letter_slug_fkey/);
    expect(
      await refusalOf(db().letterSlug.create({ data: { slug: former, letterId: other.id } })),
    ).toMatch(/^23505 .*letter_slug_pkey/);
    expect(await movedTo(former)).toBe(slug);
  });

  it('a letter’s current slug cannot be deleted', async () => {
    const { slug } = await moved();
    expect(await refusalOf(db().letterSlug.delete({ where: { slug } }))).toMatch(
      /^23503 .*letter_slug_fkey/,
    );
  });
});

describe('reserving a slug', () => {
  it('of two letters that request a slug concurrently, one gets it and the other gets a suggestion', async () => {
    const drafts = [await aLetter({ opensAt: null }), await aLetter({ opensAt: null })];
    const owners = [await anOwner(drafts[0]!), await anOwner(drafts[1]!)];
    const slug = aSlug();
    const answers = await Promise.all(owners.map((owner) => changeSlug(owner, slug)));
    expect(answers).toContainEqual({ ok: true, slug });
    expect(answers).toContainEqual({ ok: false, reason: 'slug-taken', free: `${slug}-2` });
  });
});
