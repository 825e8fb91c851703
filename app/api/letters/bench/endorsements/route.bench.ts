import { insertOne } from '@/tests/bench/insert';

/**
 * A handler that does one insert: what the sign-up is measured against. Built for benchmarks only. Under an address of the
 * sign-up's form, since requests to others that write are refused before they arrive (lib/platform/request-guard.ts).
 */
export async function POST(request: Request) {
  await insertOne(await request.text());
  return Response.json({ status: 'inserted' }, { status: 202 });
}
