import { expect } from 'vitest';
import type { LetterContent } from '@/lib/letter/text/content';
import type { Owner } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { publish } from '@/lib/revision/commands';
import type { Reason } from '@/lib/revision/content';
import { workingLetterOf } from '@/lib/revision/queries';
import type { Publication } from '@/lib/revision/schema';
import { aLetter, anEndorsement, anOwner, someParts } from './factories';
import { mailsTo, tokenOf } from './mail';

type Letter = Awaited<ReturnType<typeof aLetter>>;

/** What a coordinator who has just opened the page sends. */
export async function publication(
  owner: Owner,
  kind: Publication['kind'],
  reason: Partial<Reason> = { en: 'A reason' },
): Promise<Publication> {
  const { published, working, versions } = await workingLetterOf(owner);
  const { date, authoritativeLanguage } = working;
  return {
    kind,
    reason: { ja: null, en: null, ...reason },
    seen: { revision: published?.number ?? null, ...versions, date, authoritativeLanguage },
  };
}

export const publishAs = async (
  owner: Owner,
  kind: Publication['kind'],
  reason?: Partial<Reason>,
) => publish(owner, await publication(owner, kind, reason));

/** Writes at a letter's text, as a coordinator saves it. */
export async function write(
  letter: Letter,
  parts: Partial<LetterContent>,
  language: 'ja' | 'en' = 'en',
) {
  await db().letterText.upsert({
    where: { letterId_language: { letterId: letter.id, language } },
    create: { letterId: letter.id, language, ...someParts(parts) },
    update: { ...parts, version: { increment: 1 } },
  });
}

/** A letter with signatories of which each was mailed after a change of substance. */
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
  tokenOf((await mailsTo(email)).filter(({ kind }) => kind === 'affirm').at(-1)!);
