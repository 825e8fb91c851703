import { headingIn, type ListSettings } from '@/lib/letter/list-settings';
import type { Language } from '@/lib/letter/text/content';
import type { DeliveredCounts, DeliveredLists, DeliveredName } from './snapshot';
import { LANGUAGES, listWords } from './words';

/** An approved endorsement, as far as lists need it. */
export interface Listed {
  nameJa: string | null;
  nameEn: string | null;
  coordinating: boolean;
  visibility: 'named' | 'withheld';
  /** The revision it stands behind. */
  revision: number;
}

const inEach = (say: (language: Language) => string): Record<Language, string> => ({
  ja: say('ja'),
  en: say('en'),
});

function split(entries: Listed[]) {
  const named = entries.filter(({ visibility }) => visibility === 'named');
  const names = named.map(({ nameJa, nameEn, coordinating }): DeliveredName => ({
    ja: nameJa,
    en: nameEn,
    coordinating,
  }));
  return {
    names,
    count: { named: named.length, withheld: entries.length - named.length, total: entries.length },
  };
}

/**
 * The lists to be printed under a letter, and their counts.
 * @param entries every approved endorsement, in printed order, whenever it signed
 * @param substance the revision that signatories must stand behind
 */
export function deliveredLists(
  entries: Listed[],
  bindingRevision: number,
  settings: ListSettings,
): { lists: DeliveredLists; counts: DeliveredCounts } {
  const all = split(entries.filter(({ revision }) => revision >= bindingRevision));
  const earlier = split(entries.filter(({ revision }) => revision < bindingRevision));
  const coordinating = all.names.filter((name) => name.coordinating);
  const words = Object.fromEntries(
    LANGUAGES.map((language) => [language, listWords(language)]),
  ) as Record<Language, ReturnType<typeof listWords>>;
  const others = ({ named, withheld }: { named: number; withheld: number }) =>
    withheld === 0
      ? null
      : inEach((language) =>
          words[language](named > 0 ? 'others' : 'withheldOnly', { count: withheld }),
        );
  return {
    counts: { ...all.count, coordinating: coordinating.length, earlier: earlier.count },
    lists: {
      coordinating:
        coordinating.length === 0
          ? null
          : {
              heading: inEach(
                (language) =>
                  headingIn(settings.headings.coordinating, language, coordinating.length) ??
                  words[language]('coordinating', { count: coordinating.length }),
              ),
              names: coordinating,
              others: null,
            },
      all: {
        heading: inEach(
          (language) =>
            headingIn(settings.headings.all, language, all.count.total) ??
            words[language](`headings.${settings.by}`, { count: all.count.total }),
        ),
        names: all.names,
        others: others(all.count),
      },
      earlier:
        earlier.count.total === 0
          ? null
          : {
              heading: inEach((language) =>
                words[language]('earlier', { count: earlier.count.total }),
              ),
              names: earlier.names,
              others: others(earlier.count),
            },
    },
  };
}
