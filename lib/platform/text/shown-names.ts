import { inOrder, type ByLanguage, type Language } from '@/lib/platform/languages';
import { writtenIn, type Written } from './written-language';

/** A name as it is shown, with what says how to read it. */
export interface ShownName extends Written {
  name: string;
}

/**
 * An organization's names in the order shown, the leading language first. One that is the same in
 * several languages is in Latin letters, and shown once.
 */
export function shownNames(names: ByLanguage, leading: Language): ShownName[] {
  const order = inOrder(Object.keys(names)).sort(
    (a, b) => Number(b === leading) - Number(a === leading),
  );
  return order
    .filter(
      (language) =>
        language !== 'ja' || !order.some((other) => other !== 'ja' && names[other] === names.ja),
    )
    .map((language) => ({ name: names[language]!, ...writtenIn(names[language]!, language) }));
}
