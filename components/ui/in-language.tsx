import { useLocale } from 'next-intl';
import { preferred, type ByLanguage } from '@/lib/platform/languages';

/** Words in the reader's language, else in the one there is, marked as being in it. */
export function InLanguage({ said }: { said: ByLanguage }) {
  const found = preferred(said, useLocale());
  return found && <span lang={found.language}>{found.said}</span>;
}
