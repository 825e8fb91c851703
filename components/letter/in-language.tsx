import { useLocale } from 'next-intl';
import type { Language } from '@/lib/letter/text/content';
import { inOneLine } from '@/lib/letter/rules';

/** What there is of words in the reader's language, or in the other where there are none. */
export function inLanguage(
  said: Record<Language, string | null>,
  reader: Language,
): { language: Language; words: string } | null {
  for (const language of [reader, reader === 'ja' ? 'en' : 'ja'] as const) {
    const words = said[language];
    if (words) return { language, words };
  }
  return null;
}

/** Words of coordinators or names in the reader's language, or in the other, marked as being in it. */
export function InLanguage({ said }: { said: Record<Language, string | null> }) {
  const found = inLanguage(said, useLocale());
  return found && <span lang={found.language}>{inOneLine(found.words, found.language)}</span>;
}
