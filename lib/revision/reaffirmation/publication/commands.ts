import { nameFields, namesOf } from '@/lib/organization/names';
import { db, type Db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { addressKey } from '@/lib/platform/mail/address';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import { revisionContent, type RevisionContent } from '../../content';
import { changesBetween, type Changes, type Publishable } from '../../rules';
import { reaffirmationMail } from '../mail';
import { changesBetweenNumbers, linkExpiry } from '../queries';
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
 * The differences between a text about to be published and each revision that signatories stand
 * behind, by its number. Each comparison takes up to a second, so it is done before the letter is
 * locked.
 */
export async function prepareChanges(
  letterId: string,
  content: Publishable,
): Promise<Map<number, Changes | null>> {
  const revisions = await db().revision.findMany({
    where: { letterId },
    select: { number: true, canonical: true },
  });
  const behind = await db().endorsement.groupBy({
    by: ['revision'],
    where: { letterId, state: { in: ASKED_STATES } },
  });
  const needed = new Set(behind.map(({ revision }) => revision));
  return new Map(
    revisions
      .filter(({ number }) => needed.has(number))
      .map(({ number, canonical }) => [
        number,
        changesBetween(revisionContent(canonical), content),
      ]),
  );
}

/**
 * Asks every signatory on the list or awaiting review to reaffirm, in the publishing transaction:
 * by mail if the address was confirmed by mail, otherwise with a row that a coordinator completes.
 * Includes those who have not answered an earlier request: its link is superseded, and its mail, if
 * unsent, is deleted.
 * @param changes from {@link prepareChanges}
 */
export async function requestReaffirmations(
  tx: Db,
  letterId: string,
  content: RevisionContent,
  changes: Map<number, Changes | null>,
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
      names: { select: nameFields },
      contact: { select: { email: true, language: true } },
    },
  });
  const expiresAt = linkExpiry(new Date());
  const mailed = signatories.flatMap(({ contact, proof, ...signatory }) =>
    proof === 'email' && contact ? [{ ...signatory, contact, token: newToken() }] : [],
  );
  const isMailed = new Set(mailed.map(({ id }) => id));
  const attested = signatories.filter(({ id }) => !isMailed.has(id));
  await tx.mail.deleteMany({ where: { letterId, kind: 'reaffirm', sentAt: null, attempts: 0 } });
  await tx.reaffirmation.createMany({
    data: [
      ...mailed.map(({ id, token }) => ({
        endorsementId: id,
        letterId,
        revision: content.number,
        tokenHash: hashToken(token),
        expiresAt,
      })),
      ...attested.map(({ id }) => ({ endorsementId: id, letterId, revision: content.number })),
    ],
  });
  const groups = new Map<string, typeof mailed>();
  for (const signatory of mailed) {
    const key = `${signatory.revision} ${signatory.contact.language}`;
    const group = groups.get(key);
    if (group) group.push(signatory);
    else groups.set(key, [signatory]);
  }
  for (const group of groups.values()) {
    const { revision, contact } = group[0]!;
    // A signatory that confirmed after the changes were prepared can stand behind a revision that
    // was not compared.
    const since = changes.has(revision)
      ? (changes.get(revision) ?? null)
      : (await changesBetweenNumbers(tx, letterId, revision, content.number)).changes;
    const props = reaffirmationMail(letter, since, content, contact.language, expiresAt);
    await mailRequests(
      tx,
      letterId,
      contact.language,
      props,
      group.map(({ id, token, names, contact: { email } }) => ({
        id,
        token,
        email,
        names: namesOf(names).names,
      })),
    );
  }
  return { mailed: mailed.length, attested: attested.length };
}

/** Enqueues one mail per signatory in a single statement, since there can be thousands. */
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
