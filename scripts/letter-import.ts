/**
 * `npm run letter:import -- FILE --passphrase-file FILE`: reads what `letter:export` wrote at another
 * instance, then computes all hashes anew (docs/operations.md).
 */
import { withPassphrase } from './passphrase';
import { runTool } from './with-database';

const USAGE = 'Usage: npm run letter:import -- FILE --passphrase-file FILE';
const { args, passphrase } = withPassphrase(process.argv.slice(2), USAGE);
const [file, ...more] = args;
if (!file || more.length > 0) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}

await runTool(async () => {
  const [{ env }, { importLetter }, { letterIntegrity }] = await Promise.all([
    import('@/lib/platform/env'),
    import('@/lib/transfer/import/commands'),
    import('@/lib/delivery/integrity/queries'),
  ]);
  env(); // its secret seals what was opened
  const { slug, rows, knownCoordinators } = await importLetter(file, passphrase).catch(
    (error: Error) => {
      throw new Error(`Nothing was imported: ${error.message}.`);
    },
  );
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const [table, count] of rows) say(`${String(count).padStart(9)}  ${table}`);
  say(`The letter is here, at ${slug}. ${knownCoordinators} of its coordinators were known here.`);
  const findings = (await letterIntegrity(slug))!;
  const wrong = findings.filter(({ problems }) => problems.length > 0);
  for (const { what, problems } of wrong) say(`WRONG  ${what}: ${problems.join('; ')}`);
  say(
    `${findings.length - wrong.length} hashes verified${wrong.length > 0 ? `, ${wrong.length} wrong` : ''}`,
  );
  return wrong.length === 0 ? 0 : 1;
});
