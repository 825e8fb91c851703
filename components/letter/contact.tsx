import type { ReactNode } from 'react';

/** The address of a `mailto:` link; the local part can contain characters that URLs reserve. */
export const mailto = (address: string) =>
  `mailto:${encodeURIComponent(address).replaceAll('%40', '@')}`;

/**
 * The values of a message that says whom to write to: `contact`, which is `none` without an address,
 * and the tag `<address>` around it.
 */
export const contactValues = (contact: string | null) => ({
  contact: contact ?? 'none',
  address: (chunks: ReactNode) => (
    <a href={mailto(contact ?? '')} className="wrap-anywhere">
      {chunks}
    </a>
  ),
});
