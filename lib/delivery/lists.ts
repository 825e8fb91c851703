import { mayShowName } from '@/lib/endorsement/rules';
import { headingIn, type ListSettings } from '@/lib/letter/list-settings';
import type { SignatoryList, Visibility } from '@/lib/platform/db/generated/enums';
import { LANGUAGES, type ByLanguage, type Language } from '@/lib/platform/languages';
import type { DeliveredCounts, DeliveredLists, DeliveredName } from './snapshot';
import { listWords } from './words';

/** A signatory, as far as lists need it. */
export interface Listed {
  names: ByLanguage;
  coordinating: boolean;
  visibility: Visibility;
  list: SignatoryList;
}

type Words = ReturnType<typeof listWords>;

const inEach = (say: (words: Words, language: Language) => string): ByLanguage =>
  Object.fromEntries(LANGUAGES.map((language) => [language, say(listWords(language), language)]));

function split(entries: Listed[]) {
  const named = entries.filter(({ visibility }) => mayShowName(visibility, 'public'));
  const names = named.map(({ names, coordinating }): DeliveredName => ({ names, coordinating }));
  const count = {
    named: named.length,
    withheld: entries.length - named.length,
    total: entries.length,
  };
  return { names, count };
}

/**
 * The lists to be printed under a letter, with their counts.
 * @param signatories all of them, in printed order
 */
export function deliveredLists(
  signatories: Listed[],
  settings: ListSettings,
): { lists: DeliveredLists; counts: DeliveredCounts } {
  const all = split(signatories.filter(({ list }) => list !== 'earlier'));
  const earlier = split(signatories.filter(({ list }) => list === 'earlier'));
  const coordinating = all.names.filter((name) => name.coordinating);
  const others = ({ named, withheld }: { named: number; withheld: number }) =>
    withheld === 0
      ? null
      : inEach((words) => words(named > 0 ? 'others' : 'withheldOnly', { count: withheld }));
  const heading = (
    list: keyof ListSettings['headings'],
    count: number,
    say: (words: Words) => string,
  ) =>
    inEach((words, language) => headingIn(settings.headings[list], language, count) ?? say(words));
  const { total } = all.count;
  return {
    counts: { ...all.count, coordinating: coordinating.length, earlier: earlier.count },
    lists: {
      coordinating:
        coordinating.length === 0
          ? null
          : {
              heading: heading('coordinating', coordinating.length, (words) =>
                words('coordinating', { count: coordinating.length }),
              ),
              names: coordinating,
              others: null,
            },
      all: {
        heading: heading('all', total, (words) =>
          words(`headings.${settings.by}`, { count: total }),
        ),
        names: all.names,
        others: others(all.count),
      },
      earlier:
        earlier.count.total === 0
          ? null
          : {
              heading: inEach((words) => words('earlier', { count: earlier.count.total })),
              names: earlier.names,
              others: others(earlier.count),
            },
    },
  };
}
