import { Link } from '@react-email/components';
import type { ReactNode } from 'react';
import { styles } from './styles';
import type { MailLanguage } from './words';

/**
 * The values of a sentence that says whom to write to: `contact`, which is `none` without an address,
 * and the tag `<address>` around it.
 */
export const contactValues = (contact: string | null | undefined, language: MailLanguage) => ({
  contact: contact ?? 'none',
  address: (chunks: ReactNode) => (
    <Link
      href={`mailto:${encodeURIComponent(contact ?? '').replaceAll('%40', '@')}`}
      {...styles(language).link}
    >
      {chunks}
    </Link>
  ),
});
