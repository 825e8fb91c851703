/**
 * Numbers with the Japanese counter after them, such as 2割 or 12月5日: browsers break lines between
 * digits and kanji. Of bounded length, or else long runs of digits would take quadratic time.
 */
const COUNTED =
  /((?:[0-9０-９]{1,12}(?:[.,．，][0-9０-９]{1,12}){0,4}[万億兆]?[\p{Script=Han}％%]){1,3})/u;

/** The pieces of a Japanese text; every second one is a number that no line break may divide. */
export const wholeNumbers = (text: string): string[] => text.split(COUNTED);
