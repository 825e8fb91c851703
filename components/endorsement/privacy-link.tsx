import type { ReactNode } from 'react';
import { Link } from '@/lib/platform/i18n/navigation';

/** To the privacy page in a tab of its own, since what has been typed would be lost in this one. */
export function PrivacyLink({ children }: { children: ReactNode }) {
  return (
    <Link href="/privacy" prefetch={false} target="_blank">
      {children}
    </Link>
  );
}
