/** Lists and counts that are kept where they change (ADR 60), and what reading them takes. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Owner } from '@/lib/coordinator/access';
import { entry, queue, stateCounts } from '@/lib/endorsement/review/queries';
import { queueSchema } from '@/lib/endorsement/review/schema';
import { db } from '@/lib/platform/db/client';
import { publicLetter, publicLetters } from '@/lib/signatories/public-letter/queries';
import {
  coordinatingOrganizations,
  countsWithCategories,
  searchSignatories,
  signatories,
  signatoriesAfter,
} from '@/lib/signatories/queries';
import { listPreview, PREVIEW_ENTRIES } from '@/lib/signatories/settings/queries';
import { aLetter, anOwner, manySignatories } from '@/tests/support/factories';
import { plansOf, rowsRead, sentBy } from '@/tests/support/plans';

describe('whatever happens to endorsements and their letter', () => {
  const STATES = ['submitted', 'verified', 'approved', 'withdrawn'] as const;
  const entry = fc.record({
    state: fc.constantFrom(...STATES),
    visibility: fc.constantFrom('named' as const, 'withheld' as const),
    coordinating: fc.boolean(),
    category: fc.constantFrom(null, 'a', 'b'),
    revision: fc.integer({ min: 1, max: 3 }),
    delivery: fc.constantFrom(null, 1, 2),
    late: fc.boolean(),
  });
  type GeneratedEntry = typeof entry extends fc.Arbitrary<infer T> ? T : never;
  const step = fc.oneof(
    fc.record({ kind: fc.constant('insert' as const), entries: fc.array(entry, { maxLength: 4 }) }),
    fc.record({ kind: fc.constant('update' as const), of: fc.nat(9), to: entry }),
    fc.record({ kind: fc.constant('all' as const), to: entry }),
    fc.record({ kind: fc.constant('delete' as const), of: fc.nat(9) }),
    fc.record({
      kind: fc.constant('letter' as const),
      bindingRevision: fc.integer({ min: 1, max: 3 }),
      delivery: fc.constantFrom(null, 1, 2),
      closes: fc.boolean(),
    }),
  );

  /** A letter with three revisions and two deliveries, neither of them in force. */
  async function aLetterWithVersions() {
    const letter = await aLetter({ closesAt: null });
    const { coordinatorId } = await anOwner(letter);
    await db().$executeRaw`
      INSERT INTO revision (letter_id, number, kind, canonical, hash, published_at)
      SELECT letter_id, number + n, 'substance', canonical, hash, published_at
      FROM revision, generate_series(1, 2) AS n WHERE letter_id = ${letter.id}::uuid`;
    await db().$executeRaw`
      INSERT INTO delivery (letter_id, number, tally, revision, canonical, hash, delivered_at, delivered_by_id)
      SELECT ${letter.id}::uuid, n, 'other', 1, '{}', '\\x00', now(), ${coordinatorId}::uuid FROM generate_series(1, 2) AS n`;
    return letter;
  }

  const fields = ({ late, ...rest }: GeneratedEntry) => ({
    ...rest,
    withdrawnBy: rest.state === 'withdrawn' ? ('system' as const) : null,
    submittedAt: new Date(late ? '2026-03-01T00:00:00Z' : '2026-01-01T00:00:00Z'),
  });

  async function insert(
    letterId: string,
    entries: (ReturnType<typeof fields> & { nameKey: string })[],
  ) {
    const rows = entries.map((entry) => ({
      ...entry,
      id: randomUUID(),
      organizationId: randomUUID(),
      letterId,
      country: 'JP',
      signedRevision: 1,
      sortKey: '',
      searchText: '',
      verifiedAt: new Date(),
    }));
    await db().$transaction([
      db().organization.createMany({
        data: rows.map(({ organizationId }) => ({ id: organizationId, country: 'JP' })),
      }),
      db().endorsement.createMany({ data: rows }),
      db().endorsementName.createMany({
        data: rows.map(({ id, nameKey }) => ({ endorsementId: id, language: 'en', name: nameKey })),
      }),
    ]);
  }

  it('the kept lists and counts are those that a recount gives', async () => {
    const closesAt = new Date('2026-02-01T00:00:00Z');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        const { id: letterId } = await aLetterWithVersions();
        let made = 0;
        const nth = async (n: number) => {
          const all = await db().endorsement.findMany({
            where: { letterId },
            orderBy: { nameKey: 'asc' },
            select: { id: true },
          });
          return all[n % Math.max(1, all.length)]?.id;
        };
        for (const done of steps) {
          if (done.kind === 'insert')
            await insert(
              letterId,
              done.entries.map((each) => ({ ...fields(each), nameKey: `${(made += 1)}` })),
            );
          if (done.kind === 'update') {
            const id = await nth(done.of);
            if (id) await db().endorsement.update({ where: { id }, data: fields(done.to) });
          }
          if (done.kind === 'all')
            await db().endorsement.updateMany({ where: { letterId }, data: fields(done.to) });
          if (done.kind === 'delete')
            await db().endorsement.deleteMany({ where: { id: (await nth(done.of)) ?? letterId } });
          if (done.kind === 'letter')
            await db().$executeRaw`
              UPDATE letter SET binding_revision = ${done.bindingRevision}, delivery = ${done.delivery},
                closes_at = ${done.closes ? closesAt : null}
              WHERE id = ${letterId}::uuid`;
        }
        const rows = await db().$queryRaw<{ kept: string | null; right: string | null }[]>`
          SELECT list::text AS kept, CASE WHEN state = 'approved' THEN list_of(endorsement.revision, endorsement.delivery,
            submitted_at, binding_revision, letter.delivery, closes_at)::text END AS right
          FROM endorsement JOIN letter ON letter.id = letter_id WHERE letter_id = ${letterId}::uuid`;
        expect(rows.map(({ kept }) => kept)).toEqual(rows.map(({ right }) => right));
        const kept = await db().$queryRaw`
          SELECT list::text, visibility::text, coordinating, category, count FROM signatory_count
          WHERE letter_id = ${letterId}::uuid AND count <> 0 ORDER BY 1, 2, 3, 4`;
        const counted = await db().$queryRaw`
          SELECT list::text, visibility::text, coordinating, COALESCE(category, '') AS category, count(*)::int AS count
          FROM endorsement WHERE letter_id = ${letterId}::uuid AND list IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
        expect(kept).toEqual(counted);
      }),
      { numRuns: 40 },
    );
  }, 300_000);
});

describe('a letter with 100,000 signatories', () => {
  let slug: string;
  let letterId: string;
  let entryId: string;
  let access: Owner;

  beforeAll(async () => {
    const letter = await aLetter();
    access = await anOwner(letter);
    ({ slug, id: letterId } = letter);
    await manySignatories(db(), letter, 100_000);
    ({ id: entryId } = await db().endorsement.findFirstOrThrow({
      where: { letterId, sortKey: '050001' },
    }));
  }, 300_000);

  const letterOf = async () => (await publicLetter(slug))!;

  /** What is read of it; the number of rows a statement may read apart from index-only scans. */
  const READS: Record<string, () => Promise<unknown>> = {
    counts: async () => countsWithCategories(await letterOf()),
    'the list of letters': () => publicLetters(),
    'the coordinating organizations': () => coordinatingOrganizations(letterId),
    'the first page': () => signatories(letterId, 'listed', { take: 100 }),
    'page 300': () => signatories(letterId, 'listed', { skip: 29_900, take: 100 }),
    'the first page of the API': async () =>
      signatoriesAfter(await letterOf(), 'listed', 500, null),
    'a search for one': async () =>
      expect((await searchSignatories(letterId, 'Organization 77777', 100)).items).toHaveLength(1),
    'the numbers beside the review’s states': () => stateCounts(access),
    'page 30 of the review': () =>
      queue(access, queueSchema.parse({ state: 'approved', page: '30' })),
    'a search in the review': async () =>
      expect(
        (await queue(access, queueSchema.parse({ state: 'approved', q: '77777' }))).total,
      ).toBe(1),
    // All names are alike.
    'an opened entry, its place, and those that are alike': async () => {
      const { settings: listSettings } = await letterOf();
      const opened = await entry(access, { bindingRevision: 1, listSettings }, entryId);
      expect(opened?.similar).not.toEqual([]);
      expect(opened?.place?.of).toBe(95_000);
    },
    'the settings of the list': async () => listPreview(access, (await letterOf()).settings),
  };
  const MOST_ROWS = PREVIEW_ENTRIES;

  it.each(Object.keys(READS))(
    '%s: no sequential scan, and no more rows than are shown',
    async (what) => {
      const plans = await plansOf(await sentBy(READS[what]!));
      expect(plans.length).toBeGreaterThan(0);
      for (const nodes of plans)
        for (const node of nodes) {
          const read = rowsRead(node);
          // One that ends early may be the shortest way to find some among many.
          if (/^endorsement/.test(node['Relation Name'] ?? '') && read >= MOST_ROWS)
            expect(node['Node Type'], what).not.toBe('Seq Scan');
          if (node['Node Type'] !== 'Index Only Scan' && node['Node Type'] !== 'Limit')
            expect(read, `${what}: ${node['Node Type']}`).toBeLessThanOrEqual(MOST_ROWS);
        }
    },
  );

  it('a cursor deep in the list reads on where it stands', async () => {
    const letter = await letterOf();
    let cursor: string | null = null;
    for (let page = 0; page < 40; page += 1)
      cursor = (await signatoriesAfter(letter, 'listed', 500, cursor))!.next;
    for (const nodes of await plansOf(
      await sentBy(() => signatoriesAfter(letter, 'listed', 500, cursor)),
    ))
      for (const node of nodes)
        expect(node['Actual Rows'] * node['Actual Loops']).toBeLessThanOrEqual(MOST_ROWS);
  });
});
