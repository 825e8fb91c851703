type Language = 'ja' | 'en';

/** An organization's names, the reader's language leading; one name in both languages stands once. */
export function OrganizationName({ names, leading }: { names: Record<Language, string | null>; leading: Language }) {
  const order: Language[] = leading === 'ja' ? ['ja', 'en'] : ['en', 'ja'];
  const given = order.flatMap((language) => (names[language] ? [{ language, name: names[language] }] : []));
  // A name that serves in both languages is written in Latin letters.
  if (names.ja === names.en) return <span lang="en">{names.en}</span>;
  return given.map(({ language, name }, index) => (
    <span key={language} lang={language} className={index === 0 ? 'block' : 'block text-[0.8125em] text-quiet'}>
      {name}
    </span>
  ));
}
