/** Asks a server process as a proxy in front of it would, and submits forms as a browser without scripts does. */
import { Agent, request } from 'node:http';
import { DomUtils, parseDocument } from 'htmlparser2';

export interface Response {
  status: number;
  location: string;
  /** What it sets, as a browser sends it back. */
  cookie: string;
  text: string;
}

export interface Asked {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: Buffer | string;
}

/** A client of the site `appUrl`, whose server processes listen on ports of this machine. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(readonly appUrl: string) {}

  /** Rejects if there was no whole answer. */
  ask(port: number, target: string, { method = 'GET', headers, body }: Asked = {}) {
    return new Promise<Response>((resolve, reject) => {
      const asking = request({
        ...{ host: '127.0.0.1', port, path: target, method, agent: this.agent, timeout: 30_000 },
        headers: { Host: new URL(this.appUrl).host, Origin: this.appUrl, ...headers },
      });
      asking.once('timeout', () => asking.destroy(new Error('no answer for 30 s')));
      asking.once('error', reject);
      asking.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('aborted', () => reject(new Error('an answer was cut off')));
        response.once('error', reject);
        response.once('end', () =>
          resolve({
            status: response.statusCode!,
            location: response.headers.location ?? '',
            cookie: (response.headers['set-cookie'] ?? [])
              .map((set) => set.split(';', 1)[0]!)
              .join('; '),
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      asking.end(body);
    });
  }

  postJson(port: number, target: string, body: unknown) {
    return this.ask(port, target, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** Submits a form of the page at `target`. */
  async submit(port: number, target: string, form: Form, headers: Record<string, string> = {}) {
    const data = new FormData();
    for (const [name, value] of form.fields) data.append(name, value);
    const encoded = new globalThis.Response(data);
    return this.ask(port, target, {
      method: 'POST',
      headers: { 'Content-Type': encoded.headers.get('content-type')!, ...headers },
      body: Buffer.from(await encoded.arrayBuffer()),
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

export interface Form {
  fields: [name: string, value: string][];
}

/** Not buttons, of which a browser sends the one that was pressed. */
const FIELDS = new Set(['input', 'textarea', 'select']);

type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

/** The value of a field as a browser would send it; null: it would not. */
function valueOf({ name, attribs, children }: Element): string | null {
  if (name === 'textarea') return DomUtils.textContent(children).replace(/^\n/, '');
  if (name === 'select') {
    const options = DomUtils.getElementsByTagName('option', children);
    const chosen = options.find(({ attribs: { selected } }) => selected !== undefined);
    return (chosen ?? options[0])?.attribs.value ?? null;
  }
  const isUnticked = /^(?:checkbox|radio)$/.test(attribs.type ?? '') && !('checked' in attribs);
  return isUnticked ? null : (attribs.value ?? (attribs.type === 'checkbox' ? 'on' : ''));
}

/** The first form of a page that has these fields, as a reader leaves it. */
export function formOf(html: string, has: Record<string, string | RegExp>): Form | null {
  for (const form of DomUtils.getElementsByTagName('form', parseDocument(html))) {
    const fields = DomUtils.findAll(({ name }) => FIELDS.has(name), form.children).flatMap(
      (field): [string, string][] => {
        const value = valueOf(field);
        return field.attribs.name && value !== null ? [[field.attribs.name, value]] : [];
      },
    );
    const matches = Object.entries(has).every(([name, value]) =>
      fields.some(([field, given]) => field === name && new RegExp(value).test(given)),
    );
    if (matches) return { fields };
  }
  return null;
}

/** A form with these fields filled in. */
export const filledIn = ({ fields }: Form, values: Record<string, string>): Form => ({
  fields: [...fields.filter(([name]) => !(name in values)), ...Object.entries(values)],
});
