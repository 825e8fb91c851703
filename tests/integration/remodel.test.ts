import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { letterAccess } from '@/lib/coordinator/access';
import {
  deliveryCanonical,
  deliveryFiles,
  publicDeliveries,
  publicDelivery,
} from '@/lib/delivery/queries';
import { stateCounts } from '@/lib/endorsement/review/queries';
import { movedTo } from '@/lib/letter/queries';
import { canonicalJson } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import { applyMigrations } from '@/lib/platform/db/migrate';
import { revisionCanonical, revisionsOf } from '@/lib/revision/queries';
import {
  bindingRevisionOf,
  reaffirmationCounts,
  reaffirmationSignatories,
} from '@/lib/revision/reaffirmation/queries';
import { publicLetter, publicLetters } from '@/lib/signatories/public-letter/queries';
import { coordinatingOrganizations, publicCounts, signatories } from '@/lib/signatories/queries';
import { managedUpdates, publicUpdates } from '@/lib/update/queries';
import {
  allRows,
  enter,
  leave,
  printedBefore,
  seenBefore,
  SLUGS,
  type Row,
} from '@/tests/support/before-remodel';
import { hashOf } from '@/tests/support/delivery';
import { entryFor, letterFor } from '@/tests/support/managed';

/** The time of the dump: what was open then is open, and no reminder is due yet. */
const NOW = new Date('2026-11-28T13:41:00Z');

let instance: Awaited<ReturnType<typeof enter>>;
beforeAll(async () => {
  instance = await enter(inject('postgresUrl'), `remodel_${process.pid}`);
});
afterAll(() => leave(instance));

/** What later versions added to the results. */
const ADDED = [
  'contact',
  'contactEmail',
  'openedAt',
  'reminds',
  'authorised',
  'category',
  'categories',
  'origin',
  'question',
  'denied',
  'pressure',
  'pressureUntil',
];
const ADDED_SETTINGS = ['website', 'authorisation', 'categories'];

/** Converted to JSON, like the recorded results, without what was added since. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, member: unknown) => {
    if (ADDED.includes(key)) return undefined;
    return key === 'settings' || key === 'listSettings'
      ? dropped(member as Row, ...ADDED_SETTINGS)
      : member;
  });
const idOf = async (slug: string) => (await publicLetter(slug, NOW))!.id;
const access = async <A extends Parameters<typeof letterAccess>[2]>(
  role: string,
  slug: string,
  act: A,
) =>
  (await letterAccess(
    await db().coordinator.findUniqueOrThrow({ where: { email: `${role}@example.org` } }),
    slug,
    act,
  ))!;
const dropped = ({ ...row }: Row, ...columns: string[]): Row => {
  for (const column of columns) delete row[column];
  return row;
};
const sorted = (rows: Row[]) => rows.map((row) => canonicalJson(row)).sort();

/** An entry as it was shown when it had one representative at most. */
function withOneRepresentative({ representatives, ...entry }: Row): Row {
  const [first] = representatives as Row[];
  return { ...entry, representative: first ? dropped(first, 'id') : null };
}

