import { db, type Db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import { canonicalJson, hex, sha256 } from '@/lib/platform/canonical-json';
import { env } from '@/lib/platform/env';
import { AFFIRMATION_DAYS } from '@/lib/platform/limits';
import { addressKey } from '@/lib/platform/mail/outbox';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import { lockLetter, markPublicChange } from '@/lib/letter/commands';
import type { Language, LetterTexts, Part } from '@/lib/letter/text/content';
import { revisionContent, type Reason, type RevisionContent, type RevisionKind } from './content';
import { workingLetter } from './queries';
import { question } from '@/lib/revision/reaffirmation/mail';
import { changesBetween, kindsFor, lacksReason, missingIn, textsToPublish } from './rules';
import type { Publication } from './schema';

export interface NewRevision {
  kind: RevisionKind;
  reason: Reason | null;
  texts: LetterTexts;
  authoritativeLanguage: Language;
  /** The date the letter bears, `2025-04-23`. */
  date: string;
  publishedAt: Date;
  /** The coordinator who publishes; null for the operator. */
  publishedById: string | null;
}

/** The columns of a revision, all of which follow from what it says. */
function columns(
  letterId: string,
  number: number,
  previous: string | null,
  { publishedById, publishedAt, ...said }: NewRevision,
) {
  const content: RevisionContent = {
    format: 'undersigned/revision/1',
    letter: letterId,
    number,
    previous,
    kind: said.kind,
    reason: said.reason,
    publishedAt: publishedAt.toISOString(),
    authoritativeLanguage: said.authoritativeLanguage,
    date: said.date,
    texts: said.texts,
  };
  const canonical = canonicalJson(content);
  return { kind: said.kind, canonical, hash: sha256(canonical), publishedAt, publishedById };
}

/**
 * Writes the next revision of a letter and makes it the current one. Part of the transaction that publishes; whoever
 * calls it has locked the letter, or is the only one who knows it yet. Returns its number.
 */
export async function writeRevision(
  tx: Db,
  letterId: string,
  revision: NewRevision,
): Promise<number> {
  const previous = await tx.revision.findFirst({
    where: { letterId },
    orderBy: { number: 'desc' },
    select: { number: true, hash: true },
  });
  const number = (previous?.number ?? 0) + 1;
  await tx.revision.create({
    data: {
      letterId,
      number,
      ...columns(letterId, number, previous && hex(previous.hash), revision),
    },
  });
  const { kind } = revision;
  await tx.letter.update({
    where: { id: letterId },
    data: {
      revision: number,
      ...((kind === 'first' || kind === 'substance') && { bindingRevision: number }),
    },
  });
  return number;
}

/** How many signatories a change of substance asks: by mail, and those whose answer coordinators record. */
export interface Asked {
  mailed: number;
  attested: number;
}

export type PublishResult =
  | { ok: true; number: number; asked: Asked }
  /** Another revision is the newest now, or the working text is another than was seen. */
  | { ok: false; reason: 'changed' }
  | { ok: false; reason: 'nothing-to-publish' }
  /** This kind of publication is none for this change: `translation` with other changes, `first` after the letter opened, another before. */
  | { ok: false; reason: 'wrong-kind' }
  | { ok: false; reason: 'reason-missing' }
  | { ok: false; reason: 'incomplete'; missing: { language: Language; part: Part }[] };

/** The columns of a signatory that asking it needs. */
const signatoryFields = {
  id: true,
  email: true,
  language: true,
  proof: true,
  revision: true,
  nameJa: true,
  nameEn: true,
} as const;

/**
 * Asks every signatory on the list or waiting for review to affirm a text that has changed in substance: by mail where a
 * mail once confirmed the address, else by a row that a coordinator completes. Those who have not answered an earlier
 * question are among them: its link is superseded, and its mail, if it still waits, is not sent.
 */
async function requestReaffirmations(
  tx: Db,
  letterId: string,
  letter: { slug: string; timeZone: string },
  after: RevisionContent,
): Promise<Asked> {
  const signatories = await tx.endorsement.findMany({
    where: { letterId, state: { in: ['approved', 'verified'] } },
    select: signatoryFields,
  });
  const expiresAt = new Date(Date.now() + AFFIRMATION_DAYS * 24 * 3_600_000);
  const mailed = signatories
    .filter(({ proof }) => proof === 'email')
    .map((signatory) => ({ ...signatory, token: newToken() }));
  const attested = signatories.filter(({ proof }) => proof === 'attested');
  await tx.mail.deleteMany({ where: { letterId, kind: 'affirm', sentAt: null, attempts: 0 } });
  await tx.affirmation.createMany({
    data: [
      ...mailed.map(({ id, token }) => ({
        endorsementId: id,
        letterId,
        revision: after.number,
        tokenHash: hashToken(token),
        expiresAt,
      })),
      ...attested.map(({ id }) => ({ endorsementId: id, letterId, revision: after.number })),
    ],
  });
  const earlier = await tx.revision.findMany({
    where: { letterId, number: { in: [...new Set(mailed.map(({ revision }) => revision))] } },
    select: { number: true, canonical: true },
  });
  for (const { number, canonical } of earlier) {
    for (const language of ['ja', 'en'] as const) {
      const to = mailed.filter(
        (signatory) => signatory.revision === number && signatory.language === language,
      );
      if (to.length === 0) continue;
      const props = question(letter, revisionContent(canonical), after, language, expiresAt);
      await mailQuestion(tx, letterId, language, props, to);
    }
  }
  return { mailed: mailed.length, attested: attested.length };
}

/** Writes one mail to each signatory, in one statement: there can be thousands. */
async function mailQuestion(
  tx: Db,
  letterId: string,
  language: Language,
  props: Omit<MailProps['affirm'], 'organization'>,
  to: { id: string; email: string; token: string; nameJa: string | null; nameEn: string | null }[],
): Promise<void> {
  const secret = env().APP_SECRET;
  await tx.$executeRaw`
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT 'affirm', ${language}::language, "to", to_key,
      ${JSON.stringify(props)}::jsonb || jsonb_build_object('organization', jsonb_build_object('ja', name_ja, 'en', name_en)),
      sealed_token, ${letterId}::uuid, endorsement_id
    FROM unnest(${to.map(({ email }) => email)}::text[], ${to.map(({ email }) => addressKey(email))}::text[],
      ${to.map(({ nameJa }) => nameJa)}::text[], ${to.map(({ nameEn }) => nameEn)}::text[],
      ${to.map(({ token }) => seal(token, secret))}::bytea[], ${to.map(({ id }) => id)}::uuid[])
      AS asked ("to", to_key, name_ja, name_en, sealed_token, endorsement_id)`;
}

/**
 * Publishes what coordinators wrote as the letter's next revision; until the letter has opened, in place of its first,
 * which nobody has seen. A change of substance asks every signatory to affirm it.
 */
export async function publish(
  owner: Owner,
  { kind, reason, seen }: Publication,
): Promise<PublishResult> {
  const { letterId, coordinatorId } = owner;
  return db().$transaction(async (tx): Promise<PublishResult> => {
    await lockLetter(tx, letterId);
    const letter = await workingLetter(tx, letterId);
    const { published, working, versions, seenByNobody } = letter;
    const isAsSeen =
      (published?.number ?? null) === seen.revision &&
      versions.ja === seen.ja &&
      versions.en === seen.en &&
      working.date === seen.date &&
      working.authoritativeLanguage === seen.authoritativeLanguage;
    if (!isAsSeen) return { ok: false, reason: 'changed' };

    const content = {
      ...working,
      texts: textsToPublish(
        working.texts,
        working.authoritativeLanguage,
        published?.content.texts ?? null,
      ),
    };
    const missing = missingIn(content);
    if (missing.length > 0) return { ok: false, reason: 'incomplete', missing };
    const changes = published && changesBetween(published.content, content);
    if (published && !changes) return { ok: false, reason: 'nothing-to-publish' };
    if (!kindsFor(changes, seenByNobody).includes(kind)) return { ok: false, reason: 'wrong-kind' };
    if (lacksReason(kind, reason, content)) return { ok: false, reason: 'reason-missing' };

    const hasReason = kind !== 'first' && Boolean(reason.ja ?? reason.en);
    const revision: NewRevision = {
      ...content,
      kind,
      reason: hasReason ? reason : null,
      publishedAt: new Date(),
      publishedById: coordinatorId,
    };
    let number = 1;
    if (published && seenByNobody)
      await tx.revision.update({
        where: { letterId_number: { letterId, number } },
        data: columns(letterId, number, null, revision),
      });
    else number = await writeRevision(tx, letterId, revision);

    const row = await tx.revision.findUniqueOrThrow({
      where: { letterId_number: { letterId, number } },
      select: { canonical: true, hash: true },
    });
    const asked =
      kind === 'substance'
        ? await requestReaffirmations(tx, letterId, letter, revisionContent(row.canonical))
        : { mailed: 0, attested: 0 };
    await tx.auditEvent.create({
      data: {
        letterId,
        actorId: coordinatorId,
        action: 'publish',
        before: {
          revision: published && String(published.number),
          hash: published && published.hash,
        },
        after: { revision: String(number), hash: hex(row.hash), kind },
      },
    });
    await markPublicChange(tx, letterId);
    return { ok: true, number, asked };
  });
}
