/**
 * `npm run advisories`: reports known vulnerabilities of the dependencies, using `npm audit`, or
 * that the registry is unavailable.
 */
import { spawnSync } from 'node:child_process';
import { root } from './build';

interface Report {
  metadata?: { vulnerabilities: Record<string, number> };
  vulnerabilities?: Record<
    string,
    { severity: string; range: string; via: (string | { title: string; url: string })[] }
  >;
}

const { stdout } = spawnSync('npm', ['audit', '--json'], {
  cwd: root,
  encoding: 'utf8',
  shell: process.platform === 'win32',
  maxBuffer: 2 ** 28,
});
let report: Report = {};
try {
  report = JSON.parse(stdout) as Report;
} catch {
  // Not a report; handled below.
}
if (!report.metadata) {
  process.stderr.write(
    'The registry answers no questions about advisories, so nothing is known. Run this where the registry does, such as npm’s own.\n',
  );
  process.exit(2);
}
for (const [name, { severity, range, via }] of Object.entries(report.vulnerabilities ?? {})) {
  const titles = via.flatMap((each) =>
    typeof each === 'string' ? [] : [`${each.title} ${each.url}`],
  );
  process.stdout.write(
    `${severity}: ${name} ${range}${titles.length > 0 ? `\n  ${titles.join('\n  ')}` : ''}\n`,
  );
}
const { total = 0 } = report.metadata.vulnerabilities;
process.stdout.write(`${total} packages with advisories.\n`);
process.exit(total > 0 ? 1 : 0);
