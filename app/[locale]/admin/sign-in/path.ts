/** Why somebody comes to the sign-in page: they signed out, here or everywhere, or their session has ended. */
export const LEFT = ['here', 'everywhere', 'ended'] as const;

/** The sign-in page, which says why one is there. */
export const signInPath = (left: (typeof LEFT)[number]): string => `/admin/sign-in?left=${left}`;
