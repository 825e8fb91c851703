import type { ReactNode } from 'react';

/** A page with a single column of text or fields under a heading. */
export function Page({
  title,
  lead,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto max-w-page px-5 pt-8 pb-20 sm:px-8 sm:pt-14">
      <div className="max-w-form">
        <h1 className="font-serif text-[1.75rem]/[1.35] font-semibold sm:text-[2.125rem]/[1.3]">
          {title}
        </h1>
        {lead && <p className="mt-4 text-quiet">{lead}</p>}
        <div className="mt-8 space-y-6">{children}</div>
      </div>
    </div>
  );
}
