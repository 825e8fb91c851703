import { insertOne } from '@/tests/bench/insert';

/**
 * A handler that runs one insert, the baseline for benchmarks of sign-ups. Only in benchmark
 * builds. Its URL matches that of the sign-up API, because the request guard refuses other POST
 * requests (lib/platform/request-guard.ts).
 */
export async function POST(request: Request) {
  await insertOne(await request.text());
  return Response.json({ status: 'inserted' }, { status: 202 });
}
