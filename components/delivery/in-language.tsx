import { useLocale } from 'next-intl';
import type { Language } from '@/lib/letter/parts';

/** What there is of words in the reader's language, or in the other where there are none. */
export function inLanguage(said: Record<Language, string | null>, reader: Language): { language: Language; words: string } | null {
  for (const language of [reader, reader === 'ja' ? 'en' : 'ja'] as const) {
    const words = said[language];
    if (words) return { language, words };
  }
  return null;
}

/** Lines as one: an addressee is written in several, and said in one. */
function inOneLine(words: string, language: Language): string {
  return words.split('\n').join(language === 'ja' ? '　' : ', ');
}

/** Words of coordinators or names in the reader's language, or in the other, marked as being in it. */
export function InLanguage({ said }: { said: Record<Language, string | null> }) {
  const found = inLanguage(said, useLocale());
  return found && <span lang={found.language}>{inOneLine(found.words, found.language)}</span>;
}
