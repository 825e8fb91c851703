/**
 * `npm run letter:verify -- SLUG`: recomputes all hashes of a letter's revisions and deliveries
 * (docs/verify.md).
 */
import { runTool } from './with-database';

const [slug, ...more] = process.argv.slice(2);
if (!slug || more.length > 0) {
  process.stderr.write('Usage: npm run letter:verify -- SLUG\n');
  process.exit(2);
}

await runTool(async () => {
  const { db } = await import('@/lib/platform/db/client');
  const { canonicalJson, hex, sha256 } = await import('@/lib/platform/canonical-json');
  const { revisionContent } = await import('@/lib/revision/content');
  const { deliveryContent } = await import('@/lib/delivery/snapshot');
  const say = (line: string) => process.stdout.write(`${line}\n`);
  let verified = 0;
  let wrong = 0;
  /** Reports whether one hash is correct, or what is wrong. */
  const judge = (what: string, hash: string, problems: (string | false)[]) => {
    const found = problems.filter((problem) => problem !== false);
    if (found.length === 0) verified += 1;
    else wrong += 1;
    say(found.length === 0 ? `ok     ${what}  ${hash}` : `WRONG  ${what}: ${found.join('; ')}`);
  };
  /** The checks that apply to any stored canonical JSON. */
  const formProblems = (canonical: string, hash: string) => [
    hex(sha256(canonical)) !== hash &&
      `its hash is ${hex(sha256(canonical))}, not the stored ${hash}`,
    canonicalJson(JSON.parse(canonical) as object) !== canonical && 'its form is not canonical',
  ];

  const letter = await db().letter.findUnique({
    where: { slug },
    select: { id: true, revision: true, bindingRevision: true, delivery: true },
  });
  if (!letter) {
    process.stderr.write(`There is no letter ${slug}.\n`);
    return 1;
  }
  const letterId = letter.id;

  const revisions = await db().revision.findMany({
    where: { letterId },
    orderBy: { number: 'asc' },
  });
  const hashes = new Map<number, string>();
  for (const [index, row] of revisions.entries()) {
    const hash = hex(row.hash);
    const content = revisionContent(row.canonical);
    const agrees =
      content.letter === letterId &&
      content.number === row.number &&
      content.kind === row.kind &&
      content.publishedAt === row.publishedAt.toISOString();
    judge(`revision ${row.number}`, hash, [
      ...formProblems(row.canonical, hash),
      !agrees && 'its row says something else than its content',
      row.number !== index + 1 && `revision ${index + 1} is missing`,
      content.previous !== (hashes.get(row.number - 1) ?? null) &&
        'it names another hash for the one before it',
    ]);
    hashes.set(row.number, hash);
  }
  const newest = revisions.at(-1)?.number ?? null;
  const bindingRevision =
    revisions.findLast(({ kind }) => kind === 'first' || kind === 'substance')?.number ?? null;
  if (letter.revision !== newest || letter.bindingRevision !== bindingRevision) {
    wrong += 1;
    say(
      `WRONG  letter: it names revision ${letter.revision} and binding revision ${letter.bindingRevision}, but these are ${newest} and ${bindingRevision}`,
    );
  }

  const deliveries = await db().delivery.findMany({
    where: { letterId },
    orderBy: { number: 'asc' },
    include: { files: { orderBy: [{ name: 'asc' }, { language: 'asc' }] } },
  });
  for (const [index, { files, ...row }] of deliveries.entries()) {
    const hash = hex(row.hash);
    const content = deliveryContent(row.canonical);
    const agrees =
      content.letter.id === letterId &&
      content.number === row.number &&
      content.tally === row.tally &&
      content.revision.number === row.revision &&
      content.deliveredAt === row.deliveredAt.toISOString();
    judge(`delivery ${row.number}`, hash, [
      ...formProblems(row.canonical, hash),
      !agrees && 'its row says something else than its content',
      row.number !== index + 1 && `delivery ${index + 1} is missing`,
      content.revision.hash !== hashes.get(row.revision) &&
        `it names another hash for revision ${row.revision}`,
    ]);
    for (const file of files) {
      const made = hex(sha256(file.bytes));
      judge(`delivery ${row.number}, ${file.name} (${file.language})`, made, [
        made !== hex(file.sha256) &&
          `its bytes have the hash ${made}, not the stored ${hex(file.sha256)}`,
      ]);
    }
  }
  if (letter.delivery !== (deliveries.at(-1)?.number ?? null)) {
    wrong += 1;
    say(
      `WRONG  letter: it names delivery ${letter.delivery}, but the newest is ${deliveries.at(-1)?.number ?? null}`,
    );
  }

  const strayed = await db().endorsement.count({
    where: {
      letterId,
      OR: [
        { revision: { notIn: [...hashes.keys()] } },
        { signedRevision: { notIn: [...hashes.keys()] } },
      ],
    },
  });
  if (strayed > 0) {
    wrong += 1;
    say(`WRONG  endorsements: ${strayed} name a revision that does not exist`);
  }

  say(wrong === 0 ? `${verified} hashes verified` : `${verified} hashes verified, ${wrong} wrong`);
  return wrong === 0 ? 0 : 1;
});
