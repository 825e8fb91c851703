import { z } from 'zod';
import { sectionPath } from '@/components/admin/sections';

const NOTICES = [
  'created',
  'edited',
  'tried',
  'sent',
  'paused',
  'resumed',
  'cancelled',
  'discarded',
  'posted',
  'changed',
] as const;

export type MailingNotice = (typeof NOTICES)[number];

/** Parses the view of mailings from the query string; malformed values are ignored. */
export const mailingsViewSchema = z.object({
  notice: z.enum(NOTICES).optional().catch(undefined),
  /** Whether the numbers refresh by themselves; without scripts only if asked for. */
  live: z.enum(['on', 'off']).optional().catch(undefined),
});

const withNotice = (path: string, notice?: MailingNotice) =>
  notice ? `${path}?notice=${notice}` : path;

/** The path of a letter's mailings, without the locale. */
export const mailingsPath = (slug: string, notice?: MailingNotice): string =>
  withNotice(sectionPath(slug, 'mailings'), notice);

/** The path of a mailing, without the locale. */
export const mailingPath = (slug: string, id: string, notice?: MailingNotice): string =>
  withNotice(`${sectionPath(slug, 'mailings')}/${id}`, notice);
