import type { ReactNode } from 'react';

/** Rich text tags `<ja>` and `<en>` for words in the other language within a message. */
export const languageTags = {
  ja: (words: ReactNode) => <span lang="ja">{words}</span>,
  en: (words: ReactNode) => <span lang="en">{words}</span>,
};
