import { randomUUID } from 'node:crypto';
import { contactFields, contactsOf } from '@/lib/endorsement/representatives/queries';
import { nameFields, namesOf, storedNames } from '@/lib/organization/names';
import { db, type Db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { addressKey } from '@/lib/platform/mail/address';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import type { RevisionContent } from '../../content';
import { changesBetweenRevisions } from '../../differences';
import type { Publishable } from '../../rules';
import { reaffirmationMail } from '../mail';
import { linkExpiry, stepsAfter } from '../queries';
import { ASKED_STATES } from '../rules';

/**
 * Number of signatories that a change of substance asks: by mail, and those whose answers
 * coordinators record.
 */
export interface Audience {
  mailed: number;
  attested: number;
}

/**
 * Compares a text about to be published with the newest revision, and those that signatories stand
 * behind with what followed them. Each comparison takes up to a second, so it is done before the
 * letter is locked; under the lock, the results are cached.
 */
export async function prepareChanges(
  letterId: string,
  published: RevisionContent | null,
  content: Publishable,
): Promise<void> {
  if (published) changesBetweenRevisions(published, content);
  const behind = await db().endorsement.aggregate({
    where: { letterId, state: { in: ASKED_STATES } },
    _min: { revision: true },
  });
  if (behind._min.revision !== null) await stepsAfter(db(), letterId, behind._min.revision);
}

/**
 * Asks every signatory on the list or awaiting review to reaffirm, in the publishing transaction:
 * by a mail to each representative if the address was confirmed by mail, otherwise with a row that a coordinator completes.
 * Includes those who have not answered an earlier request: its link is superseded, and its mail, if
 * unsent, is deleted.
 */
export async function requestReaffirmations(
  tx: Db,
  letterId: string,
  content: RevisionContent,
): Promise<Audience> {
  const letter = await tx.letter.findUniqueOrThrow({
    where: { id: letterId },
    select: { slug: true, timeZone: true, contactEmail: true },
  });
  const signatories = await tx.endorsement.findMany({
    where: { letterId, state: { in: ASKED_STATES } },
    select: {
      id: true,
      proof: true,
      revision: true,
      visibility: true,
      names: { select: nameFields },
      ...contactFields,
    },
  });
  const expiresAt = linkExpiry(new Date());
  const mailed = signatories.flatMap(({ representatives, proof, ...signatory }) => {
    const contacts = proof === 'email' ? contactsOf({ representatives }) : [];
    return contacts.map((contact) => ({ ...signatory, contact, token: newToken() }));
  });
  const isMailed = new Set(mailed.map(({ id }) => id));
  const attested = signatories.filter(({ id }) => !isMailed.has(id));
  await tx.mail.deleteMany({ where: { letterId, kind: 'reaffirm', sentAt: null, attempts: 0 } });
  const requests = new Map(signatories.map(({ id }) => [id, randomUUID()]));
  await tx.reaffirmation.createMany({
    data: signatories.map(({ id }) => ({
      id: requests.get(id)!,
      endorsementId: id,
      letterId,
      revision: content.number,
      expiresAt: isMailed.has(id) ? expiresAt : null,
    })),
  });
  await tx.reaffirmationLink.createMany({
    data: mailed.map(({ id, token, contact: { representativeId } }) => ({
      reaffirmationId: requests.get(id)!,
      representativeId,
      tokenHash: hashToken(token),
    })),
  });
  const groups = new Map<string, typeof mailed>();
  for (const signatory of mailed) {
    const key = `${signatory.revision} ${signatory.contact.language}`;
    const group = groups.get(key);
    if (group) group.push(signatory);
    else groups.set(key, [signatory]);
  }
  const oldest = Math.min(...mailed.map(({ revision }) => revision), content.number);
  const steps = await stepsAfter(tx, letterId, oldest);
  for (const group of groups.values()) {
    const { revision, contact } = group[0]!;
    const since = steps.filter((step) => step.content.number > revision);
    const props = reaffirmationMail(letter, since, content, contact.language, expiresAt);
    await mailRequests(
      tx,
      letterId,
      contact.language,
      props,
      group.map(({ id, token, visibility, names, contact: { email } }) => ({
        id,
        token,
        email,
        names: storedNames(namesOf(names), visibility).names,
      })),
    );
  }
  return { mailed: isMailed.size, attested: attested.length };
}

/** Enqueues the mails in a single statement, since there can be thousands. */
async function mailRequests(
  tx: Db,
  letterId: string,
  language: string,
  props: Omit<MailProps['reaffirm'], 'organization'>,
  to: { id: string; email: string; token: string; names: object }[],
): Promise<void> {
  const secret = env().APP_SECRET;
  await tx.$executeRaw`
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT 'reaffirm', ${language}, "to", to_key, ${JSON.stringify(props)}::jsonb || jsonb_build_object('organization', names::jsonb),
      sealed_token, ${letterId}::uuid, endorsement_id
    FROM unnest(${to.map(({ email }) => email)}::text[], ${to.map(({ email }) => addressKey(email))}::text[],
      ${to.map(({ names }) => JSON.stringify(names))}::text[],
      ${to.map(({ token }) => seal(token, secret))}::bytea[], ${to.map(({ id }) => id)}::uuid[])
      AS asked ("to", to_key, names, sealed_token, endorsement_id)`;
}
