'use server';

import { endReminders } from '@/lib/endorsement/reminders/commands';
import { pressEnd } from '@/app/[locale]/ending';

/** Ends reminders to confirm. */
export async function unsubscribe(form: FormData): Promise<void> {
  await pressEnd(form, endReminders, '/unsubscribe');
}
