import { expect } from 'vitest';
import type { LetterContent } from '@/lib/letter/text/content';
import type { Owner } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import type { Language } from '@/lib/platform/languages';
import { publish } from '@/lib/revision/commands';
import type { Reason } from '@/lib/revision/content';
import { workingLetterOf } from '@/lib/revision/queries';
import type { Publication } from '@/lib/revision/schema';
import { aLetter, anEndorsement, anOwner, someParts } from './factories';
import { mailsTo, tokenOf } from './mail';

type Letter = Awaited<ReturnType<typeof aLetter>>;

/** The input of a freshly rendered publishing form. */
export async function publication(
  owner: Owner,
  kind: Publication['kind'],
  reason: Reason = { en: 'A reason' },
): Promise<Publication> {
  const { published, working, versions } = await workingLetterOf(owner);
  const { date, authoritativeLanguage } = working;
  return {
    kind,
    reason,
    seen: { revision: published?.number ?? null, versions, date, authoritativeLanguage },
  };
}

export const publishAs = async (owner: Owner, kind: Publication['kind'], reason?: Reason) =>
  publish(owner, await publication(owner, kind, reason));

/** Saves a letter's text like a coordinator. */
export async function write(
  letter: Letter,
  parts: Partial<LetterContent>,
  language: Language = 'en',
) {
  const listed = { letterId: letter.id, language };
  await db().letterLanguage.createMany({ data: listed, skipDuplicates: true });
  await db().letterText.upsert({
    where: { letterId_language: listed },
    create: { ...listed, ...someParts(parts) },
    update: { ...parts, version: { increment: 1 } },
  });
}

/** A letter with signatories that were each mailed after a change of substance. */
export async function aLetterInReaffirmation(signatories: number) {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const endorsements = [];
  for (let n = 0; n < signatories; n += 1)
    endorsements.push(await anEndorsement(letter.id, { state: 'approved' }));
  await write(letter, { body: 'Another text.' });
  expect(await publishAs(owner, 'substance')).toMatchObject({
    ok: true,
    number: 2,
    asked: { mailed: signatories, attested: 0 },
  });
  return { letter, owner, endorsements };
}

export const askedToken = async (email: string) =>
  tokenOf((await mailsTo(email)).filter(({ kind }) => kind === 'reaffirm').at(-1)!);
