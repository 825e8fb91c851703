import { Link } from '@/lib/platform/i18n/navigation';

/** Links between views of a list. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  tabs: { key: string; href: string; text: string; isCurrent: boolean }[];
}) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-x-5 border-b border-line text-sm">
        {tabs.map(({ key, href, text, isCurrent }) => (
          <li key={key}>
            <Link
              href={href}
              prefetch={false}
              aria-current={isCurrent ? 'page' : undefined}
              className="inline-flex min-h-10 items-center border-b-2 border-transparent text-ink no-underline hover:border-edge aria-[current=page]:border-indigo aria-[current=page]:font-semibold"
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
