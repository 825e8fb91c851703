import { useLocale } from 'next-intl';
import { preferred, type ByLanguage } from '@/lib/platform/languages';

/** Text in the reader's language, else in an available one, marked with its `lang`. */
export function InLanguage({ said }: { said: ByLanguage }) {
  const found = preferred(said, useLocale());
  return found && <span lang={found.language}>{found.said}</span>;
}
