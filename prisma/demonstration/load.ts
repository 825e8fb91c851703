import type { PrismaClient } from '@/lib/platform/db/generated/client';
import { derivedFromNames, nameKey } from '@/lib/endorsement/rules';
import { listSettings } from '@/lib/letter/list-settings';
import { nameRows } from '@/lib/organization/names';
import { ORDER_VERSION } from '@/lib/organization/order';
import { tidyName } from '@/lib/organization/rules';
import { writeRevision } from '@/lib/revision/commands';
import printed from './signatories.json' with { type: 'json' };
import { text } from './text';

export const DEMONSTRATION_SLUG = 'icc-japan-2025';
export const DEMONSTRATION_COORDINATOR = 'coordinator@example.org';

/** The organizations of the printed letter. The last ones are counted but not named there. */
function signatories() {
  const named = printed.organizations.map((organization) => ({
    names: {
      ja: tidyName(organization.nameJa),
      en: tidyName(organization.nameEn),
    },
    reading: tidyName(organization.reading),
    coordinating: organization.coordinating,
    visibility: 'named' as const,
  }));
  const withheld = Array.from({ length: printed.withheldCount }, (_, index) => ({
    names: {
      ja: `名称非公表の団体${index + 1}`,
      en: `Organization not named in the printed letter (${index + 1})`,
    },
    reading: `めいしょうひこうひょうのだんたい${index + 1}`,
    coordinating: false,
    visibility: 'withheld' as const,
  }));
  return [...named, ...withheld];
}

/**
 * Loads the joint letter with its 25 signatories and a first coordinator into an empty database;
 * does nothing if there is already a letter. The signatories are attested with the printed letter
 * as evidence; their addresses are unknown, and no mail is sent.
 */
export async function loadDemonstration(db: PrismaClient): Promise<void> {
  if ((await db.letter.count()) > 0) return;
  const signedAt = new Date('2025-04-23T00:00:00+09:00');
  const opensAt = new Date('2025-04-01T00:00:00+09:00');
  await db.$transaction(async (tx) => {
    const { language, ...content } = text;
    const coordinator = await tx.coordinator.create({
      data: { email: DEMONSTRATION_COORDINATOR, isAdministrator: true },
    });
    const letter = await tx.letter.create({
      data: {
        slug: DEMONSTRATION_SLUG,
        authoritativeLanguage: language,
        date: new Date('2025-04-23'),
        timeZone: 'Asia/Tokyo',
        orderVersion: ORDER_VERSION,
        slugs: { create: { slug: DEMONSTRATION_SLUG } },
        roles: { create: { coordinatorId: coordinator.id, role: 'owner' } },
        languages: { create: { language } },
      },
    });
    const letterId = letter.id;
    await tx.letterText.create({ data: { letterId, language, ...content } });
    await tx.textSave.create({
      data: { letterId, language, version: 1, content: { ...content } },
    });
    await writeRevision(tx, letterId, {
      kind: 'first',
      reason: null,
      texts: { [language]: content },
      authoritativeLanguage: language,
      date: '2025-04-23',
      publishedAt: opensAt,
      publishedById: null,
    });
    await tx.letter.update({ where: { id: letterId }, data: { opensAt } });
    for (const { names, reading, coordinating, visibility } of signatories()) {
      const rows = nameRows({ names, reading });
      await tx.endorsement.create({
        data: {
          letter: { connect: { id: letterId } },
          organization: {
            create: {
              country: 'JP',
              ...(visibility === 'named' && { names: { create: rows } }),
            },
          },
          names: { create: rows },
          nameKey: nameKey({ names }),
          ...derivedFromNames({ names, reading, website: null, signedAt }, listSettings({})),
          revision: 1,
          signedRevision: 1,
          state: 'approved',
          proof: 'attested',
          evidence: 'Printed under the letter as it was delivered.',
          country: 'JP',
          coordinating,
          visibility,
          submittedAt: signedAt,
          agreedAt: signedAt,
          verifiedAt: signedAt,
          decidedAt: signedAt,
        },
      });
    }
  });
}
