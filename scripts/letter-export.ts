/**
 * `npm run letter:export -- SLUG FILE --passphrase-file FILE`: writes a letter, with everything that
 * belongs to it, to an encrypted file for another instance (docs/operations.md).
 */
import { withPassphrase } from './passphrase';
import { runTool } from './with-database';

const USAGE = 'Usage: npm run letter:export -- SLUG FILE --passphrase-file FILE';
const { args, passphrase } = withPassphrase(process.argv.slice(2), USAGE);
const [slug, file, ...more] = args;
if (!slug || !file || more.length > 0) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}

await runTool(async () => {
  const [{ env }, { exportLetter }] = await Promise.all([
    import('@/lib/platform/env'),
    import('@/lib/transfer/export/queries'),
  ]);
  env(); // its secrets open what is sealed
  const exported = await exportLetter(slug, file, passphrase);
  if (!exported) {
    process.stderr.write(`There is no letter ${slug}.\n`);
    return 1;
  }
  const { rows, waitingMails, openImports, isPaused } = exported;
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const [table, count] of rows) say(`${String(count).padStart(9)}  ${table}`);
  say(`The letter is in ${file}.`);
  if (waitingMails > 0)
    say(
      `${waitingMails} mails have not left yet. They are not in the file: this instance goes on to send them, and the other one does not.`,
    );
  if (openImports > 0)
    say(
      `${openImports} imports that were not carried out are not in the file: import the lists anew.`,
    );
  if (!isPaused)
    say(
      'The letter still takes sign-ups here, which the file will lack, and reminds. Pause it, wait until its mails have left, and export it again.',
    );
  say('From now on only one of the two instances should run it: see docs/operations.md.');
  return 0;
});
