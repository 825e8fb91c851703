import { z } from 'zod';

/** What the page of all coordinators says about the last action: done, or why it was refused. */
export const accountsViewSchema = z.object({
  notice: z
    .enum(['appointed', 'dismissed', 'deactivated', 'reactivated'])
    .optional()
    .catch(undefined),
  refused: z.enum(['lastAdministrator', 'gone']).optional().catch(undefined),
});

export type AccountsView = z.output<typeof accountsViewSchema>;
