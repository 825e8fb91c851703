/** `npm run coordinator:remove -- someone@example.org`: takes every right and ends every session. */
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
  if (removed && !(await hasAdministrator())) {
    process.stderr.write(
      'No administrator is left: npm run coordinator:add -- someone@example.org --administrator makes one.\n',
    );
  }
  process.stdout.write(
    removed
      ? `${email} is no longer a coordinator; their sessions have ended.\n`
      : `${email} is not a coordinator.\n`,
  );
  return removed ? 0 : 1;
});
