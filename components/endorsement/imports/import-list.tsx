import { useTranslations } from 'next-intl';
import { Link } from '@/lib/platform/i18n/navigation';
import type { ShownImport } from '@/lib/endorsement/imports/queries';
import { When, type Clock } from '../review/when';
import { importPath } from './import-path';

/** The imports of a letter, newest first. */
export function ImportList({
  slug,
  imports,
  clock,
}: {
  slug: string;
  imports: ShownImport[];
  clock: Clock;
}) {
  const t = useTranslations('endorsement.imports.list');
  return (
    <ul className="mt-2 border-t border-line">
      {imports.map(({ id, state, added, by, createdAt }) => (
        <li key={id} className="border-b border-line py-2">
          <Link href={importPath(slug, id)} prefetch={false} className="inline-block min-h-6">
            {t(`states.${state}`, { count: added })}
          </Link>
          <span className="block text-sm text-quiet wrap-anywhere">
            {by} · <When at={createdAt} clock={clock} />
          </span>
        </li>
      ))}
    </ul>
  );
}
