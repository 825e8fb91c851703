import { actorOf, type Reviewer } from '@/lib/coordinator/access';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { RESEND_HOURS } from '@/lib/platform/limits';
import { suppressionOf, unsuppress, type Suppression } from '@/lib/platform/mail/suppression';
import { contactFields, contactsOf } from '../../representatives/queries';
import { linkFields, mailNewLink } from '../../verification/commands';
import { isLiftable } from './rules';

/**
 * Allows mails again to those addresses of an entry that bounced or complained, since the
 * organization says that they work, or wants them. Nothing is sent again by itself. False if there is
 * no such entry, or none of its addresses is suppressed and {@link isLiftable liftable}.
 */
export async function liftSuppression(reviewer: Reviewer, id: string): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const entry = await tx.endorsement.findFirst({
      where: { id, letterId: reviewer.letterId },
      select: contactFields,
    });
    let lifted: Suppression | null = null;
    for (const contact of entry ? contactsOf(entry) : []) {
      const suppression = await suppressionOf(tx, contact.email);
      if (!suppression || !isLiftable(suppression, contact)) continue;
      if (await unsuppress(tx, contact.email)) lifted ??= suppression;
    }
    if (!lifted) return false;
    await audit(tx, {
      letterId: reviewer.letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: 'lift_suppression',
      before: { suppressed: lifted.reason },
    });
    return true;
  });
}

/**
 * Has a new link, valid for the full term, mailed to an unconfirmed sign-up, whose representative
 * cannot find the former one or was too late.
 * @returns `recent` if one was written within {@link RESEND_HOURS}; `refused` if there is no such
 *   sign-up, it has been confirmed, or its address is not mailed any more
 */
export async function resendLink(
  reviewer: Reviewer,
  id: string,
): Promise<'sent' | 'recent' | 'refused'> {
  return db().$transaction(async (tx) => {
    // Locked, so that two coordinators send one.
    await tx.$queryRaw`SELECT FROM endorsement WHERE id = ${id}::uuid FOR UPDATE`;
    const entry = await tx.endorsement.findFirst({
      where: { id, letterId: reviewer.letterId, state: 'submitted' },
      select: linkFields,
    });
    if (!entry?.contact || (await suppressionOf(tx, entry.contact.email))) return 'refused';
    const recent = await tx.mail.count({
      where: {
        endorsementId: id,
        kind: 'confirm',
        createdAt: { gt: new Date(Date.now() - RESEND_HOURS * 3_600_000) },
      },
    });
    if (recent > 0) return 'recent';
    if (!(await mailNewLink(tx, entry))) return 'refused';
    await audit(tx, {
      letterId: reviewer.letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: 'resend_link',
    });
    return 'sent';
  });
}
