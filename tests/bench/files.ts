/**
 * `npm run bench:files`: a delivery of 1,000 and 10,000 names (with `-- 100000`, of as many as that,
 * too): its time, the peak memory of the typesetting process and of this one, which stands for the
 * web process, the longest time in which this one answered nothing, and what its memory grows by as
 * its CSV and its JSON are sent, piece by piece.
 */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startTestServer } from '@/tests/support/postgres';
import { TEST_SECRET } from '@/tests/support/secret';
import type { Pieces } from '@/lib/platform/http';

const postgres = await startTestServer();
Object.assign(process.env, {
  DATABASE_URL: await postgres.create('files'),
  APP_URL: 'http://localhost:3000',
  APP_SECRET: TEST_SECRET,
  MAIL_TRANSPORT: 'mailbox',
});
const { db } = await import('@/lib/platform/db/client');
const { deliver } = await import('@/lib/delivery/commands');
const { deliveryFile, deliveryJson } = await import('@/lib/delivery/queries');
const { typesetter } = await import('@/lib/delivery/pdf/typesetter');
const { aLetter, anOwner, manySignatories } = await import('@/tests/support/factories');
const { asSeen } = await import('@/tests/support/delivery');

/** Resident memory of a process, in MiB; 0 if it has ended. */
function memoryOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

/** Reads a file as a reader does, and says what memory grew by, and its size. */
async function sending(file: Pieces): Promise<string> {
  const before = memoryOf(process.pid);
  let peak = before;
  for await (const _ of file.pieces()) peak = Math.max(peak, memoryOf(process.pid));
  return `+${(peak - before).toFixed(0)} of ${(file.size / 2 ** 20).toFixed(0)}`;
}

const load = os.loadavg()[0]!.toFixed(1);
process.stdout.write(`${os.cpus().length} × ${os.cpus()[0]?.model}, load ${load}\n`);
process.stdout.write(
  'names | seconds (goal: 10,000 in 20) | typesetting MiB (1,024) | web MiB | unanswered ms | CSV sent MiB (+64) | JSON sent MiB (+64)\n',
);
for (const count of [1_000, 10_000, ...process.argv.slice(2).map(Number)]) {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  await manySignatories(db(), letter, count);
  const what = await asSeen(letter.slug);
  const before = memoryOf(process.pid);
  let [child, web] = [0, before];
  const watching = setInterval(() => {
    child = Math.max(child, memoryOf(typesetter().pid()));
    web = Math.max(web, memoryOf(process.pid));
  }, 20);
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const begun = performance.now();
  const done = await deliver(owner, what);
  const seconds = (performance.now() - begun) / 1_000;
  delays.disable();
  clearInterval(watching);
  const csv = await deliveryFile(letter.id, 1, 'signatories.csv', null);
  const json = await deliveryJson(letter.id, 1);
  const figures = [
    seconds.toFixed(1),
    child.toFixed(0),
    `+${(web - before).toFixed(0)}`,
    (delays.max / 1e6).toFixed(0),
    csv ? await sending(csv.content) : 'none',
    json ? await sending(json.canonical) : 'none',
  ];
  process.stdout.write(`${[count, ...(done.ok ? figures : [done.reason])].join(' | ')}\n`);
}
await db().$disconnect();
await postgres.stop();
process.exit(0);
