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

/** The title of a letter in `language`, or that of its authoritative text where it has none. */
export function titleIn(
  letter: { authoritativeLanguage: Language; texts: { language: Language; title: string }[] },
  language: Language,
): string {
  return textFor(letter.texts, language, letter.authoritativeLanguage)?.title ?? '';
}
