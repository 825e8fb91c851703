/**
 * Runs in every integration worker before its first test: creates its database and sets the
 * environment.
 */
import { inject } from 'vitest';
import { createDatabase } from './postgres';
import { TEST_SECRET } from './secret';

const marker = globalThis as { undersignedTestDatabase?: string };

// The setup file runs once per test file; the worker keeps its database.
marker.undersignedTestDatabase ??= await createDatabase(
  inject('postgresUrl'),
  `worker_${process.env.VITEST_POOL_ID ?? process.pid}_${process.pid}`,
);

Object.assign(process.env, {
  DATABASE_URL: marker.undersignedTestDatabase,
  APP_URL: 'http://localhost:3000',
  APP_SECRET: TEST_SECRET,
  MAIL_TRANSPORT: 'mailbox',
  RESEND_API_KEY: '',
  SMTP_URL: '',
  // Tests share networks and mail domains, so limits are off by default; tests of limits enable
  // them.
  RATE_LIMITS: 'off',
  // By default any coordinator has these permissions; tests of them set the product's default.
  LETTERS_MADE_BY: 'coordinators',
  FIRST_OPENING_BY: 'owners',
});
