import { z } from 'zod';

/** Parses the view of the settings from the query string; malformed values are ignored. */
export const settingsViewSchema = z.object({
  /** Time of the action that led here; a new value resets the forms. */
  at: z.coerce.number().int().optional().catch(undefined),
  notice: z
    .enum([
      'address',
      'basics',
      'remindersOn',
      'remindersOff',
      'revoked',
      'declineTexts',
      'reasonAdded',
      'reasonRemoved',
    ])
    .optional()
    .catch(undefined),
});
