import type { ReactNode } from 'react';
import { Link } from '@/components/ui/link';

/** Link to the privacy page in a new tab, so that the form's input is kept. */
export function PrivacyLink({ children }: { children: ReactNode }) {
  return (
    <Link href="/privacy" target="_blank">
      {children}
    </Link>
  );
}
