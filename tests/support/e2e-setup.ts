import { startTestServer } from './postgres';

/** Playwright's global setup: one PostgreSQL server, with a database for each worker. */
export default async function setUp(): Promise<() => Promise<void>> {
  const server = await startTestServer();
  process.env.E2E_POSTGRES_URL = server.url;
  return () => server.stop();
}
