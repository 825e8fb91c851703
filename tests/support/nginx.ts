/** deploy/nginx.conf in front of a running product, in a folder of its own. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type Agent } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const NAME = 'letters.example.org';

/** Why it cannot be tried on this machine, or null. */
export const missingForNginx = (): string | null =>
  ['nginx', 'openssl'].find((program) => spawnSync(program, ['version']).error) ?? null;

async function freePorts(): Promise<[number, number]> {
  const probes = [createServer(), createServer()];
  const ports = await Promise.all(
    probes.map(async (probe) => {
      await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
      return (probe.address() as { port: number }).port;
    }),
  );
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports as [number, number];
}

/**
 * The configuration as it is shipped, but for its ports, its folders and where the products are; and
 * for `/copy/`, files for comparison.
 */
function configuration(folder: string, products: string[], http: number, https: number): string {
  const changes: [string, string][] = [
    [
      'server app:3000 max_fails=0;',
      products.map((product) => `server ${product} max_fails=0;`).join(' '),
    ],
    ['listen 80', `listen 127.0.0.1:${http}`],
    ['listen 443', `listen 127.0.0.1:${https}`],
    ['/etc/nginx/certificates', folder],
    ['/var/cache/nginx/pages', `${folder}/pages`],
    ['/dev/stdout', path.join(folder, 'access.log')],
    ['/tmp/nginx.pid', `${folder}/nginx.pid`],
    [
      '    client_max_body_size',
      `    location /copy/ { root ${folder}; }\n    client_max_body_size`,
    ],
    [
      'http {\n',
      `http {\n${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((kind) => `  ${kind}_temp_path ${folder}/${kind};\n`)
        .join('')}`,
    ],
  ];
  return changes.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`deploy/nginx.conf has no “${from}”`);
      return text.replaceAll(from, to);
    },
    readFileSync('deploy/nginx.conf', 'utf8'),
  );
}

export interface Proxied {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface Nginx {
  /** Where it listens for https, with a certificate that nobody trusts. */
  url: string;
  /** Lets it serve a text at `/copy/` and a name. */
  serve(name: string, text: string): void;
  /** Asks for a path over https, or over http; as the site that it is for. */
  ask(
    target: string,
    how?: {
      method?: string;
      plain?: true;
      host?: string;
      headers?: Record<string, string>;
      body?: string;
      /** Keeps connections open, as a browser does. */
      agent?: Agent;
    },
  ): Promise<Proxied>;
  /** Its access log so far, and whatever else it wrote. */
  written(): string;
  stop(): Promise<void>;
}

/** Tests the configuration's syntax, and starts it in front of products (host and port each). */
export async function startNginx(...products: string[]): Promise<Nginx> {
  const folder = mkdtempSync(path.join(tmpdir(), 'undersigned-nginx-'));
  const [http, https] = await freePorts();
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${NAME}`],
      ...['-keyout', `${folder}/privkey.pem`, '-out', `${folder}/fullchain.pem`],
    ],
    { stdio: 'pipe' },
  );
  for (const made of ['pages', 'copy']) mkdirSync(path.join(folder, made));
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(file, configuration(folder, products, http, https));
  // Run by root, its workers are another user, who cannot enter the folder.
  const user = process.getuid?.() === 0 ? 'user root; ' : '';
  const args = ['-e', 'stderr', '-p', folder, '-c', file, '-g', `${user}daemon off;`];
  const tested = spawnSync('nginx', ['-t', ...args], { encoding: 'utf8' });
  if (tested.status !== 0) throw new Error(tested.stderr);

  const child = spawn('nginx', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ask: Nginx['ask'] = (
    target,
    { method = 'GET', plain, host = NAME, headers = {}, body, agent } = {},
  ) =>
    new Promise((resolve, reject) => {
      (plain ? httpRequest : httpsRequest)(
        {
          ...{ method, path: target, host: '127.0.0.1', port: plain ? http : https },
          ...{ servername: host, rejectUnauthorized: false, agent: agent ?? false },
          headers: { Host: host, 'Accept-Encoding': 'identity', ...headers },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode!, headers: response.headers, text }),
          );
        },
      )
        .once('error', reject)
        .end(body);
    });
  while (!(await ask('/', { plain: true }).catch(() => null)))
    await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    url: `https://127.0.0.1:${https}`,
    serve: (name, text) => writeFileSync(path.join(folder, 'copy', name), text),
    ask,
    written: () => readFileSync(path.join(folder, 'access.log'), 'utf8') + errors,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
