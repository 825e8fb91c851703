import { z } from 'zod';

const DONE = [
  'withdrawn',
  'withheld',
  'done',
  'proposed',
  'unchanged',
  'erasure',
  'erasureCancelled',
  'mailingsEnded',
  'mailingsAllowed',
  'kept',
  'released',
] as const;
const FAILED = ['not-possible', 'withheld-not-offered', 'busy', 'no-receipt', 'failed'] as const;

/** What has become of the last action on an entry's page, as its query string says. */
export type EntryOutcome = { done: (typeof DONE)[number] } | { failed: (typeof FAILED)[number] };

const outcomeSchema = z.object({
  done: z.enum(DONE).optional().catch(undefined),
  failed: z.enum(FAILED).optional().catch(undefined),
});

/** Parses a query string; anything else is ignored. */
export const outcomeIn = (query: unknown) => outcomeSchema.parse(query);

/** The path of an entry's page after an action, without the locale. */
export const entryPath = (token: string, outcome?: EntryOutcome): string =>
  `/entry/${token}${outcome ? `?${new URLSearchParams(outcome)}` : ''}`;
