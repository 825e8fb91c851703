import { sectionPath } from '@/components/admin/sections';
import type { LogPlace } from '@/lib/platform/mail/log';

/** The state of the log of mails in its query string. */
export interface LogView {
  show: 'all' | 'failing';
  /** The last mail of the page before; null: the newest mails. */
  after: LogPlace | null;
  notice?: 'retry' | 'retryRefused';
}

/** A place in the log as text. */
export const placeText = ({ createdAt, id }: LogPlace) => `${createdAt.toISOString()}~${id}`;

/** The path of a page of the log, without the locale. Default values are omitted. */
export function logPath(slug: string, { show, after, notice }: LogView): string {
  const query = new URLSearchParams();
  if (show === 'failing') query.set('show', show);
  if (after) query.set('after', placeText(after));
  if (notice) query.set('notice', notice);
  return `${sectionPath(slug, 'mails')}${query.size > 0 ? `?${query}` : ''}`;
}
