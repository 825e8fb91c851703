import { z } from 'zod';
import { sectionPath } from '@/components/admin/sections';
import { INVITEE_STATES } from '@/lib/endorsement/invitees/rules';

const page = z.coerce.number().int().min(1).max(1_000).catch(1);

/** Parses the view of the invitees from the query string; malformed values are ignored. */
export const inviteesViewSchema = z.object({
  state: z.enum(['all', ...INVITEE_STATES]).catch('all'),
  page,
  notice: z
    .enum(['invited', 'again', 'withdrawn', 'message', 'reminders', 'forgotten'])
    .optional()
    .catch(undefined),
  refused: z.enum(['gone', 'notOpen', 'full', 'nobody']).optional().catch(undefined),
  count: z.coerce.number().int().min(0).max(100_000).catch(0),
});

type InviteesView = z.output<typeof inviteesViewSchema>;

/** Parses the view of a list that waits to be sent. */
export const previewViewSchema = z.object({
  list: z.uuid().nullable().catch(null),
  show: z.enum(['all', 'left']).catch('all'),
  page,
});

const withQuery = (path: string, query: Record<string, string | number | undefined>) => {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === 'all' || (name === 'page' && value === 1)
      ? []
      : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};

/** The path of the invitees of a letter, without the locale. */
export const inviteesPath = (slug: string, view: Partial<InviteesView> = {}): string =>
  withQuery(sectionPath(slug, 'invitees'), view);

/** The path of the preview of a list, without the locale. */
export const previewPath = (
  slug: string,
  view: { list: string; show?: 'all' | 'left'; page?: number },
): string => withQuery(`${sectionPath(slug, 'invitees')}/preview`, view);
