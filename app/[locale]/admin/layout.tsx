import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { SignOutForm } from '@/components/coordinator/sign-out-form';
import { signedIn } from '@/lib/platform/auth/guard';
import { leave } from './actions';
import { localeIn } from './locale';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { robots: { index: false, follow: false } };

type Props = { params: Promise<{ locale: string }>; children: ReactNode };

/**
 * Provides messages to the client components of the admin pages, and signs out. It does not
 * authorize: every page does so itself.
 */
export default async function AdminLayout({ params, children }: Props) {
  const { admin, endorsement } = await getMessages();
  const { filters, forms, notes, shortcuts } = endorsement.review;
  const messages = {
    admin: { failed: admin.failed, signedOut: admin.signedOut, failure: admin.failure },
    endorsement: { review: { filters, forms, notes, shortcuts } },
  };
  // The sign-in pages are there without the database, too.
  const coordinator = await signedIn().catch(() => null);
  return (
    <NextIntlClientProvider messages={messages}>
      {children}
      {coordinator && (
        <SignOutForm
          locale={localeIn((await params).locale)}
          email={coordinator.email}
          leave={leave}
        />
      )}
    </NextIntlClientProvider>
  );
}
