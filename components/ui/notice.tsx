import type { ReactNode } from 'react';

/**
 * A notice box: `plain` for information, `alert` for warnings. `announce` makes it a live region.
 */
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
