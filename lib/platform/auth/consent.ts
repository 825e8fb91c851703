/**
 * What the sign-in confirmation page showed, sent with its form: the account, the account it
 * replaces, and whether another browser requested the link. The route compares it with the state at
 * the time of the POST, so that nobody is signed in, or switched to another account, without having
 * confirmed exactly that.
 */
export function consentTo(
  { email, sameBrowser }: { email: string; sameBrowser: boolean },
  presentEmail: string | null,
): string {
  const replaces = presentEmail !== null && presentEmail !== email ? presentEmail : '';
  return [email, replaces, sameBrowser ? 'same-browser' : 'other-browser'].join(' ');
}
