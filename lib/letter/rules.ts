type Language = 'ja' | 'en';

export type LetterStatus = 'draft' | 'open' | 'closed';

/** A letter's state at a moment: it follows from its times, so closing needs nothing to run. */
export function letterStatus(letter: { opensAt: Date | null; closesAt: Date | null }, at: Date): LetterStatus {
  if (!letter.opensAt || letter.opensAt > at) return 'draft';
  return letter.closesAt && letter.closesAt <= at ? 'closed' : 'open';
}

/** The text to show in `language`: its own where there is one, else the authoritative text. */
export function textFor<T extends { language: Language }>(texts: T[], language: Language, authoritative: Language): T | undefined {
  return texts.find((text) => text.language === language) ?? texts.find((text) => text.language === authoritative);
}

/** A title standing without its subject: the colon that led to it goes. */
export function loneTitle(title: string): string {
  return title.replace(/\s*[:：]\s*$/u, '');
}

/** Whether a letter's address could be this: what comes in by URL can be anything, and PostgreSQL refuses a NUL. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,99}$/.test(text);
}

/** The title of a letter in `language`, or that of its authoritative text where it has none, to stand alone. */
export function titleIn(
  letter: { authoritativeLanguage: Language; texts: { language: Language; title: string }[] },
  language: Language,
): string {
  return loneTitle(textFor(letter.texts, language, letter.authoritativeLanguage)?.title ?? '');
}
