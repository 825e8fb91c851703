import { actorOf, type Owner } from '@/lib/coordinator/access';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import type { ContentField, LetterTexts } from '@/lib/letter/text/content';
import { audit } from '@/lib/platform/audit';
import { canonicalJson, hex, sha256 } from '@/lib/platform/canonical-json';
import { db, type Db } from '@/lib/platform/db/client';
import { sameByLanguage, type ByLanguage, type Language } from '@/lib/platform/languages';
import { revisionContent, type Reason, type RevisionContent, type RevisionKind } from './content';
import { workingLetter, type WorkingLetter } from './queries';
import {
  prepareChanges,
  requestReaffirmations,
  type Audience,
} from './reaffirmation/publication/commands';
import {
  differs,
  kindsFor,
  lacksReason,
  missingIn,
  textsToPublish,
  type Publishable,
} from './rules';
import type { Publication } from './schema';

export interface NewRevision {
  kind: RevisionKind;
  reason: Reason | null;
  texts: LetterTexts;
  authoritativeLanguage: Language;
  /** The date of the letter, `2025-04-23`. */
  date: string;
  publishedAt: Date;
  /** Id of the publishing coordinator; null for an operator. */
  publishedById: string | null;
}

/** The columns of a revision, all derived from its content. */
function columns(
  letterId: string,
  number: number,
  previous: string | null,
  { publishedById, publishedAt, ...revision }: NewRevision,
) {
  const content: RevisionContent = {
    format: 'undersigned/revision/3',
    letter: letterId,
    number,
    previous,
    kind: revision.kind,
    reason: revision.reason,
    publishedAt: publishedAt.toISOString(),
    authoritativeLanguage: revision.authoritativeLanguage,
    date: revision.date,
    texts: revision.texts,
  };
  const canonical = canonicalJson(content);
  return { kind: revision.kind, canonical, hash: sha256(canonical), publishedAt, publishedById };
}

/**
 * Inserts the next revision of a letter and makes it the current one. Must run in the publishing
 * transaction, which has locked or created the letter. Returns its number.
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
  const isBinding = revision.kind === 'first' || revision.kind === 'substance';
  await tx.letter.update({
    where: { id: letterId },
    data: { revision: number, ...(isBinding && { bindingRevision: number }) },
  });
  return number;
}

export type PublishResult =
  | { ok: true; number: number; asked: Audience }
  /** There is a newer revision, or the texts have changed since they were shown. */
  | { ok: false; reason: 'changed' }
  | { ok: false; reason: 'nothing-to-publish' }
  /**
   * The kind does not match the change: `translation` with other changes, `first` after the letter
   * opened, or another kind before.
   */
  | { ok: false; reason: 'wrong-kind' }
  | { ok: false; reason: 'reason-missing' }
  | { ok: false; reason: 'incomplete'; missing: { language: Language; field: ContentField }[] };

/**
 * Whether a letter is unchanged since it was shown. Versions of texts only increase, so equal
 * versions mean equal texts.
 */
function isAsSeen({ published, working, versions }: WorkingLetter, seen: Publication['seen']) {
  const text = (numbers: ByLanguage<number>) =>
    Object.fromEntries(Object.entries(numbers).map(([key, number]) => [key, String(number)]));
  return (
    (published?.number ?? null) === seen.revision &&
    sameByLanguage(text(versions), text(seen.versions)) &&
    working.date === seen.date &&
    working.authoritativeLanguage === seen.authoritativeLanguage
  );
}

/** The state of the letter that a publication would publish. */
function publishable({ working, published }: WorkingLetter): Publishable {
  const texts = textsToPublish(
    working.texts,
    working.authoritativeLanguage,
    published?.content.texts ?? null,
  );
  return { ...working, texts };
}

/**
 * Publishes the letter's texts as its next revision; until the letter has opened, it replaces the
 * first revision, which nobody has seen. A change of substance becomes the binding revision and
 * asks every signatory to reaffirm. The texts are compared word by word before the letter is
 * locked.
 */
export async function publish(
  owner: Owner,
  { kind, reason, seen }: Publication,
): Promise<PublishResult> {
  const { letterId, coordinatorId } = owner;
  const before = await workingLetter(db(), letterId);
  if (!isAsSeen(before, seen)) return { ok: false, reason: 'changed' };
  if (kind === 'substance')
    await prepareChanges(letterId, before.published?.content ?? null, publishable(before));
  return db().$transaction(async (tx): Promise<PublishResult> => {
    await lockLetter(tx, letterId);
    const letter = await workingLetter(tx, letterId);
    if (!isAsSeen(letter, seen)) return { ok: false, reason: 'changed' };
    const { published, isUnopened } = letter;
    const content = publishable(letter);
    const missing = missingIn(content);
    if (missing.length > 0) return { ok: false, reason: 'incomplete', missing };
    if (published && !differs(published.content, content))
      return { ok: false, reason: 'nothing-to-publish' };
    if (!kindsFor(published?.content ?? null, content, isUnopened).includes(kind))
      return { ok: false, reason: 'wrong-kind' };
    if (lacksReason(kind, reason, content)) return { ok: false, reason: 'reason-missing' };

    const revision: NewRevision = {
      ...content,
      kind,
      reason: kind !== 'first' && Object.keys(reason).length > 0 ? reason : null,
      publishedAt: new Date(),
      publishedById: coordinatorId,
    };
    let number = 1;
    if (published && isUnopened) {
      await tx.revision.update({
        where: { letterId_number: { letterId, number } },
        data: columns(letterId, number, null, revision),
      });
    } else number = await writeRevision(tx, letterId, revision);

    const row = await tx.revision.findUniqueOrThrow({
      where: { letterId_number: { letterId, number } },
      select: { canonical: true, hash: true },
    });
    const asked =
      kind === 'substance'
        ? await requestReaffirmations(tx, letterId, revisionContent(row.canonical))
        : { mailed: 0, attested: 0 };
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'publish',
      before: {
        revision: published && String(published.number),
        hash: published && published.hash,
      },
      after: { revision: String(number), hash: hex(row.hash), kind },
    });
    await markPublicChange(tx, letterId);
    return { ok: true, number, asked };
  });
}
