import { randomUUID } from 'node:crypto';
import { db } from '@/lib/platform/db/client';
import type { Prisma, PrismaClient } from '@/lib/platform/db/generated/client';
import type { Role } from '@/lib/platform/db/generated/enums';
import { present, type ByLanguage, type Language } from '@/lib/platform/languages';
import { nameHash, storedFromNames } from '@/lib/endorsement/keys';
import { FIRST_REPRESENTATIVE } from '@/lib/endorsement/representatives/queries';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { markPublicChange } from '@/lib/letter/lock';
import { listSettings } from '@/lib/letter/list-settings';
import type { LetterContent, LetterTexts } from '@/lib/letter/text/content';
import { nameRows, storedNames, type Names } from '@/lib/organization/names';
import { fold } from '@/lib/organization/folding';
import { ORDER_VERSION } from '@/lib/organization/order';
import { writeRevision } from '@/lib/revision/commands';
import { signUpSchema, type SignUp } from '@/lib/endorsement/schema';
import {
  letterAccess,
  type LetterAccess,
  type Administrator,
  type Owner,
  type Reviewer,
} from '@/lib/coordinator/access';

/** An address that no other test uses. */
export const anAddress = (name = 'someone') => `${name}-${randomUUID().slice(0, 8)}@example.org`;

/** The parts of a minimal letter. */
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

type LetterOver = Partial<
  Omit<
    Prisma.LetterUncheckedCreateInput,
    'opensAt' | 'texts' | 'slugs' | 'roles' | 'languages' | 'rounds' | 'deadlineLabels'
  >
> & {
  opensAt?: Date | null;
  texts?: LetterTexts;
  finalLabel?: ByLanguage;
  /** The deadlines of its rounds. */
  roundsAt?: Date[];
};

/**
 * A letter with its first revision, in English and open by default; with `opensAt: null` a draft
 * without one. It has an owner that is unknown to tests.
 */
