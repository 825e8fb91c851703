/** Runs in every integration worker before its first test: a database of its own, and the environment that names it. */
import { inject } from 'vitest';
import { createDatabase } from './postgres';

const marker = globalThis as { undersignedTestDatabase?: string };

// The set-up file runs once a test file; the worker keeps its database.
marker.undersignedTestDatabase ??= await createDatabase(
  inject('postgresUrl'),
  `worker_${process.env.VITEST_POOL_ID ?? process.pid}_${process.pid}`,
);

Object.assign(process.env, {
  DATABASE_URL: marker.undersignedTestDatabase,
  APP_URL: 'http://localhost:3000',
  APP_SECRET: 'a secret of the tests, thirty-two characters or more',
  MAIL_TRANSPORT: 'mailbox',
  RESEND_API_KEY: '',
  SMTP_URL: '',
  // Tests share networks and mail domains; those about limits switch them on.
  RATE_LIMITS: 'off',
  // As for any coordinator; tests about who may do so set the default.
  LETTERS_MADE_BY: 'coordinators',
  FIRST_OPENING_BY: 'owners',
});
