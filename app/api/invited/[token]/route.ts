import { oneClick } from '@/app/api/one-click';
import { endInvitations } from '@/lib/endorsement/invitees/commands';

/** One click ends invitations to sign, those of every letter. */
export const { POST, GET } = oneClick(endInvitations, '/invited/end');
