import { errorName, log } from '@/lib/platform/log';
import type { Due, Rule } from './rule/commands';
import { RULES } from './table/commands';

/** What each rule has done, by its name; null: it failed, and the next run tries again. */
export type Retained = Map<string, number | null>;

/**
 * Carries out the retention rules. Any number of processes can run it at the same time. A rule that
 * fails does not keep the others from being carried out.
 */
export async function retain(
  now: Date = new Date(),
  rules: readonly Rule[] = RULES,
): Promise<Retained> {
  const retained: Retained = new Map();
  for (const rule of rules) {
    const count = await rule.carryOut(now).catch((error: unknown) => {
      log('error', 'a retention rule failed', { rule: rule.name, error: errorName(error) });
      return null;
    });
    retained.set(rule.name, count);
  }
  return retained;
}

/** What {@link retain} would do now, by the rules' names. Changes nothing. */
export async function retentionDue(
  now: Date = new Date(),
  rules: readonly Rule[] = RULES,
): Promise<Map<string, Due>> {
  const due = new Map<string, Due>();
  for (const rule of rules) due.set(rule.name, await rule.due(now));
  return due;
}
