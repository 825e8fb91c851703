import type { ReactNode } from 'react';
import { Link } from '@/lib/platform/i18n/navigation';

/** Link to the privacy page in a new tab, so that the form's input is kept. */
export function PrivacyLink({ children }: { children: ReactNode }) {
  return (
    <Link href="/privacy" prefetch={false} target="_blank">
      {children}
    </Link>
  );
}
