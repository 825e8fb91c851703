// A server process with only a dispatcher, for tests that kill it. Arguments: database URL, URL of
// Resend's API, secret, length of the lease.
import { renderMail } from '@/emails/render';
import { connect } from '@/lib/platform/db/client';
import { parseEnv } from '@/lib/platform/env';
import { startDispatcher } from '@/lib/platform/mail/dispatcher';

const [databaseUrl = '', resendUrl, secret, lease] = process.argv.slice(2);
const env = parseEnv({
  DATABASE_URL: databaseUrl,
  APP_URL: 'https://letters.example.org',
  CLIENT_ADDRESS: 'x-forwarded-for',
  APP_SECRET: secret,
  RESEND_API_KEY: 're_test',
  RESEND_BASE_URL: resendUrl,
  MAIL_FROM: 'Letters <letters@example.org>',
});
startDispatcher({
  db: connect(databaseUrl, 2),
  env,
  render: renderMail,
  leaseSeconds: Number(lease),
});