export async function aLetterIn(
  client: PrismaClient,
  {
    texts = { en: someParts() },
    opensAt = new Date('2025-04-01T00:00:00+09:00'),
    finalLabel = {},
    roundsAt = [],
    ...over
  }: LetterOver = {},
) {
  const slug = over.slug ?? `letter-${randomUUID().slice(0, 8)}`;
  const authoritativeLanguage = over.authoritativeLanguage ?? 'en';
  const languages = Object.keys(texts);
  const letter = await client.letter.create({
    data: {
      authoritativeLanguage,
      date: new Date('2025-04-23'),
      timeZone: 'Asia/Tokyo',
      orderVersion: ORDER_VERSION,
      ...over,
      slug,
      slugs: { create: { slug } },
      languages: {
        create: [...new Set([authoritativeLanguage, ...languages])].map((language) => ({
          language,
        })),
      },
      rounds: {
        create: roundsAt.map((deadlineAt, index) => ({ number: index + 1, deadlineAt })),
      },
      deadlineLabels: {
        create: Object.entries(finalLabel).map(([language, label]) => ({
          language,
          label,
        })),
      },
      roles: { create: { role: 'owner', coordinator: { create: { email: anAddress('owner') } } } },
    },
  });
  const letterId = letter.id;
  for (const [language, content] of Object.entries(texts)) {
    await client.letterText.create({ data: { letterId, language, ...content } });
    await client.textSave.create({
      data: { letterId, language, version: 1, content: { ...content } },
    });
  }
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

/** A letter made by {@link aLetterIn} for one test. */
export const aLetter = (over: LetterOver = {}) => aLetterIn(db(), over);

/** A sign-up request, valid by default. */
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

/** A parsed sign-up for a letter with these settings of its list. */
export function aSignUp(over: Record<string, unknown> = {}, settings: object = {}): SignUp {
  return signUpSchema(listSettings(settings)).parse(aForm(over));
}

type EndorsementOver = Partial<
  Omit<
    Prisma.EndorsementUncheckedCreateInput,
    'names' | 'contactId' | 'letterId' | 'inviteeId' | 'importId' | 'ownDeclineReasonId'
  >
> & {
  /** The names by form field; null for none. */
  nameJa?: string | null;
  reading?: string | null;
  nameEn?: string | null;
  /** The contact's address, name, role and language. */
  email?: string;
  representativeName?: string | null;
  representativeRole?: string | null;
  language?: Language;
};

/**
 * A confirmed endorsement, or one in the given state: its contact is verified if it was confirmed
 * by mail, and one on the list has an organization.
 */
export const anEndorsement = (letterId: string, over: EndorsementOver = {}) =>
  anEndorsementIn(db(), letterId, over);

/** Like {@link anEndorsement}, in another database. */
export async function anEndorsementIn(
  client: PrismaClient,
  letterId: string,
  {
    nameJa = '東京平和の会',
    reading = 'とうきょうへいわのかい',
    nameEn = 'Tokyo Peace Group',
    email = anAddress(),
    representativeName = '平和 花子',
    representativeRole = '事務局長',
    language = 'ja',
    organizationId,
    ...over
  }: EndorsementOver = {},
) {
  const { state = 'verified', country = 'JP', proof = 'email', visibility = 'named' } = over;
  const website = over.website === undefined ? 'https://peace.example.org/' : over.website;
  const agreedAt = new Date(over.agreedAt ?? over.submittedAt ?? Date.now());
  const given: Names = {
    names: present({ ja: nameJa, en: nameEn }),
    reading: nameJa === null ? null : reading,
  };
  const verifiedAt = state === 'submitted' ? null : new Date();
  const onTheList = state === 'approved' || state === 'withdrawn';
  const contact = await client.contact.create({
    data: {
      email,
      emailKey: email,
      language,
      verifiedAt: proof === 'email' ? verifiedAt : null,
    },
  });
  const row = await client.endorsement.create({
    data: {
      ...storedFromNames({ ...given, website, signedAt: agreedAt, visibility }, listSettings({})),
      nameKey: nameHash(given),
      revision: 1,
      signedRevision: 1,
      verifiedAt,
      ...(state === 'withdrawn' && { withdrawnBy: 'coordinator' as const }),
      ...(proof === 'attested' && { evidence: 'Told so in a meeting.' }),
      ...over,
      letter: { connect: { id: letterId } },
      state,
      country,
      website,
      agreedAt,
      names: { create: nameRows(storedNames(given, visibility)) },
      contact: { connect: { id: contact.id } },
      representatives: {
        create: {
          contact: { connect: { id: contact.id } },
          name: representativeName,
          role: representativeRole,
          searchText: fold(representativeName ?? ''),
        },
      },
      ...((onTheList || organizationId) && {
        organization: organizationId
          ? { connect: { id: organizationId } }
          : {
              create: {
                country,
                names: { create: visibility === 'named' ? nameRows(given) : [] },
              },
            },
      }),
    },
  });
  return { ...row, ...given, email, language };
}

/** The token of a private link of an endorsement's first representative. */
export async function anEntryLinkIn(client: PrismaClient, endorsementId: string): Promise<string> {
  const token = newToken();
  const { id: representativeId } = await client.representative.findFirstOrThrow({
    where: { endorsementId },
    orderBy: [...FIRST_REPRESENTATIVE],
  });
  await client.entryLink.create({
    data: {
      representativeId,
      tokenHash: hashToken(token),
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  });
  return token;
}

/** {@link anEntryLinkIn} the database of the tests. */
export const anEntryLink = async (endorsementId: string) => anEntryLinkIn(db(), endorsementId);

/** Makes a contact the one of an endorsement and of its representative. */
export async function representedBy(endorsementId: string, contactId: string): Promise<void> {
  await db().representative.updateMany({ where: { endorsementId }, data: { contactId } });
  await db().endorsement.update({ where: { id: endorsementId }, data: { contactId } });
}

/** Another representative of an endorsement, as their contact. */
export async function aColleague(
  endorsementId: string,
  verifiedAt: Date | null = new Date(),
  over: { name?: string; language?: string } = {},
) {
  const { language = 'en', ...person } = over;
  const email = anAddress('colleague');
  const contact = await db().contact.create({
    data: { email, emailKey: email, language, verifiedAt },
  });
  const { id: representativeId } = await db().representative.create({
    data: { endorsementId, contactId: contact.id, ...person },
  });
  return { ...contact, representativeId };
}

/** Adds many endorsements at once: `Organization 0` and so on, on the list by default. */
export async function manyEndorsements(
  client: PrismaClient,
  letter: { id: string },
  count: number,
  over: (n: number) => Partial<{ name: string; state: 'verified'; verifiedAt: Date }> = () => ({}),
): Promise<void> {
  const all = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    organizationId: randomUUID(),
    name: `Organization ${n}`,
    sortKey: String(n).padStart(6, '0'),
    verifiedAt: new Date(),
    state: 'approved' as 'approved' | 'verified',
    ...over(n),
  }));
  await client.organization.createMany({
    data: all.map(({ organizationId }) => ({ id: organizationId, country: 'JP' })),
  });
  await client.$transaction([
    client.endorsement.createMany({
      data: all.map(({ name, ...row }) => ({
        ...row,
        letterId: letter.id,
        revision: 1,
        signedRevision: 1,
        nameKey: name,
        country: 'JP',
        searchText: `${fold(name)}\n`,
      })),
    }),
    client.endorsementName.createMany({
      data: all.map(({ id, name }) => ({ endorsementId: id, language: 'en', name })),
    }),
  ]);
}

