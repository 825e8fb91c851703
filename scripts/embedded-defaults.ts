/** What an instance without configuration runs with: the server, and the command-line tools. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataFolder } from './data-folder';

/** A random secret stored in the data folder, so that links and sessions survive a restart. */
function keptSecret(): string {
  const file = path.join(dataFolder, 'secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** Default environment variables for a machine without configuration. */
export function embeddedDefaults(databaseUrl: string): Record<string, string | undefined> {
  const { PORT, APP_URL, APP_SECRET, HOST, RESEND_API_KEY, SMTP_URL, MAIL_TRANSPORT } = process.env;
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    APP_URL: APP_URL || `http://localhost:${Number(PORT) || 3000}`,
    APP_SECRET: APP_SECRET || keptSecret(),
    // The local mailbox contains sign-in links: by default, listen on this machine only.
    HOST: HOST || '127.0.0.1',
    MAIL_TRANSPORT: MAIL_TRANSPORT || (RESEND_API_KEY || SMTP_URL ? '' : 'mailbox'),
  };
}
