import { Resolver } from 'node:dns/promises';

/** The questions that are asked of the DNS. Tests answer them by themselves. */
export interface Dns {
  resolve4(name: string): Promise<string[]>;
  resolve6(name: string): Promise<string[]>;
  resolveTxt(name: string): Promise<string[][]>;
}

/** The machine's resolver, which gives up after a few seconds. */
export const systemDns = (): Dns => new Resolver({ timeout: 2_000, tries: 2 });

/** The answers to a question: none if the name or the record does not exist. Throws if nobody answers. */
export async function answers<T>(asked: Promise<T[]>): Promise<T[]> {
  try {
    return await asked;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw error;
  }
}

/** The texts of a name's TXT records, whose parts belong together. */
export async function textsOf(dns: Dns, name: string): Promise<string[]> {
  return (await answers(dns.resolveTxt(name))).map((parts) => parts.join(''));
}
