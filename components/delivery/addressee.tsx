import { useLocale } from 'next-intl';
import { inOneLine } from '@/lib/letter/rules';
import { preferred, type ByLanguage } from '@/lib/platform/languages';

/** To whom a letter was delivered, in the reader's language where it is said in it, in one line. */
export function Addressee({ said }: { said: ByLanguage }) {
  const found = preferred(said, useLocale());
  return found && <span lang={found.language}>{inOneLine(found.said, found.language)}</span>;
}
