import type { PrismaClient } from '@/lib/platform/db/generated/client';
import { addressKey } from '@/lib/platform/mail/outbox';
import { derivedFromNames } from '@/lib/endorsement/rules';
import { listSettings } from '@/lib/letter/list-settings';
import { ORDER_VERSION } from '@/lib/organization/order';
import { normaliseLine } from '@/lib/organization/rules';
import { writeRevision } from '@/lib/revision/commands';
import printed from './signatories.json' with { type: 'json' };
import { text } from './text';

export const DEMONSTRATION_SLUG = 'icc-japan-2025';
export const DEMONSTRATION_COORDINATOR = 'coordinator@example.org';

/** The organizations of the printed letter in the words of the domain. The last ones are counted but not named there. */
function signatories() {
  const named = printed.organizations.map((organization) => ({
    nameJa: normaliseLine(organization.nameJa),
    reading: normaliseLine(organization.reading),
    nameEn: normaliseLine(organization.nameEn),
    coordinating: organization.coordinating,
    visibility: 'named' as const,
  }));
  const withheld = Array.from({ length: printed.withheldCount }, (_, index) => ({
    nameJa: `名称非公表の団体${index + 1}`,
    reading: `めいしょうひこうひょうのだんたい${index + 1}`,
    nameEn: `Organization not named in the printed letter (${index + 1})`,
    coordinating: false,
    visibility: 'withheld' as const,
  }));
  return [...named, ...withheld];
}

/**
 * Puts the joint letter with its 25 signatories and a first coordinator into an empty database; does nothing where there
 * is a letter already. The signatories are attested by the coordinator, not confirmed by e-mail, and are never mailed.
 */
export async function loadDemonstration(db: PrismaClient): Promise<void> {
  if ((await db.letter.count()) > 0) return;
  const signedAt = new Date('2025-04-23T00:00:00+09:00');
  const opensAt = new Date('2025-04-01T00:00:00+09:00');
  await db.$transaction(async (tx) => {
    const { language, ...parts } = text;
    const letter = await tx.letter.create({
      data: {
        slug: DEMONSTRATION_SLUG,
        authoritativeLanguage: language,
        date: new Date('2025-04-23'),
        timeZone: 'Asia/Tokyo',
        orderVersion: ORDER_VERSION,
        texts: { create: { language, ...parts } },
      },
    });
    await tx.textSave.create({
      data: { letterId: letter.id, language, version: 1, parts: { ...parts } },
    });
    await writeRevision(tx, letter.id, {
      kind: 'first',
      reason: null,
      texts: { [language]: parts },
      authoritativeLanguage: language,
      date: '2025-04-23',
      publishedAt: opensAt,
      publishedById: null,
    });
    await tx.letter.update({ where: { id: letter.id }, data: { opensAt } });
    await tx.endorsement.createMany({
      data: signatories().map((organization, index) => {
        const email = `signatory-${String(index + 1).padStart(2, '0')}@example.org`;
        return {
          ...organization,
          ...derivedFromNames({ ...organization, website: null, signedAt }, listSettings({})),
          letterId: letter.id,
          revision: 1,
          signedRevision: 1,
          state: 'approved' as const,
          proof: 'attested' as const,
          country: 'JP',
          email,
          emailKey: addressKey(email),
          language: 'ja' as const,
          submittedAt: signedAt,
          verifiedAt: signedAt,
          decidedAt: signedAt,
        };
      }),
    });
    await tx.coordinator.create({
      data: {
        email: DEMONSTRATION_COORDINATOR,
        isAdministrator: true,
        roles: { create: { letterId: letter.id, role: 'owner' } },
      },
    });
  });
}
