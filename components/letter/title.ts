import type { Language } from '@/lib/letter/parts';
import { loneTitle } from '@/lib/letter/rules';

/** Title and subject in one line, with the colon between them that some titles end with themselves. */
export function fullTitle({ language, title, subject }: { language: Language; title: string; subject: string | null }): string {
  return subject ? `${loneTitle(title)}${language === 'ja' ? '：' : ': '}${subject}` : loneTitle(title);
}
