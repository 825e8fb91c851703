'use server';

import { allowMailings, endMailings } from '@/lib/mailing/ending/commands';
import { pressEnd } from '@/app/[locale]/ending';

/** Ends the mailings of a letter to an address. */
export async function end(form: FormData): Promise<void> {
  await pressEnd(form, endMailings, '/mailings');
}

/** Allows them again. */
export async function allow(form: FormData): Promise<void> {
  await pressEnd(form, allowMailings, '/mailings');
}
