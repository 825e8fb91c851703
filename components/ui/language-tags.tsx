import type { ReactNode } from 'react';

/** For words in the other language within a message: its `<ja>` and `<en>`. */
export const languageTags = {
  ja: (words: ReactNode) => <span lang="ja">{words}</span>,
  en: (words: ReactNode) => <span lang="en">{words}</span>,
};