/**
 * Very many approved endorsements in one statement, every 20th withheld and every 10,000th
 * coordinating; the tables are vacuumed as PostgreSQL does by and by.
 */
export async function manySignatories(
  client: PrismaClient,
  letter: { id: string },
  count: number,
): Promise<void> {
  // In two pieces, with statistics between: a connection keeps the plans of its foreign keys, and
  // with those made while tables were small, each row would read the whole table.
  const first = Math.min(count, 1_000);
  for (const [from, to] of [
    [1, first],
    [first + 1, count],
  ]) {
    await client.$executeRaw`
      WITH one AS (
        SELECT n, gen_random_uuid() AS id, 'Organization ' || n AS name FROM generate_series(${from}::int, ${to}::int) AS n
      ), organizations AS (
        INSERT INTO organization (id, country) SELECT id, 'JP' FROM one
      ), entries AS (
        INSERT INTO endorsement (id, letter_id, organization_id, state, name_key, country, visibility, coordinating,
          signed_revision, revision, sort_key, search_text, verified_at)
        SELECT id, ${letter.id}::uuid, id, 'approved', name, 'JP', CASE WHEN n % 20 = 0 THEN 'withheld' ELSE 'named' END::visibility,
          n % 10000 = 1, 1, 1, lpad(n::text, 6, '0'), lower(replace(name, ' ', '')) || E'\n', now() FROM one
      )
      INSERT INTO endorsement_name (endorsement_id, language, name) SELECT id, 'en', name FROM one`;
    await client.$executeRawUnsafe(
      'VACUUM ANALYZE organization, endorsement, endorsement_name, signatory_count',
    );
  }
}

/** A coordinator with a role on a letter. */
export const aCoordinator = (letter: { id: string }, role: Role = 'reviewer') =>
  db().coordinator.create({
    data: { email: anAddress(role), roles: { create: { letterId: letter.id, role } } },
  });

/** An observer's access to a letter, for queries. */
export const anObserver = async (letter: { id: string; slug: string }): Promise<LetterAccess> =>
  (await letterAccess(await aCoordinator(letter, 'observer'), letter.slug, 'readEntries'))!;

/** A reviewer's access to a letter, for commands. */
export const aReviewer = async (letter: { id: string; slug: string }): Promise<Reviewer> =>
  (await letterAccess(await aCoordinator(letter, 'reviewer'), letter.slug, 'decide'))!;

/** An owner's access to a letter, for commands. */
export const anOwner = async (letter: { id: string; slug: string }): Promise<Owner> =>
  (await letterAccess(await aCoordinator(letter, 'owner'), letter.slug, 'publish'))!;

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
    authoritativeLanguage: 'en',
    date: '2025-04-23',
    publishedAt: new Date(),
    publishedById: null,
  };
  await client.$transaction(async (tx) => {
    await writeRevision(tx, letter.id, revision);
    await markPublicChange(tx, letter.id);
  });
}

/** An administrator's access to a letter, as commands want it. */
export async function anAdministrator(letter: { slug: string }): Promise<Administrator> {
  const coordinator = await db().coordinator.create({
    data: { email: anAddress('administrator'), isAdministrator: true },
  });
  const access = await letterAccess(coordinator, letter.slug, 'mergeOrganizations');
  // Other tests count the letter's and the instance's coordinators.
  await db().coordinator.update({
    where: { id: coordinator.id },
    data: { isAdministrator: false },
  });
  return access!;
}
