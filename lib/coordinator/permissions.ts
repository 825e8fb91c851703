import type { Role } from '@/lib/platform/db/generated/enums';

/**
 * Who may do what on a letter: the least role that each act takes. Form actions, pages, the documentation
 * (docs/permissions.md) and the authorization tests all read this table. An instance administrator acts as an owner of
 * every letter; who may create letters is up to LETTERS_MADE_BY (`letterMaker` in access.ts).
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

/** Whether a role on a letter suffices for an act. */
export function may(role: Role, act: Act): boolean {
  return RANK[role] >= RANK[PERMISSIONS[act]];
}
