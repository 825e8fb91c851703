/** A fault, what should become of it, and what did. */
export interface Row {
  /** As `npm run test:faults -- NAME` names it. */
  name: string;
  fault: string;
  goal: string;
  run(chance: Chance): Promise<Finding>;
}

export interface Finding {
  /** Null: it could not be tried on this machine, as `measured` says. */
  holds: boolean | null;
  measured: string;
  /** What fell short, each in a line. */
  shortfalls: string[];
}

/** Numbers from 0 to below 1 that follow from a seed, so that a run can be repeated. */
export type Chance = () => number;

/** Mulberry32: small, and random enough to choose what is killed. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(chance: Chance, from: readonly T[]): T =>
  from[Math.floor(chance() * from.length)]!;

/** A finding that holds if nothing fell short. */
export const finding = (measured: string, shortfalls: string[]): Finding => ({
  holds: shortfalls.length === 0,
  measured,
  shortfalls,
});
