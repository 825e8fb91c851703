/**
 * `npm run coordinator:remove -- someone@example.org`: revokes all rights and ends all sessions.
 */
import { runTool } from './with-database';

const [email] = process.argv.slice(2);
if (!email) {
  process.stderr.write('Usage: npm run coordinator:remove -- someone@example.org\n');
  process.exit(2);
}

await runTool(async () => {
  const { removeCoordinator } = await import('@/lib/coordinator/commands');
  const removed = await removeCoordinator(email);
  const { hasAdministrator } = await import('@/lib/coordinator/queries');
  if (removed.ok && !(await hasAdministrator())) {
    process.stderr.write(
      'No administrator is left: npm run coordinator:add -- someone@example.org --administrator makes one.\n',
    );
  }
  if (removed.ok) {
    process.stdout.write(`${email} is no longer a coordinator; their sessions have ended.\n`);
    return 0;
  }
  process.stderr.write(
    removed.reason === 'not-found'
      ? `${email} is not a coordinator.\n`
      : `${email} is the only owner of ${removed.letters.join(', ')}: make an administrator or another owner first.\n`,
  );
  return 1;
});
