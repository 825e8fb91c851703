import { titledFields, type TitledText } from '@/lib/letter/rules';
import { nameFields, namesOf, type Names } from '@/lib/organization/names';
import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { ImportKind } from '@/lib/platform/db/generated/enums';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import { hashToken, isToken } from '@/lib/platform/tokens';

/**
 * What the link to an attested endorsement shows: no more than the mail that it came in, since
 * nobody has proved that the address is the organization's. `over`: it was declined or withdrawn.
 */
export type Question =
  | { state: 'unknown' }
  | ({
      state: 'open' | 'confirmed' | 'denied' | 'over';
      letterSlug: string;
      letterTitles: ByLanguage<TitledText>;
      /** How it signed, as the coordinators say; `form`: it signed up, and they vouch for it. Null if that is not kept any more. */
      kind: ImportKind | 'form' | null;
      isWithheld: boolean;
    } & Names);

/** The Prisma condition of a question whose address denies it, which nobody has looked into. */
export const DENIED = {
  answer: 'denied',
  dismissedAt: null,
} as const satisfies Prisma.AttestedQuestionWhereInput;

/**
 * The id of the endorsement that the link with `token` asks about; null if the link does not work.
 * Of a sign-up that a coordinator vouches for, the links to confirm it do so, too.
 */
export async function askedThrough(on: Db, token: string, now: Date): Promise<string | null> {
  if (!isToken(token)) return null;
  const where = { tokenHash: hashToken(token), expiresAt: { gt: now } };
  const select = { endorsementId: true };
  const question = await on.attestedQuestion.findUnique({ where, select });
  if (question) return question.endorsementId;
  const link = await on.verification.findUnique({
    where: { ...where, endorsement: { question: { isNot: null } } },
    select,
  });
  return link?.endorsementId ?? null;
}

/** The question behind the link with `token`. Reading it changes nothing. */
export async function question(
  token: string,
  now: Date = new Date(),
  on: Db = db(),
): Promise<Question> {
  const endorsementId = await askedThrough(on, token, now);
  if (!endorsementId) return { state: 'unknown' };
  const found = await on.attestedQuestion.findUnique({
    where: { endorsementId },
    select: {
      answer: true,
      endorsement: {
        select: {
          state: true,
          proof: true,
          visibility: true,
          names: { select: nameFields },
          import: { select: { kind: true } },
          letter: { select: { slug: true, current: titledFields.current } },
        },
      },
    },
  });
  if (!found) return { state: 'unknown' };
  const { state, proof, visibility, names, letter, import: origin } = found.endorsement;
  const stands = state === 'approved' || state === 'verified';
  const answered = proof === 'email' ? 'confirmed' : found.answer;
  return {
    state: stands ? (answered ?? 'open') : 'over',
    letterSlug: letter.slug,
    letterTitles: byLanguage(letter.current?.titles ?? [], (text) => text),
    kind: origin ? origin.kind : 'form',
    isWithheld: visibility === 'withheld',
    ...namesOf(names),
  };
}
