import { env } from '@/lib/platform/env';

/**
 * Where people write to about a letter: its own address, else the instance's (CONTACT_EMAIL), else
 * null.
 */
export const contactOf = ({ contactEmail }: { contactEmail: string | null }): string | null =>
  contactEmail ?? env().CONTACT_EMAIL ?? null;
