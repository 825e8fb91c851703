import { randomUUID } from 'node:crypto';
import { db } from '@/lib/platform/db/client';
import type { Prisma, PrismaClient } from '@/lib/platform/db/generated/client';
import type { Role } from '@/lib/platform/db/generated/enums';
import type { Language } from '@/lib/platform/languages';
import { derivedFromNames } from '@/lib/endorsement/rules';
import { markPublicChange } from '@/lib/letter/lock';
import { listSettings } from '@/lib/letter/list-settings';
import type { LetterContent, LetterTexts } from '@/lib/letter/text/content';
import { ORDER_VERSION } from '@/lib/organization/order';
import { writeRevision } from '@/lib/revision/commands';
import { signUpSchema, type SignUp } from '@/lib/endorsement/schema';
import { letterAccess, type Owner } from '@/lib/coordinator/access';

/** An address that no other test uses. */
export const anAddress = (name = 'someone') => `${name}-${randomUUID().slice(0, 8)}@example.org`;

/** The parts of a letter that has little to say. */
export const someParts = (over: Partial<LetterContent> = {}): LetterContent => ({
  title: 'A letter',
  subject: null,
  dateLine: 'April 23, 2025',
  addressee: null,
  salutation: 'Dear Minister,',
  body: 'Text.',
  callsIntro: null,
  calls: [],
  closing: null,
  valediction: 'Sincerely,',
  ...over,
});

type LetterOver = Partial<Omit<Prisma.LetterUncheckedCreateInput, 'opensAt' | 'texts'>> & {
  opensAt?: Date | null;
  texts?: LetterTexts;
};

/** A letter with its first revision published, in English and open unless told otherwise; with `opensAt: null` a draft without one. */
export async function aLetterIn(
  client: PrismaClient,
  {
    texts = { en: someParts() },
    opensAt = new Date('2025-04-01T00:00:00+09:00'),
    ...over
  }: LetterOver = {},
) {
  const authoritativeLanguage = over.authoritativeLanguage ?? 'en';
  const letter = await client.letter.create({
    data: {
      slug: `letter-${randomUUID().slice(0, 8)}`,
      authoritativeLanguage,
      date: new Date('2025-04-23'),
      timeZone: 'Asia/Tokyo',
      orderVersion: ORDER_VERSION,
      ...over,
      texts: {
        create: Object.entries(texts).map(([language, parts]) => ({
          language: language as Language,
          ...parts,
        })),
      },
    },
  });
  await client.textSave.createMany({
    data: Object.entries(texts).map(([language, parts]) => ({
      letterId: letter.id,
      language: language as Language,
      version: 1,
      parts: { ...parts },
    })),
  });
  if (opensAt === null) return letter;
  const publishedAt = opensAt < new Date() ? opensAt : new Date();
  await writeRevision(client, letter.id, {
    kind: 'first',
    reason: null,
    texts,
    authoritativeLanguage,
    date: '2025-04-23',
    publishedAt,
    publishedById: null,
  });
  return client.letter.update({ where: { id: letter.id }, data: { opensAt } });
}

/** A letter of the test's own, as {@link aLetterIn} makes it. */
export const aLetter = (over: LetterOver = {}) => aLetterIn(db(), over);

/** What a representative sends, valid unless told otherwise. */
export function aForm(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    nameJa: '東京平和の会',
    reading: 'とうきょうへいわのかい',
    nameEn: 'Tokyo Peace Group',
    website: 'https://peace.example.org',
    country: 'JP',
    representativeName: '平和 花子',
    representativeRole: '事務局長',
    representativeEmail: anAddress(),
    visibility: 'named',
    mayEndorse: true,
    privacyConsent: true,
    language: 'ja',
    ...over,
  };
}

/** A sign-up as the schema lets it through. */
export function aSignUp(over: Record<string, unknown> = {}): SignUp {
  return signUpSchema.parse(aForm(over));
}

/** An endorsement as it is after confirmation, or in the state asked for. */
export const anEndorsement = (
  letterId: string,
  over: Partial<Prisma.EndorsementUncheckedCreateInput> = {},
) => anEndorsementIn(db(), letterId, over);

/** As {@link anEndorsement}, in another database than the test's own. */
export async function anEndorsementIn(
  client: PrismaClient,
  letterId: string,
  over: Partial<Prisma.EndorsementUncheckedCreateInput> = {},
) {
  const email = over.email ?? anAddress();
  const names = {
    nameJa: '東京平和の会',
    reading: 'とうきょうへいわのかい',
    nameEn: 'Tokyo Peace Group',
  };
  const given = {
    ...names,
    ...Object.fromEntries(Object.entries(over).filter(([key]) => key in names)),
  } as typeof names;
  const website = over.website === undefined ? 'https://peace.example.org/' : over.website;
  return client.endorsement.create({
    data: {
      ...given,
      ...derivedFromNames(
        { ...given, website, signedAt: (over.submittedAt as Date | undefined) ?? new Date() },
        listSettings({}),
      ),
      letterId,
      revision: 1,
      signedRevision: 1,
      website,
      country: 'JP',
      representativeName: '平和 花子',
      representativeRole: '事務局長',
      email,
      emailKey: email,
      language: 'ja',
      state: 'verified',
      verifiedAt: new Date(),
      ...over,
    },
  });
}

/** Rows of approved endorsements, for `createMany`. */
export const manyEndorsements = (letter: { id: string; slug: string }, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    letterId: letter.id,
    revision: 1,
    signedRevision: 1,
    nameEn: `Organization ${n}`,
    country: 'JP',
    sortKey: String(n).padStart(6, '0'),
    searchText: `organization${n} org${n}.example.org`,
    email: `o${n}@${letter.slug}.example.org`,
    emailKey: `o${n}@${letter.slug}.example.org`,
    language: 'en' as const,
    state: 'approved' as const,
    verifiedAt: new Date(),
  }));

/** A coordinator with a role on a letter, and their authority over it. */
export async function aCoordinator(letter: { id: string; slug: string }, role: Role = 'reviewer') {
  const coordinator = await db().coordinator.create({
    data: { email: anAddress(role), roles: { create: { letterId: letter.id, role } } },
  });
  const authority = await letterAccess(coordinator.id, letter.slug, 'observer');
  return { coordinator, authority: authority! };
}

/** An owner's authority over a letter, as commands want it. */
export async function anOwner(letter: { id: string; slug: string }): Promise<Owner> {
  const { coordinator } = await aCoordinator(letter, 'owner');
  return (await letterAccess(coordinator.id, letter.slug, 'owner'))!;
}

/** A reviewer's authority over a letter, as commands want it. */
export async function aReviewer(letter: { id: string; slug: string }) {
  const { coordinator } = await aCoordinator(letter, 'reviewer');
  return (await letterAccess(coordinator.id, letter.slug, 'reviewer'))!;
}

/** Publishes an open English letter at `slug` with `body`, or a correction of it. */
export async function publishLetter(
  client: PrismaClient,
  { slug, body }: { slug: string; body: string },
): Promise<void> {
  const texts = { en: someParts({ body }) };
  const letter = await client.letter.findUnique({ where: { slug }, select: { id: true } });
  if (!letter) return void (await aLetterIn(client, { slug, texts }));
  const revision = {
    kind: 'correction' as const,
    reason: null,
    texts,
    authoritativeLanguage: 'en' as const,
    date: '2025-04-23',
    publishedAt: new Date(),
    publishedById: null,
  };
  await client.$transaction(async (tx) => {
    await writeRevision(tx, letter.id, revision);
    await markPublicChange(tx, letter.id);
  });
}
