import { z } from 'zod';
import { bounded } from '@/lib/platform/forms/fields';
import { decisionSchema, lookedForFields } from '../schema';

/** Maximum number of entries that are decided on at once. */
export const BATCH_MAX = 500;

/** An id, and a version of up to nine digits: what {@link batchEntries} writes for an entry. */
const SEEN = /^([0-9a-f-]{36}):([1-9]\d{0,8})$/;

/** The entries of a batch as a form field, each with the version that the coordinator saw. */
export const batchEntries = (entries: readonly { id: string; version: number }[]): string =>
  entries.map(({ id, version }) => `${id}:${version}`).join(',');

const entries = bounded(BATCH_MAX * 47, (raw) => raw)
  .transform((text) => text.split(','))
  .pipe(
    z
      .array(z.string().regex(SEEN))
      .max(BATCH_MAX)
      .transform((all) =>
        all.map((one) => {
          const [, id, version] = SEEN.exec(one)!;
          return { id: id!, version: Number(version) };
        }),
      ),
  )
  .pipe(z.array(z.object({ id: z.uuid(), version: z.number() })))
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length);

/** The schema of the approval of several entries. */
export const batchApprovalSchema = z.object({ entries });

const decline = decisionSchema.options[1].shape;

/** The schema of a decline of several entries, with one reason and note for all. */
export const batchDeclineSchema = z.object({ entries, reason: decline.reason, note: decline.note });

/** What is decided on several entries at once. */
export type BatchDecision =
  | ({ step: 'approve' } & z.output<typeof batchApprovalSchema>)
  | ({ step: 'decline' } & z.output<typeof batchDeclineSchema>);

/** The schema of a button about a batch. */
export const batchSchema = z.object({ batch: z.uuid() });

/**
 * Parses which entries were selected, from the query string: those of `id`, or with `all` those
 * that wait and are looked for, as in the queue. Malformed values are ignored.
 */
export const selectionSchema = z.object({
  id: z
    .preprocess((ids) => (Array.isArray(ids) ? ids : [ids]), z.array(z.unknown()))
    .transform((ids) =>
      ids.filter((id): id is string => z.uuid().safeParse(id).success).slice(0, BATCH_MAX),
    ),
  all: z
    .literal('1')
    .transform(() => true)
    .catch(false),
  ...lookedForFields,
});

export type Selection = z.output<typeof selectionSchema>;
