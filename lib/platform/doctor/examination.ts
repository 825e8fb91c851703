/** Everything that `npm run doctor` looks at. */
import { EnvError, parseEnv, type Env } from '@/lib/platform/env';
import { storedAddress } from '@/lib/platform/mail/address';
import { addressFindings } from './address';
import { databaseFindings } from './database';
import { bad, good, reasonOf, type Finding } from './finding';
import { mailDomainFindings } from './mail-domain';
import { providerFindings } from './mail-provider';
import type { Dns } from './resolver';
import { nodeFinding, operatorFinding, secretFinding } from './settings';

/** No check takes longer; each has shorter terms of its own. */
const CHECK_MS = 20_000;

export interface Examined {
  /** The environment, as `npm start` would read it. */
  environment: Record<string, string | undefined>;
  /** The names of this version's migrations. */
  migrations: readonly string[];
  dns: Dns;
  /** Of Node.js, without the `v`. */
  nodeVersion: string;
  now?: () => number;
}

/** A check's findings, or that it failed or took too long: one failing check hides no other. */
async function bounded(what: string, check: Promise<Finding[]>): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), CHECK_MS);
  });
  return Promise.race([check, late])
    .catch((error: unknown) => [
      bad(`${what} could not be examined (${reasonOf(error)}).`, 'Mend the others, and try again.'),
    ])
    .finally(() => clearTimeout(timer));
}

/** What is wrong with the environment itself, and what of it can be read: all of it, or nothing. */
function settingsOf(environment: Examined['environment']): { env?: Env; findings: Finding[] } {
  try {
    return { env: parseEnv(environment), findings: [good('Every variable is well-formed.')] };
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return {
      findings: error.problems.map((problem) =>
        bad(
          problem,
          'See .env.example. Without it the product does not start, and nothing else is examined.',
        ),
      ),
    };
  }
}

async function mailFindings(env: Env, dns: Dns): Promise<Finding[]> {
  if (env.MAIL_TRANSPORT)
    return [
      bad(
        'MAIL_TRANSPORT is set: no mail leaves this instance.',
        'Set RESEND_API_KEY or SMTP_URL in its place.',
      ),
    ];
  const address = storedAddress(env.MAIL_FROM ?? '');
  if (address === null)
    return [
      bad(
        'MAIL_FROM holds no e-mail address.',
        'Write it as "Joint letters <letters@your.domain>".',
      ),
    ];
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const provider = env.RESEND_API_KEY ? 'resend' : 'smtp';
  return (
    await Promise.all([
      bounded('The mail provider', providerFindings(env, domain)),
      bounded('The DNS of the sender', mailDomainFindings(domain, provider, dns)),
    ])
  ).flat();
}

/** Looks at the settings, the database, the mail provider and the DNS, and changes nothing. */
export async function examine({
  environment,
  migrations,
  dns,
  nodeVersion,
  now,
}: Examined): Promise<Finding[]> {
  const { env, findings } = settingsOf(environment);
  if (!env) return [nodeFinding(nodeVersion), ...findings];
  const checks = await Promise.all([
    [nodeFinding(nodeVersion), ...findings],
    [secretFinding(env.APP_SECRET)],
    bounded('APP_URL', addressFindings(environment.APP_URL ?? '', dns)),
    [operatorFinding(env.OPERATOR)],
    bounded('The database', databaseFindings(env.DATABASE_URL, migrations, now)),
    mailFindings(env, dns),
  ]);
  return checks.flat();
}
