import { actorOf, type Owner } from '@/lib/coordinator/access';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { hashToken, newToken } from '@/lib/platform/tokens';
import type { NewDraftLink } from '../schema';

const DAY_MS = 86_400_000;

/**
 * Creates a secret link to the letter's unpublished texts. Only the hash of its token is stored.
 */
export async function makeDraftLink(
  owner: Owner,
  { label, days }: NewDraftLink,
): Promise<{ ok: true; token: string; expiresAt: Date }> {
  const { letterId, coordinatorId } = owner;
  const token = newToken();
  const expiresAt = new Date(Date.now() + days * DAY_MS);
  await db().$transaction(async (tx) => {
    const link = await tx.draftLink.create({
      data: {
        letterId,
        tokenHash: hashToken(token),
        label,
        createdById: coordinatorId,
        expiresAt,
      },
      select: { id: true },
    });
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'make_draft_link',
      after: { link: link.id, label, expiresAt: expiresAt.toISOString() },
    });
  });
  return { ok: true, token, expiresAt };
}

/** Revokes a draft link of the letter. */
export async function revokeDraftLink(
  owner: Owner,
  id: string,
): Promise<{ ok: true } | { ok: false; reason: 'not-found' }> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    const revokedAt = new Date();
    const { count } = await tx.draftLink.updateMany({
      where: { id, letterId, revokedAt: null },
      data: { revokedAt },
    });
    if (count === 0) return { ok: false, reason: 'not-found' };
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'revoke_draft_link',
      before: { link: id, revokedAt: null },
      after: { link: id, revokedAt: revokedAt.toISOString() },
    });
    return { ok: true };
  });
}
