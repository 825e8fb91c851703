'use server';

import { redirect } from 'next/navigation';
import { requireCoordinator, signOut } from '@/lib/platform/auth/guard';
import { localeIn } from './locale';

/** Ends the current session; with `everywhere`, all sessions of this user. */
export async function leave(form: FormData): Promise<void> {
  const locale = localeIn(form.get('locale'));
  await requireCoordinator(locale);
  await signOut(form.has('everywhere'));
  redirect(`/${locale}/admin/sign-in`);
}
