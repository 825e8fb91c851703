'use server';

import { redirect } from 'next/navigation';
import { after } from 'next/server';
import { requestSignInLink } from '@/lib/platform/auth/sign-in';
import { localeIn } from '../locale';

/** Mails a sign-in link to a coordinator. After the answer, so that its time does not tell who is one. */
export async function askForLink(form: FormData): Promise<void> {
  const locale = localeIn(form.get('locale'));
  const email = String(form.get('email') ?? '').trim();
  after(() => requestSignInLink(email, `/${locale}/admin`));
  redirect(`/${locale}/admin/sign-in/check-your-email`);
}
