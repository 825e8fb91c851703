/** Title and subject in one line. */
export function fullTitle(text: { title: string; subject: string | null }): string {
  return [text.title, text.subject].filter(Boolean).join(' ');
}

/** A title standing without its subject: the colon that led to it goes. */
export function loneTitle(title: string): string {
  return title.replace(/\s*[:：]\s*$/u, '');
}
