'use server';

import { redirect } from 'next/navigation';
import { requireCoordinator, signOut } from '@/lib/platform/auth/guard';
import { localeIn } from './locale';
import { signInPath } from './sign-in/path';

/** Ends the current session; with `everywhere`, all sessions of this user. */
export async function leave(form: FormData): Promise<void> {
  const locale = localeIn(form.get('locale'));
  await requireCoordinator(locale);
  const everywhere = form.has('everywhere');
  await signOut(everywhere);
  redirect(`/${locale}${signInPath(everywhere ? 'everywhere' : 'here')}`);
}
