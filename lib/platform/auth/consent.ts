/**
 * What whoever presses the sign-in button has been told, as the page's form sends it: whom they become, in place of whom,
 * and whether another browser asked for the link. The route compares it with what is true when the button is pressed, so
 * that nobody is signed in, or over, without having been asked.
 */
export function consentTo(
  { email, sameBrowser }: { email: string; sameBrowser: boolean },
  presentEmail: string | null,
): string {
  const replaces = presentEmail !== null && presentEmail !== email ? presentEmail : '';
  return [email, replaces, sameBrowser ? 'same-browser' : 'other-browser'].join(' ');
}
