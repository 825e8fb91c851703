import type { Act } from '@/lib/coordinator/permissions';

/** The admin pages of a letter, in order of its lifecycle. */
export const SECTIONS = [
  'overview',
  'review',
  'imports',
  'invitees',
  'text',
  'revisions',
  'times',
  'signatories',
  'deliveries',
  'updates',
  'mailings',
  'mails',
  'people',
  'settings',
] as const;

export type Section = (typeof SECTIONS)[number];

/** The permission each page requires: lib/coordinator/permissions.ts. */
export const SECTION_ACTS: Record<Section, Act> = {
  overview: 'readEntries',
  review: 'readEntries',
  imports: 'attest',
  invitees: 'inviteOrganizations',
  text: 'editText',
  revisions: 'publish',
  times: 'setTimes',
  signatories: 'setList',
  deliveries: 'deliver',
  updates: 'postUpdates',
  mailings: 'sendMailings',
  mails: 'retryMail',
  people: 'readPeople',
  settings: 'editText',
};

/** The path of a letter's admin page, without the locale. */
export function sectionPath(slug: string, section: Section): string {
  return section === 'overview' ? `/admin/letters/${slug}` : `/admin/letters/${slug}/${section}`;
}
