import type { ShownName } from '@/lib/platform/text/shown-names';
import { LANGUAGES_OF_TEXT, eastAsianOf, inLanguage, writable } from './runs';

/*
 * Names are written as XML by hand: a letter can have thousands, and the `docx` package takes a
 * millisecond for each, in which the server answers nobody.
 */

const escaped = (text: string) =>
  writable(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A name as a run, tagged with its language and direction; second names are smaller and quiet. */
function run({ name, ...written }: ShownName, quiet: string | null): string {
  const { language, rightToLeft } = inLanguage(written);
  const { value, eastAsia, bidirectional } = { ...LANGUAGES_OF_TEXT, ...language };
  const font = eastAsianOf(written);
  const properties = [
    font && `<w:rFonts w:hint="eastAsia" w:eastAsia="${font}"/>`,
    quiet !== null && `<w:color w:val="${quiet}"/><w:sz w:val="19"/><w:szCs w:val="19"/>`,
    rightToLeft && '<w:rtl/>',
    `<w:lang w:val="${value}" w:eastAsia="${eastAsia}" w:bidi="${bidirectional}"/>`,
  ].filter(Boolean);
  return `<w:r><w:rPr>${properties.join('')}</w:rPr><w:t xml:space="preserve">${escaped(name)}</w:t></w:r>`;
}

const paragraph = (runs: string) =>
  `<w:p><w:pPr><w:pStyle w:val="Signatory"/></w:pPr>${runs}</w:p>`;

const COLUMN = 4_200;

/**
 * The names of a list: a paragraph each, or, if some have a second one, a table without lines with a
 * column for these.
 * @param quiet the colour of second names
 */
export function namesXml(names: ShownName[][], isRegister: boolean, quiet: string): string {
  if (!isRegister) return names.map(([name]) => paragraph(run(name!, null))).join('');
  const cell = (content: string, span: number) =>
    `<w:tc><w:tcPr><w:tcW w:w="${COLUMN * span}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ''}</w:tcPr>${content}</w:tc>`;
  const rows = names.map(([first, ...others]) => {
    const leading = paragraph(run(first!, null));
    const cells =
      others.length === 0
        ? cell(leading, 2)
        : cell(leading, 1) + cell(others.map((name) => paragraph(run(name, quiet))).join(''), 1);
    return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells}</w:tr>`;
  });
  const margins = `<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="180" w:type="dxa"/></w:tblCellMar>`;
  const table = `<w:tblPr><w:tblW w:w="${COLUMN * 2}" w:type="dxa"/><w:tblLayout w:type="fixed"/>${margins}</w:tblPr>`;
  const grid = `<w:tblGrid><w:gridCol w:w="${COLUMN}"/><w:gridCol w:w="${COLUMN}"/></w:tblGrid>`;
  return `<w:tbl>${table}${grid}${rows.join('')}</w:tbl>`;
}
