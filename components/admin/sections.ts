import type { Act } from '@/lib/coordinator/permissions';

/** The admin pages of a letter, in order of its lifecycle. */
export const SECTIONS = [
  'review',
  'text',
  'revisions',
  'times',
  'signatories',
  'deliveries',
  'updates',
] as const;

export type Section = (typeof SECTIONS)[number];

/** The permission each page requires: lib/coordinator/permissions.ts. */
export const SECTION_ACTS: Record<Section, Act> = {
  review: 'readEntries',
  text: 'editText',
  revisions: 'publish',
  times: 'setTimes',
  signatories: 'setList',
  deliveries: 'deliver',
  updates: 'postUpdates',
};

/** The path of a letter's admin page, without the locale. */
export function sectionPath(slug: string, section: Section): string {
  return section === 'review' ? `/admin/letters/${slug}` : `/admin/letters/${slug}/${section}`;
}