describe('a migrated instance without organizations and contacts', () => {
  const seen = seenBefore();

  it('is migrated once, and migrating again changes nothing', async () => {
    expect(instance.applied).toContain('20261128140000_organizations_contacts_languages');
    expect(await applyMigrations(instance.url, 'prisma')).toEqual([]);
    expect(await allRows(instance.client)).toEqual(instance.after);
  });

  it('shows the public the same letters at the same URLs', async () => {
    const letters = (await publicLetters(NOW)).map(({ texts, publishedAt: _, ...letter }) => ({
      ...letter,
      titles: texts.map(({ language, title, subject }) => ({ language, title, subject })),
    }));
    // Today, the total includes who has endorsed the letter but not its newest revision.
    const behind = await Promise.all(
      letters.map(async (letter) => {
        const { earlier } = await publicCounts(await idOf(letter.slug));
        return { ...letter, total: letter.total - earlier.total };
      }),
    );
    expect(plain(behind)).toEqual(seen.letters);
    expect(await movedTo('rivers')).toBe(seen.moved);
    expect(await movedTo('rivers-2026')).toBeNull();
    expect(await movedTo('unfinished')).toBeNull();
  });

  it.each(SLUGS)(
    'shows the public the same letter, counts, lists, deliveries, updates and revisions of %s',
    async (slug) => {
      const letterId = await idOf(slug);
      const { letter, counts, coordinating, lists, deliveries, updates, revisions } =
        seen[slug].public;
      expect(plain(await publicLetter(slug, NOW))).toEqual(letter);
      expect(await publicCounts(letterId)).toMatchObject(counts);
      const behind = (await coordinatingOrganizations(letterId)).filter(({ isBehind }) => isBehind);
      expect(plain(behind.map(({ isBehind: _, ...shown }) => shown))).toEqual(coordinating);
      for (const list of ['listed', 'added', 'earlier'] as const)
        expect(plain(await signatories(letterId, list)), list).toEqual(lists[list]);
      const frozen = await publicDeliveries(letterId);
      expect(plain(frozen.map(({ hasWordFiles: _, ...shown }) => shown))).toEqual(deliveries);
      expect(plain(await publicUpdates(letterId))).toEqual(updates);
      expect(plain(await revisionsOf(letterId))).toEqual(revisions);
    },
  );

  it.each(SLUGS)('shows owners the same letter, files, updates and answers of %s', async (slug) => {
    const owner = await access('owner', slug, 'publish');
    const { letter, files, updates, reaffirmations } = seen[slug].owner;
    expect(plain(await letterFor(owner, 'ja'))).toEqual(letter);
    // Languages were ordered as they were declared, and are by their tags.
    expect(sorted((await deliveryFiles(owner)) as unknown as Row[])).toEqual(sorted(files));
    expect(plain(await managedUpdates(owner))).toEqual(updates);
    const binding = await bindingRevisionOf(db(), owner.letterId);
    const asked = async (answer: 'waiting' | 'affirmed') =>
      reaffirmationSignatories(owner, binding!.bindingRevision, answer, 1, NOW);
    expect(
      binding &&
        plain({
          counts: await reaffirmationCounts(owner, binding.bindingRevision),
          waiting: await asked('waiting'),
          affirmed: await asked('affirmed'),
        }),
    ).toEqual(reaffirmations);
  });

  it.each(
    SLUGS.flatMap((slug) =>
      (['owner', 'reviewer', 'observer'] as const).map((role) => [role, slug] as const),
    ),
  )(
    'shows the %s of %s the same entries with their states, names and history',
    async (role, slug) => {
      const reader = await access(role, slug, 'readEntries');
      const { counts, entries } = seen[slug].rooms[role];
      expect(await stateCounts(reader)).toEqual(counts);
      expect(Object.keys(entries).length).toBe(
        await db().endorsement.count({ where: { letterId: reader.letterId } }),
      );
      for (const [id, expected] of Object.entries(entries))
        expect(
          dropped(
            withOneRepresentative(plain(await entryFor(reader, id)) as Row),
            'organizationId',
            'mergeable',
            'mails',
            'suppression',
            'notes',
            'others',
            'proposed',
            'erasureRequestedAt',
            'contactDeletedAt',
            'isDelivered',
            'evidenceFile',
            'ownReason',
            'heldAt',
            'heldReason',
          ),
        ).toEqual(expected);
    },
  );

  it('serves every revision and delivery with unchanged bytes and hash, and reads format 1', async () => {
    const { revision, delivery } = instance.before;
    expect([revision!.length, delivery!.length]).toEqual([4, 2]);
    for (const row of [...revision!, ...delivery!]) {
      const [letterId, number, stored] = [row.letter_id, row.number, row.canonical] as [
        string,
        number,
        string,
      ];
      const of = row.tally ? deliveryCanonical : revisionCanonical;
      const { canonical, hash } = (await of(letterId, number))!;
      expect(canonical).toBe(stored);
      expect(canonicalJson(JSON.parse(canonical) as object)).toBe(canonical);
      expect(Buffer.from(hash).toString('hex')).toBe(hashOf(canonical));
      expect(`\\x${hashOf(canonical)}`).toBe(row.hash);
      expect(canonical).toContain(
        `"format":"undersigned/${row.tally ? 'delivery' : 'revision'}/1"`,
      );
      if (row.tally)
        expect((await publicDelivery(letterId, number))!.content).toEqual(printedBefore(canonical));
    }
  });

  it.each([
    ['icc-japan-2025', 1],
    ['rivers-2026', 13],
  ])(
    'has correct hashes of %s',
    async (slug, hashes) => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--import', 'tsx', 'scripts/letter-verify.ts', slug],
        { env: { ...process.env, NODE_OPTIONS: '' } },
      );
      expect(stdout).toContain(`\n${hashes} hashes verified\n`);
    },
    120_000,
  );
});
