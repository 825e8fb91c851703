/** What signatories are told of a delivery (docs/decisions/0047-the-delivered-letter-and-the-reply.md). */
import { fullTitle, inOneLine } from '@/lib/letter/rules';
import { env } from '@/lib/platform/env';
import { preferred, type ByLanguage } from '@/lib/platform/languages';
import type { UpdateContent } from '@/lib/update/schema';
import type { DeliveryContent } from './snapshot';
import { toldWords, wordsOf } from './words';

/** Keeps Markdown from reading marks in names as its own. */
const plain = (text: string) => text.replace(/[\\`*_{}[\]()#+\-.!|<>~:^]/g, '\\$&');

/** The texts of a mailing about a delivery, in each language of the letter. */
export function deliveredTexts({
  letter: { slug },
  number,
  texts,
  addressee,
  counts,
}: DeliveryContent): ByLanguage<UpdateContent> {
  const { APP_URL } = env();
  return Object.fromEntries(
    Object.entries(texts).map(([language, { title, subject }]): [string, UpdateContent] => {
      const t = toldWords(language);
      const to = preferred(addressee, language);
      const at = `letters/${slug}/deliveries/${number}`;
      return [
        language,
        {
          title: t('title', { title: fullTitle({ language, title, subject }) }),
          body: t('body', {
            addressee: to ? plain(inOneLine(to.said, to.language)) : '',
            count: counts.total,
            page: `${APP_URL}/${wordsOf(language)}/${at}`,
            pdf: `${APP_URL}/api/${at}/letter.pdf?language=${language}`,
          }),
        },
      ];
    }),
  );
}
