import { oneClick } from '@/app/api/one-click';
import { endReminders } from '@/lib/endorsement/reminders/commands';

/** One click ends reminders to confirm. */
export const { POST, GET } = oneClick(endReminders, '/unsubscribe');
