import { actorOf, type Owner } from '@/lib/coordinator/access';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { inOrder, LANGUAGES, type Language } from '@/lib/platform/languages';
import { exported } from './queries';

/** What is in a file of contacts, which `contactRows` then reads. */
export interface Export {
  /** The entries, oldest first. */
  ids: string[];
  /** The languages in which their organizations have names, and those that forms offer. */
  languages: Language[];
}

/**
 * Records that an owner takes the contacts of the letter out of the product, before anything of
 * them is sent.
 */
export async function exportContacts(owner: Owner): Promise<Export> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    const rows = await tx.endorsement.findMany({
      where: exported(owner),
      orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
      select: { id: true },
    });
    const named = await tx.$queryRaw<{ language: Language }[]>`
      SELECT DISTINCT language FROM endorsement_name JOIN endorsement ON endorsement.id = endorsement_id
      WHERE letter_id = ${letterId}::uuid`;
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'export_contacts',
      after: { entries: rows.length },
    });
    return {
      ids: rows.map(({ id }) => id),
      languages: inOrder(new Set([...LANGUAGES, ...named.map(({ language }) => language)])),
    };
  });
}
