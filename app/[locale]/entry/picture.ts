import { isDrawable, type PictureText } from '@/app/api/letters/[slug]/picture.png/picture';
import { titleFor, type Shared } from '@/lib/endorsement/sharing/texts';
import { sharingWords } from '@/lib/endorsement/sharing/words';
import { fullTitle } from '@/lib/letter/rules';
import type { Locale } from '@/lib/platform/i18n/routing';
import { inOrder } from '@/lib/platform/languages';

/** The name that a picture can show, of those in the language of the picture and in others. */
function drawableName(names: NonNullable<Shared['names']>, locale: Locale): string | undefined {
  const order = [locale, ...inOrder(Object.keys(names))];
  return order.map((language) => names[language]).find((name) => name && isDrawable(name));
}

/**
 * What the picture to share says in a language, and its alternative text. It names the organization
 * if our fonts can write its name.
 */
export function pictureOf(
  shared: Shared,
  locale: Locale,
  { host, kind }: { host: string; kind: string },
): { text: PictureText; alt: string } {
  const words = sharingWords(locale);
  const name = shared.names && drawableName(shared.names, locale);
  const who = shared.names === null ? 'nobody' : name ? 'named' : 'ours';
  const title = fullTitle(titleFor(shared, locale));
  const values = { who, organization: name ?? '' } as const;
  return {
    text: {
      language: locale,
      kind,
      title,
      firstLines: '',
      count: words('picture.by', values),
      below: words('picture.below', { who }),
      host,
    },
    alt: words('picture.alt', { ...values, title }),
  };
}
