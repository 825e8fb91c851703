/**
 * `npm run doctor`: looks at everything that an instance needs to be in use, says what to do, and
 * changes nothing. Exits with 1 if something must be mended.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { migrationNames } from '@/lib/platform/db/migrate';
import { examine } from '@/lib/platform/doctor/examination';
import { reportOf } from '@/lib/platform/doctor/finding';
import { systemDns } from '@/lib/platform/doctor/resolver';
import { root } from './build';

const envFile = path.join(root, '.env');
if (existsSync(envFile)) process.loadEnvFile(envFile);

if (!process.env.DATABASE_URL)
  process.stdout.write(
    'DATABASE_URL is not set: `npm start` would bring its own database, for trying the product.\n\n',
  );
const findings = await examine({
  environment: process.env,
  migrations: migrationNames(path.join(root, 'prisma')),
  dns: systemDns(),
  nodeVersion: process.versions.node,
});
process.stdout.write(reportOf(findings));
const [toMend, toSee] = (['bad', 'note'] as const).map(
  (level) => findings.filter((finding) => finding.level === level).length,
);
process.stdout.write(`\n${toMend} to mend (✗), ${toSee} to look at (!).\n`);
process.exit(toMend === 0 ? 0 : 1);
