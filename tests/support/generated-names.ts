import fc from 'fast-check';

/** Letters of the scripts that a name is generated in, with marks that combine with them. */
export const SCRIPTS = {
  Latin: 'ABCXYZabcxyzÅéßøłşđệŵ',
  Greek: 'ΑΒΓΔΩαβγδωάώ',
  Cyrillic: 'АБВЖЯабвжяїєў',
  Japanese: '人権会外務省髙﨑がんのアムネスティー々〇',
  Korean: '한국참여연대인권뷁',
  Chinese: '中国人权师维组协會學為',
  Thai: 'มูลนิธิสิทธิมนุษยชน',
  Lao: 'ສິດທິມະນຸດ',
  Khmer: 'សិទ្ធិមនុស្ស',
  Burmese: 'လူ့အခွင့်အရေး',
  Arabic: 'منظمةالعفوالدولية',
  Hebrew: 'שלוםעכשיו',
  Devanagari: 'मानवअधिकारसंगठन',
  Bengali: 'মানবঅধিকার',
  Gurmukhi: 'ਮਨੁੱਖੀਅਧਿਕਾਰ',
  Gujarati: 'માનવઅધિકાર',
  Oriya: 'ମାନବଅଧିକାର',
  Tamil: 'மனிதஉரிமை',
  Telugu: 'మానవహక్కులు',
  Kannada: 'ಮಾನವಹಕ್ಕುಗಳು',
  Malayalam: 'മനുഷ്യാവകാശം',
  Sinhala: 'මානවහිමිකම්',
  Tibetan: 'འགྲོབམིའིཐོབཐང',
  Georgian: 'ადამიანისუფლებები',
  Armenian: 'Մարդուիրավունքներ',
  Ethiopic: 'ሰብዓዊመብት',
} as const;

const SIGNS = ' 　-–・.,;:\'"“”’()（）「」+=@#&%$/\\|~*_0159０９½№™';

const unitsOf = (letters: string) => fc.constantFrom(...letters);

/** A name as it is stored: one line in NFC, without white space around it. */
const nameIn = (scripts: readonly string[], ...more: fc.Arbitrary<string>[]) =>
  fc
    .constantFrom(...scripts)
    .chain((letters) =>
      fc.string({
        unit: fc.oneof(
          { arbitrary: unitsOf(letters), weight: 6 },
          { arbitrary: unitsOf(SIGNS), weight: 2 },
          { arbitrary: unitsOf(SCRIPTS.Latin), weight: 1 },
          ...more,
        ),
        minLength: 1,
        maxLength: 24,
      }),
    )
    .map((name) =>
      name
        .replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, '')
        .normalize('NFC')
        .trim(),
    )
    .filter((name) => name !== '');

/** A name in any script, with some characters of any kind. */
export const generatedName: fc.Arbitrary<string> = nameIn(
  Object.values(SCRIPTS),
  fc.string({ unit: 'grapheme', maxLength: 1 }),
);

/** A name in a script whose letters stand one after the other, from left to right. */
export const generatedPlainName: fc.Arbitrary<string> = nameIn(
  (
    [
      'Latin',
      'Greek',
      'Cyrillic',
      'Japanese',
      'Korean',
      'Chinese',
      'Georgian',
      'Armenian',
      'Ethiopic',
    ] as const
  ).map((script) => SCRIPTS[script]),
);
