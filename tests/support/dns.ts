import type { Dns } from '@/lib/platform/doctor/resolver';

/** Records by name; `down`: nobody answers about it. */
export type Zone = Record<string, { a?: string[]; txt?: string[][] } | 'down'>;

/** A resolver that knows only these names. */
export function dnsOf(zone: Zone): Dns {
  const look = async <T>(
    name: string,
    read: (records: { a?: string[]; txt?: string[][] }) => T,
  ) => {
    const records = zone[name];
    const failing = (code: string) => Object.assign(new Error(`query ${code} ${name}`), { code });
    if (records === 'down') throw failing('ETIMEOUT');
    if (records === undefined) throw failing('ENOTFOUND');
    return read(records);
  };
  const found = <T>(records: T[] | undefined): T[] => {
    if (!records) throw Object.assign(new Error('query ENODATA'), { code: 'ENODATA' });
    return records;
  };
  return {
    resolve4: (name) => look(name, ({ a }) => found(a?.filter((each) => !each.includes(':')))),
    resolve6: (name) => look(name, ({ a }) => found(a?.filter((each) => each.includes(':')))),
    resolveTxt: (name) => look(name, ({ txt }) => found(txt)),
  };
}
