import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { robots: { index: false, follow: false } };

/**
 * Provides messages to the client components of the admin pages. It does not authorize: every page
 * does so itself.
 */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { admin, endorsement } = await getMessages();
  const { filters, forms, notes, shortcuts } = endorsement.review;
  const messages = {
    admin: { failed: admin.failed, signedOut: admin.signedOut, failure: admin.failure },
    endorsement: { review: { filters, forms, notes, shortcuts } },
  };
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}
