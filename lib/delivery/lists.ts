import { mayShowName } from '@/lib/endorsement/rules';
import { byCategory, categoryOf } from '@/lib/letter/categories';
import { headingIn, type ListSettings } from '@/lib/letter/list-settings';
import type { SignatoryList, Visibility } from '@/lib/platform/db/generated/enums';
import { LANGUAGES, preferred, type ByLanguage, type Language } from '@/lib/platform/languages';
import type { DeliveredCounts, DeliveredLists, DeliveredName } from './snapshot';
import { listWords } from './words';

/** A signatory, as far as lists need it. */
export interface Listed {
  names: ByLanguage;
  coordinating: boolean;
  /** Id of its category as stored. */
  category: string | null;
  visibility: Visibility;
  list: SignatoryList;
}

type Words = ReturnType<typeof listWords>;

const inEach = (say: (words: Words, language: Language) => string): ByLanguage =>
  Object.fromEntries(LANGUAGES.map((language) => [language, say(listWords(language), language)]));

function split(entries: Listed[], settings: ListSettings) {
  const named = entries.filter(({ visibility }) => mayShowName(visibility, 'public'));
  const names = named.map(({ names, coordinating }): DeliveredName => ({ names, coordinating }));
  const count = {
    named: named.length,
    withheld: entries.length - named.length,
    total: entries.length,
  };
  const categories = named.some(({ category }) => categoryOf(settings, category))
    ? byCategory(settings, named).map(({ category, items }) => ({
        name: category?.names ?? inEach((words) => words('noCategory')),
        count: items.length,
      }))
    : [];
  return { names, categories, count };
}

/** Which of the coordinating organizations have not reaffirmed the printed text; null if all have. */
function notReaffirmed(names: DeliveredName[], awaited: DeliveredName[]): ByLanguage | null {
  if (awaited.length === 0) return null;
  if (awaited.length === names.length)
    return inEach((words) => words('noneReaffirmed', { count: names.length }));
  return inEach((words, language) =>
    words('notReaffirmedList', {
      names: awaited
        .map(({ names }) => preferred(names, language)?.said ?? '')
        .join(language === 'ja' ? '、' : ', '),
    }),
  );
}

/**
 * The lists to be printed under a letter, with their counts.
 * @param signatories all of them, in printed order
 */
export function deliveredLists(
  signatories: Listed[],
  settings: ListSettings,
): { lists: DeliveredLists; counts: DeliveredCounts } {
  const all = split(
    signatories.filter(({ list }) => list !== 'earlier'),
    settings,
  );
  const earlier = split(
    signatories.filter(({ list }) => list === 'earlier'),
    settings,
  );
  // Named first whichever text they stand behind, with a note if it is an earlier one (ADR 36).
  const coordinating = split(
    signatories.filter((entry) => entry.coordinating),
    settings,
  ).names;
  const isCoordinating = (name: DeliveredName) => name.coordinating;
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
    counts: {
      ...all.count,
      coordinating: all.names.filter(isCoordinating).length,
      earlier: earlier.count,
    },
    lists: {
      coordinating:
        coordinating.length === 0
          ? null
          : {
              heading: heading('coordinating', coordinating.length, (words) =>
                words('coordinating', { count: coordinating.length }),
              ),
              categories: [],
              names: coordinating,
              others: notReaffirmed(coordinating, earlier.names.filter(isCoordinating)),
            },
      all: {
        heading: heading('all', total, (words) =>
          words(`headings.${settings.by}`, { count: total }),
        ),
        categories: all.categories,
        names: all.names,
        others: others(all.count),
      },
      earlier:
        earlier.count.total === 0
          ? null
          : {
              heading: inEach((words) => words('earlier', { count: earlier.count.total })),
              categories: earlier.categories,
              names: earlier.names,
              others: others(earlier.count),
            },
    },
  };
}
