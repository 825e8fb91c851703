import type { Act } from '@/lib/coordinator/permissions';

/** The pages on which a letter is run, in the order of its life. */
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

/** What each page takes: lib/coordinator/permissions.ts. */
export const SECTION_ACTS: Record<Section, Act> = {
  review: 'readEntries',
  text: 'editText',
  revisions: 'publish',
  times: 'setTimes',
  signatories: 'setList',
  deliveries: 'deliver',
  updates: 'postUpdates',
};

/** The address of a page on which the letter at `slug` is run, without its language. */
export function sectionPath(slug: string, section: Section): string {
  return section === 'review' ? `/admin/letters/${slug}` : `/admin/letters/${slug}/${section}`;
}
