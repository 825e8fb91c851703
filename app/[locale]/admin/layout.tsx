import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { robots: { index: false, follow: false } };

/** Gives the tool's few client components their words. Every page authorises itself; this layout does not. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { common, admin, running } = await getMessages();
  const messages = {
    common: { failure: common.failure },
    running: { failed: running.failed, signedOut: running.signedOut },
    admin: { failure: admin.failure, forms: admin.forms, shortcuts: admin.shortcuts },
  };
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}
