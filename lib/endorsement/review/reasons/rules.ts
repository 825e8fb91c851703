import type { DeclineReason } from '@/lib/platform/db/generated/enums';
import { DECLINE_REASONS } from '../schema';

/** Whether a reason for declining is one of the usual ones, and not the id of a letter's own. */
export const isUsual = (reason: string): reason is DeclineReason =>
  DECLINE_REASONS.some((usual) => usual === reason);
