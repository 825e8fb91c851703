/** The sign-up form of a letter, as kept input is kept for it. */
export const endorseForm = (slug: string) => `endorse ${slug}`;
