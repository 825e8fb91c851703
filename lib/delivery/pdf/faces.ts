/** A family of fonts, with what is loaded of it for a letter that needs it. */
export interface Face {
  /** Its name in the font files, by which Typst knows it. */
  family: string;
  /** The folders of the weights that letter.typ uses, under `node_modules`. */
  folders: string[];
  /** The file of the regular weight; the others have the same characters. */
  regular: string;
}

/** Typst reads whole folders. Each weight of these packages has one of its own. */
const google = (
  family: string,
  weights: string[] = ['400Regular', '600SemiBold', '700Bold'],
): Face => {
  const name = family.replace(/ /g, '');
  const at = `@expo-google-fonts/${family
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/ /g, '-')}`;
  return {
    family,
    folders: weights.map((weight) => `${at}/${weight}`),
    regular: `${at}/400Regular/${name}_400Regular.ttf`,
  };
};

/**
 * The faces of every letter. Typst prefers fonts that it is given to installed ones, but would take
 * an installed one for a weight or style that is missing here, and the PDF would depend on the
 * machine.
 */
export const LETTER_FACES: readonly Face[] = [
  {
    family: 'Source Serif 4',
    folders: ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold', '700Bold_Italic'].map(
      (weight) => `@expo-google-fonts/source-serif-4/${weight}`,
    ),
    regular: '@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  },
  google('Noto Serif JP'),
];

/** Chinese characters that Japanese does not have; those of one name all come from here. */
export const CHINESE: Face = {
  family: 'Noto Sans S Chinese',
  folders: ['@embedpdf/fonts-sc/fonts'],
  regular: '@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf',
};

/** The faces of other scripts, which only the letters that need them load. */
export const OTHER_FACES: readonly Face[] = [
  // More Latin, Greek and Cyrillic letters, and marks that combine with any.
  google('Noto Serif', [
    '400Regular',
    '400Regular_Italic',
    '600SemiBold',
    '700Bold',
    '700Bold_Italic',
  ]),
  google('NanumMyeongjo', ['400Regular', '700Bold']),
  CHINESE,
  google('Noto Naskh Arabic'),
  google('Noto Serif Hebrew'),
  google('Noto Sans Thai'),
  google('Noto Sans Lao'),
  {
    family: 'Noto Serif Khmer',
    folders: ['@expo-google-fonts/noto-serif-khmer'],
    regular: '@expo-google-fonts/noto-serif-khmer/NotoSerifKhmer_400Regular.ttf',
  },
  google('Noto Sans Myanmar'),
  google('Noto Serif Devanagari'),
  google('Noto Serif Bengali'),
  google('Noto Sans Gurmukhi'),
  google('Noto Sans Gujarati'),
  google('Noto Sans Oriya'),
  google('Noto Sans Tamil'),
  google('Noto Serif Telugu'),
  google('Noto Sans Kannada'),
  google('Noto Sans Malayalam'),
  google('Noto Sans Sinhala'),
  google('Noto Serif Tibetan'),
  google('Noto Sans Georgian'),
  google('Noto Sans Armenian'),
  google('Noto Sans Ethiopic'),
];
