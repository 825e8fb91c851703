import { describe, expect, it } from 'vitest';
import { makeDraftLink, revokeDraftLink } from '@/lib/letter/draft/commands';
import { draftLinks, sharedDraft } from '@/lib/letter/draft/queries';
import { saveText } from '@/lib/letter/text/commands';
import { db } from '@/lib/platform/db/client';
import { auditOf } from '@/tests/support/audit';
import { aDraft } from '@/tests/support/drafts';
import { aLetter, anOwner, someParts } from '@/tests/support/factories';

describe('draft links', () => {
  it('a draft link, whose token is not stored, shows the current texts until it is revoked', async () => {
    const { letter, one, two } = await aDraft();
    const { token } = await makeDraftLink(one, { label: 'Amnesty', days: 7 });
    const [row] = await draftLinks(two);
    expect(row).toMatchObject({ label: 'Amnesty', by: one.email, state: 'works' });
    expect(
      JSON.stringify(await db().draftLink.findMany({ where: { letterId: letter.id } })),
    ).not.toContain(token);
    expect(await sharedDraft(token)).toMatchObject({
      slug: letter.slug,
      opened: false,
      texts: [{ language: 'en', ...someParts() }],
    });
    await saveText(two, { language: 'en', version: 1, content: someParts({ body: 'Newer.' }) });
    expect((await sharedDraft(token))!.texts[0]!.body).toBe('Newer.');
    expect(await revokeDraftLink(two, row!.id)).toEqual({ ok: true });
    expect(await sharedDraft(token)).toBeNull();
    expect(await revokeDraftLink(two, row!.id)).toEqual({ ok: false, reason: 'not-found' });
    expect((await auditOf(letter.id)).map(({ action, actorId }) => [action, actorId])).toEqual([
      ['make_draft_link', one.coordinatorId],
      ['revoke_draft_link', two.coordinatorId],
    ]);
    expect(JSON.stringify((await auditOf(letter.id)).map(({ after }) => after))).not.toContain(
      token,
    );
  });

  it('an expired, unknown or malformed draft link shows nothing', async () => {
    const { letter, one } = await aDraft();
    const { token } = await makeDraftLink(one, { label: 'A', days: 7 });
    await db().draftLink.updateMany({
      where: { letterId: letter.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await sharedDraft(token)).toBeNull();
    expect((await draftLinks(one))[0]!.state).toBe('expired');
    for (const unknown of ['', 'x', '\0'.repeat(43), 'A'.repeat(43)])
      expect(await sharedDraft(unknown)).toBeNull();
  });

  it('an owner of another letter can neither see nor revoke a draft link', async () => {
    const { one } = await aDraft();
    const { token } = await makeDraftLink(one, { label: 'A', days: 90 });
    const stranger = (await aDraft()).one;
    expect(await revokeDraftLink(stranger, (await draftLinks(one))[0]!.id)).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect(await draftLinks(stranger)).toEqual([]);
    expect(await sharedDraft(token)).not.toBeNull();
  });

  it('a draft link reports that its letter has opened', async () => {
    const letter = await aLetter();
    const { token } = await makeDraftLink(await anOwner(letter), { label: 'A', days: 7 });
    expect(await sharedDraft(token)).toMatchObject({ opened: true, slug: letter.slug });
  });
});
