import type { Role } from '@/lib/platform/db/generated/enums';

/**
 * The permissions on a letter: the minimum role for each act. Used by form actions, pages, the
 * documentation (docs/permissions.md) and the authorization tests. An instance administrator counts
 * as an owner of every letter; LETTERS_MADE_BY controls who can create letters (`letterMaker` in
 * access.ts).
 */
export const PERMISSIONS = {
  readEntries: 'observer',
  readWithheldNames: 'reviewer',
  readContacts: 'reviewer',
  decide: 'reviewer',
  correct: 'reviewer',
  attest: 'reviewer',
  retryMail: 'reviewer',
  mergeOrganizations: 'owner',
  editText: 'owner',
  shareDraft: 'owner',
  publish: 'owner',
  requestReaffirmation: 'owner',
  setTimes: 'owner',
  setList: 'owner',
  deliver: 'owner',
  postUpdates: 'owner',
} as const satisfies Record<string, Role>;

export type Act = keyof typeof PERMISSIONS;

const RANK: Record<Role, number> = { observer: 0, reviewer: 1, owner: 2 };

/** Whether a role on a letter permits an act. */
export function may(role: Role, act: Act): boolean {
  return RANK[role] >= RANK[PERMISSIONS[act]];
}
