import { z } from 'zod';

/** What the page of a letter's people says about the last action: done, or why it was refused. */
export const peopleViewSchema = z.object({
  notice: z.enum(['invited', 'again', 'role', 'removed']).optional().catch(undefined),
  refused: z.enum(['lastOwner', 'gone', 'tooMany']).optional().catch(undefined),
});

export type PeopleView = z.output<typeof peopleViewSchema>;
