import { startTestServer } from './postgres';

/** Playwright's global set-up: one PostgreSQL server for all workers, each of which makes a database of its own. */
export default async function setUp(): Promise<() => Promise<void>> {
  const server = await startTestServer();
  process.env.E2E_POSTGRES_URL = server.url;
  return () => server.stop();
}
