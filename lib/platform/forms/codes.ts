/** A code as one of those that a form has words for, or undefined: what comes back with a form can hold any. */
export const knownCode = <T extends string>(
  codes: readonly T[],
  code: string | undefined,
): T | undefined => codes.find((known) => known === code);
