/** Title and subject in one line. */
export function fullTitle(text: { title: string; subject: string | null }): string {
  return [text.title, text.subject].filter(Boolean).join(' ');
}
