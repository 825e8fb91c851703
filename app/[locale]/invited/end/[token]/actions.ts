'use server';

import { endInvitations } from '@/lib/endorsement/invitees/commands';
import { pressEnd } from '@/app/[locale]/ending';

/** Ends invitations to sign, those of every letter. */
export async function endForGood(form: FormData): Promise<void> {
  await pressEnd(form, endInvitations, '/invited/end');
}
