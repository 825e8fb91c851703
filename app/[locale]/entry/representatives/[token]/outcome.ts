import { z } from 'zod';

const DONE = ['nominated', 'again', 'cancelled', 'removed'] as const;
const FAILED = ['not-possible', 'failed'] as const;

/** What has become of the last action on the page of representatives, as its query string says. */
export type RepresentativesOutcome =
  | { done: (typeof DONE)[number] }
  | { failed: (typeof FAILED)[number] }
  /** Too many mails; how long to wait. */
  | { minutes: number };

const outcomeSchema = z.object({
  done: z.enum(DONE).optional().catch(undefined),
  failed: z.enum(FAILED).optional().catch(undefined),
  minutes: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
});

/** Parses a query string; anything else is ignored. */
export const outcomeIn = (query: unknown) => outcomeSchema.parse(query);

/** The path of the page after an action, without the locale. */
export const representativesPath = (token: string, outcome?: RepresentativesOutcome): string => {
  const query = Object.entries(outcome ?? {}).map(([key, value]) => [key, String(value)]);
  return `/entry/representatives/${token}${outcome ? `?${new URLSearchParams(query)}` : ''}`;
};
