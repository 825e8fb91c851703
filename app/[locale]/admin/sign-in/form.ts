/** The form that requests a sign-in link, as kept input is kept for it. */
export const SIGN_IN_FORM = 'sign-in';
