import type { ReactNode } from 'react';

/** Entries that were selected to act on all of them at once: how many, and which. */
export function SelectedEntries<Row extends { id: string }>({
  title,
  rest,
  entries,
  row,
  back,
}: {
  title: string;
  /** What is said of those that are left for another time, if there are any. */
  rest: string | null;
  entries: readonly Row[];
  row: (entry: Row) => ReactNode;
  back: ReactNode;
}) {
  return (
    <section aria-labelledby="selected">
      <h2 id="selected" className="font-serif text-xl font-semibold">
        {title}
      </h2>
      {rest && <p className="mt-1 text-quiet">{rest}</p>}
      <ul
        tabIndex={0}
        aria-labelledby="selected"
        className="mt-2 max-h-96 overflow-y-auto border-y border-line text-sm"
      >
        {entries.map((entry) => (
          <li key={entry.id} className="border-b border-line py-1.5 last:border-0">
            {row(entry)}
          </li>
        ))}
      </ul>
      <p className="mt-1">{back}</p>
    </section>
  );
}
