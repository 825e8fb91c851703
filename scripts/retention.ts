/**
 * `npm run retention`: deletes what is due to be deleted, as the product does by itself every hour.
 * `npm run retention -- --dry-run` says what that would be, and changes nothing.
 */
import { runTool } from './with-database';

const [flag, ...more] = process.argv.slice(2);
if ((flag !== undefined && flag !== '--dry-run') || more.length > 0) {
  process.stderr.write('Usage: npm run retention [-- --dry-run]\n');
  process.exit(2);
}

/** Rows in columns, the first aligned left and numbers right. */
function table(head: string[], lines: string[][]): string {
  const all = [head, ...lines];
  const widths = head.map((_cell, at) => Math.max(...all.map((line) => line[at]!.length)));
  return all
    .map((line) =>
      line
        .map((cell, at) => (at === 1 ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

await runTool(async () => {
  const { retain, retentionDue } = await import('@/lib/retention/commands');
  if (flag === '--dry-run') {
    const due = [...(await retentionDue())];
    process.stdout.write(
      table(
        ['what', 'due now', 'oldest since'],
        due.map(([name, { count, oldest }]) => [
          name,
          String(count),
          oldest?.toISOString().slice(0, 16).replace('T', ' ') ?? '-',
        ]),
      ),
    );
    process.stdout.write('Nothing was changed. Times are UTC.\n');
    return 0;
  }
  // What organizations are told needs the addresses and the secret of the product.
  const { env } = await import('@/lib/platform/env');
  env();
  const done = [...(await retain())];
  process.stdout.write(
    table(
      ['what', 'done'],
      done.map(([name, count]) => [name, count === null ? 'failed' : String(count)]),
    ),
  );
  return done.some(([, count]) => count === null) ? 1 : 0;
});
