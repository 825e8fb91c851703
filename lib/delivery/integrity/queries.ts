import { canonicalJson, hex, sha256 } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import { revisionContent } from '@/lib/revision/content';
import { deliveryContent } from '../snapshot';

/** What became of one check of a letter's stored hashes. */
export interface Finding {
  /** What was checked, such as `revision 2`. */
  what: string;
  /** Its hash, if it has one. */
  hash: string | null;
  /** What is wrong; empty if nothing is. */
  problems: string[];
}

/** A finding with those problems that are not false. */
const finding = (what: string, hash: string | null, problems: (string | false)[]): Finding => ({
  what,
  hash,
  problems: problems.filter((problem) => problem !== false),
});

/** The checks that apply to any stored canonical JSON. */
const formProblems = (canonical: string, hash: string) => [
  hex(sha256(canonical)) !== hash &&
    `its hash is ${hex(sha256(canonical))}, not the stored ${hash}`,
  canonicalJson(JSON.parse(canonical) as object) !== canonical && 'its form is not canonical',
];

/** Checks the chain of a letter's revisions. Returns the hash of each, too. */
async function revisionFindings(letterId: string) {
  const rows = await db().revision.findMany({ where: { letterId }, orderBy: { number: 'asc' } });
  const hashes = new Map<number, string>();
  const findings = rows.map((row, index) => {
    const hash = hex(row.hash);
    const content = revisionContent(row.canonical);
    const agrees =
      content.letter === letterId &&
      content.number === row.number &&
      content.kind === row.kind &&
      content.publishedAt === row.publishedAt.toISOString();
    const previous = hashes.get(row.number - 1) ?? null;
    hashes.set(row.number, hash);
    return finding(`revision ${row.number}`, hash, [
      ...formProblems(row.canonical, hash),
      !agrees && 'its row says something else than its content',
      row.number !== index + 1 && `revision ${index + 1} is missing`,
      content.previous !== previous && 'it names another hash for the one before it',
    ]);
  });
  const newest = rows.at(-1)?.number ?? null;
  const binding =
    rows.findLast(({ kind }) => kind === 'first' || kind === 'substance')?.number ?? null;
  return { findings, hashes, newest, binding };
}

/** Checks a letter's deliveries and their files against the hashes of its revisions. */
async function deliveryFindings(letterId: string, hashes: ReadonlyMap<number, string>) {
  const rows = await db().delivery.findMany({
    where: { letterId },
    orderBy: { number: 'asc' },
    include: { files: { orderBy: [{ name: 'asc' }, { language: 'asc' }] } },
  });
  const findings = rows.flatMap(({ files, ...row }, index) => {
    const hash = hex(row.hash);
    const content = deliveryContent(row.canonical);
    const agrees =
      content.letter.id === letterId &&
      content.number === row.number &&
      content.tally === row.tally &&
      content.round === row.round &&
      content.revision.number === row.revision &&
      content.deliveredAt === row.deliveredAt.toISOString();
    return [
      finding(`delivery ${row.number}`, hash, [
        ...formProblems(row.canonical, hash),
        !agrees && 'its row says something else than its content',
        row.number !== index + 1 && `delivery ${index + 1} is missing`,
        content.revision.hash !== hashes.get(row.revision) &&
          `it names another hash for revision ${row.revision}`,
      ]),
      ...files.map((file) => {
        const made = hex(sha256(file.bytes));
        return finding(`delivery ${row.number}, ${file.name} (${file.language})`, made, [
          made !== hex(file.sha256) &&
            `its bytes have the hash ${made}, not the stored ${hex(file.sha256)}`,
        ]);
      }),
    ];
  });
  return { findings, newest: rows.at(-1)?.number ?? null };
}

/**
 * Computes all hashes of a letter's revisions and deliveries anew, and compares them and their rows
 * with what is stored (docs/verify.md).
 * @returns a finding for each revision, delivery and file, and for whatever else is wrong; null if
 *   there is no such letter
 */
export async function letterIntegrity(slug: string): Promise<Finding[] | null> {
  const letter = await db().letter.findUnique({
    where: { slug },
    select: { id: true, revision: true, bindingRevision: true, delivery: true },
  });
  if (!letter) return null;
  const revisions = await revisionFindings(letter.id);
  const deliveries = await deliveryFindings(letter.id, revisions.hashes);
  const known = [...revisions.hashes.keys()];
  const strayed = await db().endorsement.count({
    where: {
      letterId: letter.id,
      OR: [{ revision: { notIn: known } }, { signedRevision: { notIn: known } }],
    },
  });
  const others = [
    finding('letter', null, [
      (letter.revision !== revisions.newest || letter.bindingRevision !== revisions.binding) &&
        `it names revision ${letter.revision} and binding revision ${letter.bindingRevision}, but these are ${revisions.newest} and ${revisions.binding}`,
      letter.delivery !== deliveries.newest &&
        `it names delivery ${letter.delivery}, but the newest is ${deliveries.newest}`,
    ]),
    finding('endorsements', null, [
      strayed > 0 && `${strayed} name a revision that does not exist`,
    ]),
  ].filter(({ problems }) => problems.length > 0);
  return [...revisions.findings, ...deliveries.findings, ...others];
}
