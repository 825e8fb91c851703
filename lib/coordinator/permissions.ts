import type { Role } from '@/lib/platform/db/generated/enums';

/** What a coordinator is to a letter. */
export type Standing = Role | 'administrator';

/**
 * The permissions on a letter: the minimum role for each act. Used by form actions, pages, the
 * documentation (docs/permissions.md) and the authorization tests. Administrators of the instance
 * may do all of them on every letter; LETTERS_MADE_BY controls who can create letters (`letterMaker` in
 * access.ts).
 */
export const PERMISSIONS = {
  readEntries: 'observer',
  readWithheldNames: 'reviewer',
  readContacts: 'reviewer',
  readNotes: 'observer',
  writeNotes: 'reviewer',
  decide: 'reviewer',
  hold: 'reviewer',
  correct: 'reviewer',
  attest: 'reviewer',
  nameFilters: 'reviewer',
  retryMail: 'reviewer',
  // Organizations are shared by all letters, and whether two can be merged tells what they signed.
  mergeOrganizations: 'administrator',
  erase: 'owner',
  editText: 'owner',
  shareDraft: 'owner',
  publish: 'owner',
  requestReaffirmation: 'owner',
  setTimes: 'owner',
  setList: 'owner',
  deliver: 'owner',
  postUpdates: 'owner',
  sendMailings: 'owner',
  inviteOrganizations: 'owner',
  exportContacts: 'owner',
  readPeople: 'observer',
  managePeople: 'owner',
} as const satisfies Record<string, Standing>;

export type Act = keyof typeof PERMISSIONS;

const RANK: Record<Standing, number> = { observer: 0, reviewer: 1, owner: 2, administrator: 3 };

/** Whether what a coordinator is to a letter permits an act. */
export function may(role: Standing, act: Act): boolean {
  return RANK[role] >= RANK[PERMISSIONS[act]];
}
