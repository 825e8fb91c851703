import JSZip from 'jszip';

/** A cell of a workbook as its XML; a string becomes a shared string. */
type Cell = string | { xml: (address: string) => string };

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\r', '&#13;');

const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + letters(column % 26);

export const numberCell = (value: number, style = 0): Cell => ({
  xml: (address) => `<c r="${address}" s="${style}"><v>${value}</v></c>`,
});

/** A formula with the result that the spreadsheet stored. */
export const formulaCell = (formula: string, result: string): Cell => ({
  xml: (address) =>
    `<c r="${address}" t="str"><f>${escaped(formula)}</f><v>${escaped(result)}</v></c>`,
});

/** Parts of a workbook that a test replaces. */
interface Parts {
  sheet?: string;
  strings?: string;
}

/**
 * An XLSX file as Excel writes it, with one sheet; style 1 is a date, style 2 shows numbers as `000`.
 * @param readings furigana of shared strings, as Excel notes them in Japan
 */
export async function workbook(
  rows: (Cell | null)[][],
  {
    readings = new Map(),
    parts = {},
  }: { readings?: ReadonlyMap<string, string>; parts?: Parts } = {},
): Promise<Buffer> {
  const strings: string[] = [];
  const body = rows.map((cells, row) => {
    const inner = cells.map((cell, column) => {
      if (cell === null) return '';
      const address = `${letters(column)}${row + 1}`;
      if (typeof cell !== 'string') return cell.xml(address);
      return `<c r="${address}" t="s"><v>${strings.push(cell) - 1}</v></c>`;
    });
    return inner.join('') && `<row r="${row + 1}">${inner.join('')}</row>`;
  });
  const shared = strings.map((text) => {
    const reading = readings.get(text);
    const phonetic = reading
      ? `<rPh sb="0" eb="${text.length}"><t>${escaped(reading)}</t></rPh><phoneticPr fontId="1"/>`
      : '';
    return `<si><t xml:space="preserve">${escaped(text)}</t>${phonetic}</si>`;
  });
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const zip = new JSZip();
  zip.file(
    '[Content_Types].xml',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  );
  zip.file(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="団体" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  zip.file(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${[
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'sharedStrings', 'sharedStrings.xml'],
      ['rId3', 'styles', 'styles.xml'],
    ]
      .map(
        ([id, kind, target]) =>
          `<Relationship Id="${id}" Type="${relationships}/${kind}" Target="${target}"/>`,
      )
      .join('')}</Relationships>`,
  );
  zip.file(
    'xl/styles.xml',
    `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="000"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  );
  zip.file(
    'xl/sharedStrings.xml',
    parts.strings ?? `<sst xmlns="${main}">${shared.join('')}</sst>`,
  );
  zip.file(
    'xl/worksheets/sheet1.xml',
    parts.sheet ?? `<worksheet xmlns="${main}"><sheetData>${body.join('')}</sheetData></worksheet>`,
  );
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
