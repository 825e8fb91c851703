/** What `npm run doctor` found: `good`, worth a look (`note`), or to be mended (`bad`). */
export interface Finding {
  level: 'good' | 'note' | 'bad';
  says: string;
  /** What to do about it; nothing if it is good. */
  todo?: string;
}

/** That something is as it should be. */
export const good = (says: string): Finding => ({ level: 'good', says });
/** That something could be better, or cannot be known. */
export const note = (says: string, todo: string): Finding => ({ level: 'note', says, todo });
/** That something must be mended. */
export const bad = (says: string, todo: string): Finding => ({ level: 'bad', says, todo });

const SIGNS = { good: '✓', note: '!', bad: '✗' } as const;

/** Findings as plain lines, what to do indented below. */
export function reportOf(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ level, says, todo }) => [
      `${SIGNS[level]} ${says}`,
      ...(todo === undefined ? [] : [`    ${todo}`]),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

/** Why something failed, in few words, for the operator's own terminal. */
export function reasonOf(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: string; code?: string };
  return (message || code || String(error)).replace(/\s+/g, ' ').trim().slice(0, 200);
}
