/** The audited steps that an organization sees in the history of its entry. */
export const SHOWN_STEPS = [
  'approve',
  'decline',
  'withdraw',
  'take_back',
  'correct',
  'reaffirm',
  'propose_change',
  'accept_change',
  'decline_change',
  'request_erasure',
  'cancel_erasure',
  'correct_representative',
  'nominate',
  'cancel_nomination',
  'decline_nomination',
  'add_representative',
  'hand_over',
  'remove_representative',
  'leave',
  'keep_page',
  'release_page',
] as const;

export type ShownStep = (typeof SHOWN_STEPS)[number];
