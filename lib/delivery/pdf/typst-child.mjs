/**
 * The child process that runs Typst (docs/decisions/0019-typesetting-in-a-child-process.md).
 * typesetter.ts starts it as `node typst-child.mjs <pid of the parent>`. Plain
 * JavaScript, so that it runs without a build step. It receives one job at a time as a message and
 * answers each with one message.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

const [parent] = process.argv.slice(2);

// Requests have priority: the child runs with lower CPU priority, and Linux's OOM killer takes it
// before the server.
try {
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {
  // Not Linux, or not permitted.
}

/** The memory limit of the current job in MiB, shared with the watchdog; 0 if there is no job. */
const memoryLimit = new Int32Array(new SharedArrayBuffer(4));

/**
 * A thread that ends the process when the parent has exited or the memory limit is exceeded,
 * because Typst blocks the main thread. SIGUSR2 tells the parent that memory was the reason.
 */
const watchdog = new Worker(
  `const { workerData: { parent, memoryLimit } } = require('node:worker_threads');
  setInterval(() => {
    const limit = Atomics.load(memoryLimit, 0);
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
    else if (limit > 0 && process.memoryUsage.rss() > limit * 2 ** 20 && Atomics.load(memoryLimit, 0) === limit) process.kill(process.pid, 'SIGUSR2');
  }, 50);`,
  { eval: true, workerData: { parent: Number(parent), memoryLimit } },
);
watchdog.on('error', () => process.exit(1));
process.on('disconnect', () => process.exit());

/** @param {Record<string, unknown>} answer */
const reply = (answer) => process.send?.(answer);

/** @param {unknown} error */
const words = (error) => (error instanceof Error ? error.message : String(error));

const engine = await import('@myriaddreamin/typst-ts-node-compiler').catch(
  (error) => void reply({ missing: words(error) }),
);
/**
 * The compiler with the fonts of the last letter. One that needs others gets a new compiler.
 * @type {{ fonts: string, compiler: import('@myriaddreamin/typst-ts-node-compiler').NodeCompiler } | undefined}
 */
let last;
const template = readFileSync(path.join(import.meta.dirname, 'letter.typ'), 'utf8');

/** @param {string[]} fontPaths */
function compilerWith(fontPaths) {
  const fonts = fontPaths.join('\0');
  if (last?.fonts !== fonts) {
    const { NodeCompiler } = /** @type {NonNullable<typeof engine>} */ (engine);
    last = { fonts, compiler: NodeCompiler.create({ fontArgs: [{ fontPaths }] }) };
  }
  return last.compiler;
}

/**
 * @param {string} document the template's input as JSON
 * @param {number} creationTimestamp in seconds
 * @param {string[]} fontPaths folders
 */
function set(document, creationTimestamp, fontPaths) {
  const compiler = compilerWith(fontPaths);
  try {
    const done = compiler.compile({ mainFileContent: template, inputs: { document } });
    if (!done.result)
      throw new Error(
        `The template failed: ${JSON.stringify(done.takeDiagnostics()?.shortDiagnostics)}`,
      );
    return accessible(compiler, done.result, creationTimestamp);
  } finally {
    // Typst would keep the results of every compilation in memory.
    compiler.evictCache(0);
  }
}

/**
 * Exports PDF/UA-1, or an ordinary tagged PDF if that fails: Typst refuses UA-1 for a missing
 * glyph, such as a combining mark that the font of its base character lacks.
 * @param {import('@myriaddreamin/typst-ts-node-compiler').NodeCompiler} typst
 * @param {import('@myriaddreamin/typst-ts-node-compiler').NodeTypstDocument} document
 * @param {number} creationTimestamp
 */
function accessible(typst, document, creationTimestamp) {
  try {
    return typst.pdf(document, { pdfStandard: 'ua-1', creationTimestamp });
  } catch {
    return typst.pdf(document, { creationTimestamp });
  }
}

process.on(
  'message',
  (
    /** @type {{ document: string, creationTimestamp: number, fontPaths: string[], memoryMiB: number }} */ job,
  ) => {
    if (!engine) return;
    Atomics.store(memoryLimit, 0, job.memoryMiB);
    try {
      const pdf = set(job.document, job.creationTimestamp, job.fontPaths);
      const memoryMiB = process.memoryUsage.rss() / 2 ** 20;
      // A short job can end before the watchdog checks it.
      if (memoryMiB > job.memoryMiB) process.kill(process.pid, 'SIGUSR2');
      else reply({ pdf, memoryMiB });
    } catch (error) {
      reply({ failed: words(error) });
    } finally {
      Atomics.store(memoryLimit, 0, 0);
    }
  },
);
