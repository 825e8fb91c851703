import type { Suppression } from '@/lib/platform/mail/suppression';

/**
 * Whether a reviewer can have an address mailed again. One from which a mail was reported as spam
 * must have confirmed: anybody can enter a stranger's address as that of an organization on a letter
 * of their own, and would undo the stranger's wish for all letters.
 */
export const isLiftable = (
  { reason }: Suppression,
  { verifiedAt }: { verifiedAt: Date | null },
): boolean => reason === 'bounced' || verifiedAt !== null;
