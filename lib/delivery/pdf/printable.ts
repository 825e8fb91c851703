import { LETTER_FACES, type Face } from './faces';
import { faceOf } from './fonts';

/** Geta mark, which Japanese printers use in place of missing type. */
const GETA = '〓';
/** A letter with its marks and invisible code points, which are set in one font. */
const CLUSTERS = /\P{M}[\p{M}\p{Default_Ignorable_Code_Point}]*|\p{M}+/gu;
/** White space and control characters. */
const BLANK = /^[\p{Z}\p{Cc}]/u;
const INVISIBLE = /^[\p{Z}\p{Cc}\p{Default_Ignorable_Code_Point}]+$/u;
/** Marks without a letter. */
const BARE = /^[\p{M}\p{Default_Ignorable_Code_Point}]/u;

/** Text for which no font has to be asked. */
const USUAL = /^[ -~]*$/;

/** Faces of clusters, and null for those that none has. Bounded: strangers choose the clusters. */
const known = new Map<string, Face | null>();
const MOST_KNOWN = 100_000;

function knownFace(cluster: string): Face | null {
  const found = known.get(cluster);
  if (found !== undefined) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const face = faceOf(cluster);
  known.set(cluster, face);
  return face;
}

/** What is printed for a cluster: itself, a space, nothing for marks without a letter, or 〓. */
function printed(cluster: string): string {
  if (USUAL.test(cluster) || knownFace(cluster)) return cluster;
  if (BLANK.test(cluster)) return ' ';
  return BARE.test(cluster) ? '' : GETA;
}

/** A text as it can be printed: 〓 stands for each letter that no face has, with its marks. */
export function printable(text: string): string {
  return USUAL.test(text) ? text : text.replace(CLUSTERS, printed);
}

/** The letters of a text for which there is no type, each once, in the order of the text. */
export function signsWithoutType(text: string): string[] {
  const found = new Set<string>();
  for (const [cluster] of text.matchAll(CLUSTERS))
    if (!INVISIBLE.test(cluster) && printed(cluster) !== cluster) found.add(cluster);
  return [...found];
}

/** The faces that a text needs besides those of every letter. */
export function otherFacesIn(text: string): Set<Face> {
  const found = new Set<Face>();
  if (USUAL.test(text)) return found;
  for (const [cluster] of text.matchAll(CLUSTERS)) {
    const face = USUAL.test(cluster) ? null : knownFace(cluster);
    if (face && !LETTER_FACES.includes(face)) found.add(face);
  }
  return found;
}
