/** The legal form in the reading of a name: left out, or read in one of several ways. */
import { toHiragana } from './characters';
import { cut, japaneseForm, legalForm, withoutLegalForm, type LegalForm } from './legal-form';
import { JAPANESE, NPO, SPOKEN, TOKUHI } from './legal-forms';

/** A text as a pattern that permits spaces, middle dots and brackets between its kana. */
const spaced = (reading: string) => reading.replace(/[ぁ-ゖーA-Z]/g, '$&[\\s・.()]*');

/**
 * The ways to read a form, longest first. NPO法人 and 特定非営利活動法人 are read as one another, and
 * their certification is often left out, as is 法人 behind NPO and 社団; but `shortened` forms are
 * not looked for where the name itself goes on with NPO.
 */
function ways(usual: string, abbreviation: string | null, shortened: boolean): string {
  const reading = JAPANESE[usual]!;
  const spoken = abbreviation && SPOKEN[abbreviation];
  const found = reading.endsWith(TOKUHI) || reading.endsWith(NPO);
  const certificate = reading.replace(TOKUHI, '').replace(NPO, '');
  const npo = `(?:${spaced('えぬぴーおー')}|${spaced('えぬぴいおお')}|${spaced('NPO')})`;
  const corporation = spaced('ほうじん');
  return [
    ...(found
      ? [
          `(?:${spaced(certificate)})?(?:${spaced(TOKUHI)}|${npo}${corporation})`,
          ...(shortened ? [`(?:${spaced(certificate)})?${npo}`] : []),
        ]
      : [spaced(reading).replace('が[\\s・.()]*い', '[かが][\\s・.()]*い')]),
    ...(/[社財]団法人$/.test(usual) ? [spaced(reading.replace(/ほうじん$/, ''))] : []),
    ...(spoken ? [spaced(spoken)] : []),
  ].join('|');
}

const patterns = new Map<string, RegExp>();

/** {@link ways} at one end of a reading; kept, since every name of a list needs its own. */
function patternOf(
  usual: string,
  abbreviation: string | null,
  at: LegalForm['at'],
  shortened: boolean,
): RegExp {
  const key = `${usual} ${abbreviation} ${at} ${shortened}`;
  const kept = patterns.get(key);
  if (kept) return kept;
  const read = ways(usual, abbreviation, shortened);
  const pattern = new RegExp(at === 'start' ? `^[\\s・()]*(?:${read})` : `(?:${read})$`, 'i');
  patterns.set(key, pattern);
  return pattern;
}

/** The length of the form's reading in a reading, in characters; 0 if it was left out. */
function formIn(reading: string, nameJa: string, { form, at }: LegalForm): number {
  const known = japaneseForm(form.replace(/^npo$/i, '(NPO)'));
  if (!known) return 0;
  const goesOn = /^(?:NPO|エヌ|えぬ)/i.test(withoutLegalForm(nameJa).normalize('NFKC'));
  const pattern = patternOf(known.usual, known.abbreviation, at, at === 'start' && !goesOn);
  const found = pattern.exec(toHiragana(reading))?.[0].length ?? 0;
  return found > 0 && /[\p{L}\p{N}]/u.test(cut(reading, found, at)) ? found : 0;
}

/**
 * A reading without the reading of the name's legal form. It is removed only on the side where the
 * Japanese name has the form, since a reading can begin or end like one by chance.
 * @param reading in hiragana or katakana, in NFKC
 */
export function readingWithoutLegalForm(reading: string, nameJa: string): string {
  const found = legalForm(nameJa);
  if (!found) return reading;
  const length = formIn(reading, nameJa, found);
  if (length > 0) return cut(reading, length, found.at);
  // A form in Latin letters is written the same in the reading.
  return legalForm(reading)?.at === found.at ? withoutLegalForm(reading) : reading;
}

/**
 * A reading with that of the name's legal form: an abbreviation is read as what it stands for, and a
 * form that the reading left out is added. A form in full stays as read.
 * @param reading in NFKC; null if the name is its own reading
 */
export function readingWithLegalForm(reading: string | null, nameJa: string): string {
  const found = legalForm(nameJa);
  const known = found && japaneseForm(found.form);
  if (!known) return reading ?? nameJa;
  const rest =
    reading === null ? withoutLegalForm(nameJa) : readingWithoutLegalForm(reading, nameJa);
  const readInFull = reading !== null && rest !== reading && known.abbreviation === null;
  if (readInFull) return reading;
  const form = JAPANESE[known.usual]!;
  return found.at === 'start' ? form + rest : rest + form;
}
