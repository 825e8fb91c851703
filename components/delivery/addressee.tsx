import { useLocale } from 'next-intl';
import { inOneLine } from '@/lib/letter/rules';
import { preferred, type ByLanguage } from '@/lib/platform/languages';

/** The addressee of a delivery on one line, in the reader's language if available. */
export function Addressee({ said }: { said: ByLanguage }) {
  const found = preferred(said, useLocale());
  return found && <span lang={found.language}>{inOneLine(found.said, found.language)}</span>;
}
