import type { ReactNode } from 'react';

/** A remark set apart from the page: `plain` to know, `alert` to act on. `announce` reads it out when it appears. */
export function Notice({
  tone = 'plain',
  title,
  announce = false,
  children,
}: {
  tone?: 'plain' | 'alert';
  title?: ReactNode;
  announce?: boolean;
  children?: ReactNode;
}) {
  return (
    <div
      role={announce ? (tone === 'alert' ? 'alert' : 'status') : undefined}
      className={`border-l-4 px-4 py-3 ${tone === 'alert' ? 'border-alert bg-alert-wash' : 'border-edge bg-wash'}`}
    >
      {title && <p className="font-semibold">{title}</p>}
      {children}
    </div>
  );
}
