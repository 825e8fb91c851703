import { Link } from '@/lib/platform/i18n/navigation';
import type { LeftEntry } from '@/lib/endorsement/imports/queries';
import { SeenName } from '../review/seen-name';
import { StateLabel } from '../review/state-label';
import { reviewPath } from '../review/view';

/** Links to entries; `more` says that there are others. */
export function EntryLinks({
  slug,
  entries,
  more,
}: {
  slug: string;
  entries: LeftEntry[];
  more: string | null;
}) {
  return (
    <ul className="mt-2 border-t border-line text-sm">
      {entries.map((entry) => (
        <li key={entry.id} className="border-b border-line py-1.5">
          <Link href={reviewPath(slug, { state: 'all', entry: entry.id })} prefetch={false}>
            <SeenName of={entry} />
          </Link>{' '}
          <span className="text-quiet">
            <StateLabel state={entry.state} />
          </span>
        </li>
      ))}
      {more && <li className="py-1.5 text-quiet">{more}</li>}
    </ul>
  );
}
