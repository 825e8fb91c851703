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
  const { letterIntegrity } = await import('@/lib/delivery/integrity/queries');
  const findings = await letterIntegrity(slug);
  if (!findings) {
    process.stderr.write(`There is no letter ${slug}.\n`);
    return 1;
  }
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const { what, hash, problems } of findings)
    say(
      problems.length === 0 ? `ok     ${what}  ${hash}` : `WRONG  ${what}: ${problems.join('; ')}`,
    );
  const wrong = findings.filter(({ problems }) => problems.length > 0).length;
  const verified = `${findings.length - wrong} hashes verified`;
  say(wrong === 0 ? verified : `${verified}, ${wrong} wrong`);
  return wrong === 0 ? 0 : 1;
});
