import type { ReactNode } from 'react';

/** A section of a long page with a heading that URLs can link to. */
export function PageSection({
  id,
  title,
  children,
}: {
  id: string;
  title: ReactNode;
  children: ReactNode;
}) {
  return (
    <section id={id} aria-labelledby={`${id}-heading`} className="mt-12">
      <h2
        id={`${id}-heading`}
        className="mb-3 border-b border-line pb-2 font-serif text-[1.1875rem] font-semibold print:border-ink"
      >
        {title}
      </h2>
      {children}
    </section>
  );
}
