import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { letterTree, plainText } from '@/lib/letter/text/markdown';
import { readWordFile, type OpenedWordFile } from '@/lib/letter/text/word-file/read';
import { WORD_FILE } from '@/lib/platform/limits';
import { paragraph, run, wordFile, type WordFileParts } from '@/tests/support/word-file';

const MAX = { title: 300, subject: 300, body: 50_000 };
const EMPTY = { title: '', subject: '', body: '', max: MAX };

async function opened(parts: WordFileParts, fields = EMPTY): Promise<OpenedWordFile> {
  const read = await readWordFile(await wordFile(parts), fields);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

const style = (id: string, name: string, more = '', type = 'paragraph') =>
  `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`;

describe('tracked changes, comments and hidden text in a Word file', () => {
  it('do not come into the letter, and what was inserted or moved does', async () => {
    const { body, notices } = await opened({
      body:
        paragraph(
          run('We call on ') +
            '<w:del w:id="1" w:author="A"><w:r><w:delText>the liars in</w:delText></w:r></w:del>' +
            `<w:ins w:id="2" w:author="A">${run('the members of')}</w:ins>` +
            run(' the government.'),
        ) +
        paragraph(
          `<w:moveFromRangeStart w:id="3" w:name="m"/><w:moveFrom w:id="4">${run('Moved sentence.')}</w:moveFrom><w:moveFromRangeEnd w:id="3"/>` +
            run('Here. ') +
            `<w:moveTo w:id="5">${run('Moved sentence.')}</w:moveTo>`,
        ) +
        paragraph(
          run('Seen') +
            run(' and not seen', '<w:vanish/>') +
            run(' or by style', '<w:rStyle w:val="Secret"/>') +
            run(' or tiny', '<w:sz w:val="1"/>') +
            run('.', '<w:vanish w:val="0"/>'),
        ) +
        paragraph(
          '<w:commentRangeStart w:id="0"/>' +
            run('Noted.') +
            '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        ),
      styles: style('Secret', 'Secret', '<w:rPr><w:vanish/></w:rPr>', 'character'),
      comments: `<w:comment w:id="0" w:author="A">${paragraph('We cannot say this.')}</w:comment>`,
      header: paragraph('Confidential'),
      footer: paragraph('Page 1'),
    });
    expect(body).toBe(
      'We call on the members of the government.\n\nHere. Moved sentence.\n\nSeen.\n\nNoted.',
    );
    expect(notices).toEqual({ deleted: 2, hidden: 3, comments: 1, margins: 2 });
  });

  it('join the paragraphs between which the end was deleted, and drop deleted rows', async () => {
    const row = (text: string, properties = '') =>
      `<w:tr>${properties}<w:tc>${paragraph(text)}</w:tc><w:tc>${paragraph('1')}</w:tc></w:tr>`;
    const { body, notices } = await opened({
      body:
        paragraph('One ', '<w:rPr><w:del w:id="1"/></w:rPr>') +
        paragraph('sentence.') +
        `<w:tbl>${row('kept')}${row('gone', '<w:trPr><w:del w:id="2"/></w:trPr>')}</w:tbl>`,
    });
    expect(plainText(body)).toBe('One sentence.\n\nkept\t1');
    expect(notices).toEqual({ deleted: 1 });
  });
});

describe('the structure of a Word file', () => {
  it('stays: headings, emphasis by style, quotations, links and readings', async () => {
    const { body, title } = await opened(
      {
        body:
          paragraph('Why now', '<w:pStyle w:val="2"/>') +
          paragraph(
            run('They ') +
              run('must', '<w:rStyle w:val="Strong"/>') +
              run(' act ') +
              run('now', '<w:i/>') +
              run('.'),
          ) +
          paragraph(run('強調', '<w:em w:val="dot"/>') + run('する。')) +
          paragraph('Said once.', '<w:pStyle w:val="Q"/>') +
          paragraph('Said twice.', '<w:pStyle w:val="Q"/>') +
          paragraph(
            `<w:hyperlink r:id="l1">${run('the report')}</w:hyperlink>` +
              '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "https://example.org/b" </w:instrText></w:r>' +
              `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(' and another')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
          ) +
          paragraph(
            '<w:r><w:ruby><w:rubyPr/><w:rt>' +
              run('ぎし') +
              '</w:rt><w:rubyBase>' +
              run('義肢') +
              '</w:rubyBase></w:ruby></w:r>' +
              run('について'),
          ) +
          `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${paragraph('In a control.')}</w:sdtContent></w:sdt>` +
          paragraph(
            `<w:smartTag w:element="place">${run('Tokyo')}</w:smartTag><w:fldSimple w:instr=" DATE ">${run(', 1 May')}</w:fldSimple>`,
          ),
        styles:
          style('2', 'heading 2') +
          style('Strong', 'Strong', '<w:rPr><w:b/></w:rPr>', 'character') +
          style('Q', 'Quote', '<w:rPr><w:i/></w:rPr>'),
        links: { l1: 'https://example.org/report' },
      },
      { ...EMPTY, title: 'A title' },
    );
    expect(title).toBeNull();
    expect(body).toBe(
      [
        '**Why now**',
        'They **must** act *now*.',
        '*強調*する。',
        '> Said once.\n>\n> Said twice.',
        '[the report](https://example.org/report)[ and another](https://example.org/b)'.replace(
          ')[ and',
          ') [and',
        ),
        '義肢（ぎし）について',
        'In a control.',
        'Tokyo, 1 May',
      ].join('\n\n'),
    );
  });

  it('stays in lists: their numbers and marks, begun anew and continued', async () => {
    const level = (at: number, format: string, text: string, start = 1) =>
      `<w:lvl w:ilvl="${at}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const item = (text: string, list: number, at = 0) =>
      paragraph(text, `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${list}"/></w:numPr>`);
    const { body } = await opened({
      body: [
        item('First', 1),
        item('Under it', 1, 1),
        item('Second', 1),
        paragraph('Between.'),
        item('Third', 1),
        item('Anew', 2),
        paragraph('Between.'),
        item('要請', 3),
        item('項目', 4),
        item('項目', 4),
        item('point', 5),
        item('part', 6, 1),
        paragraph('Styled', '<w:pStyle w:val="L"/>'),
      ].join(''),
      numbering: [
        `<w:abstractNum w:abstractNumId="0">${level(0, 'decimal', '%1.')}${level(1, 'bullet', '\uf0b7')}</w:abstractNum>`,
        `<w:abstractNum w:abstractNumId="1">${level(0, 'japaneseCounting', '%1、', 3)}</w:abstractNum>`,
        `<w:abstractNum w:abstractNumId="2">${level(0, 'decimalEnclosedCircle', '%1')}</w:abstractNum>`,
        `<w:abstractNum w:abstractNumId="3">${level(0, 'bullet', '※')}</w:abstractNum>`,
        `<w:abstractNum w:abstractNumId="4">${level(0, 'upperRoman', '%1.', 2)}${level(1, 'lowerLetter', '%1.%2)')}</w:abstractNum>`,
        ...['0', '0', '1', '2', '3', '4'].map(
          (abstract, index) =>
            `<w:num w:numId="${index + 1}"><w:abstractNumId w:val="${abstract}"/>${index === 1 ? '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' : ''}</w:num>`,
        ),
      ].join(''),
      styles: style('L', 'List Number', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    });
    expect(body).toBe(
      [
        '1. First\n   - Under it\n2. Second',
        'Between.',
        '3. Third',
        '1) Anew',
        'Between.',
        '三、要請',
        '①項目',
        '②項目',
        '※point',
        'II.a) part',
        '2. Styled',
      ].join('\n\n'),
    );
  });

  it('stays in tables, with their heads, alignment and merged cells', async () => {
    const cell = (text: string, properties = '', align = '') =>
      `<w:tc>${properties && `<w:tcPr>${properties}</w:tcPr>`}${paragraph(text, align && `<w:jc w:val="${align}"/>`)}</w:tc>`;
    const { body, notices } = await opened({
      body:
        `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="1"/></w:tblPr><w:tr>${cell('Year')}${cell('Number')}</w:tr>` +
        `<w:tr>${cell('2024', '<w:vMerge w:val="restart"/>')}${cell('1,200', '', 'right')}</w:tr>` +
        `<w:tr>${cell('', '<w:vMerge/>')}${cell('1,300', '', 'right')}</w:tr></w:tbl>`,
      styles: style(
        'Grid',
        'Grid Table 4',
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>',
        'table',
      ),
    });
    expect(body).toBe('| Year | Number |\n| - | -: |\n| 2024 | 1,200 |\n| | 1,300 |');
    expect(notices).toEqual({ cells: 1 });
  });
});

describe('numbers in a Word file', () => {
  it('never change: powers, marks of notes, and notes', async () => {
    const { body, notices } = await opened({
      body:
        paragraph(
          run('10') +
            run('6', '<w:vertAlign w:val="superscript"/>') +
            run(' Bq in 2019') +
            '<w:r><w:rPr><w:rStyle w:val="Ref"/></w:rPr><w:footnoteReference w:id="2"/></w:r>' +
            run(' and 500') +
            run('2,3', '<w:position w:val="6"/>') +
            run(' people') +
            '<w:r><w:endnoteReference w:id="2"/></w:r>',
        ) + paragraph('Afterwards.'),
      styles: style(
        'Ref',
        'footnote reference',
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
        'character',
      ),
      footnotes:
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>' +
        `<w:footnote w:id="2">${paragraph('<w:r><w:footnoteRef/></w:r>' + run(' A source, ') + '<w:del w:id="9"><w:r><w:delText>secret </w:delText></w:r></w:del>' + run('p. 4.'))}</w:footnote>`,
      endnotes: `<w:endnote w:id="2">${paragraph(run('At the end.'))}</w:endnote>`,
    });
    expect(body).toBe(
      '10⁶ Bq in 2019[^1] and 500\\[2,3] people[^2]\n\nAfterwards.\n\n[^1]: A source, p. 4.\n\n[^2]: At the end.',
    );
    expect(notices).toEqual({ deleted: 1, raised: 2, notes: 2 });
    expect(JSON.stringify(letterTree(body))).toContain('dataNote');
  });
});

describe('what is no text in a Word file', () => {
  const box = paragraph('In the box.');
  const drawing = `<w:drawing><wp:anchor><a:graphic><wps:txbx><w:txbxContent>${box}</w:txbxContent></wps:txbx></a:graphic></wp:anchor></w:drawing>`;

  it('is left out and counted; the text of boxes stays, once', async () => {
    const { body, notices } = await opened({
      body:
        paragraph(
          run('Before. ') +
            `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>${box}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>` +
            run('After.'),
        ) +
        paragraph(
          '<w:r><w:drawing><wp:inline><a:blip r:embed="x"/></wp:inline></w:drawing></w:r>' +
            run('A picture.'),
        ) +
        paragraph(run('x = ') + '<m:oMath><m:r><m:t>y</m:t></m:r></m:oMath>') +
        '<w:altChunk r:id="chunk"/>',
    });
    expect(body).toBe('Before. After.\n\nIn the box.\n\nA picture.\n\nx =');
    expect(notices).toEqual({ boxes: 1, pictures: 2, embedded: 1 });
  });
});

describe('the title of a Word file', () => {
  const styles = style('Title', 'Title') + style('Sub', 'Subtitle') + style('1', 'heading 1');
  const titled =
    paragraph('外務大臣殿') +
    paragraph('Joint letter', '<w:pStyle w:val="Title"/>') +
    paragraph('on torture', '<w:pStyle w:val="Sub"/>') +
    paragraph('Text.');

  it('goes into empty fields, with the subtitle', async () => {
    const read = await opened({ body: titled, styles });
    expect([read.title, read.subject]).toEqual(['Joint letter', 'on torture']);
    expect(read.body).toBe('外務大臣殿\n\nText.');
  });

  it('is a heading if the document begins with it', async () => {
    const heading = paragraph('Joint letter', '<w:pStyle w:val="1"/>');
    const read = await opened({ body: heading + paragraph('Text.'), styles });
    expect([read.title, read.body]).toEqual(['Joint letter', 'Text.']);
    const later = await opened({ body: paragraph('Text.') + heading, styles });
    expect([later.title, later.body]).toEqual([null, 'Text.\n\n**Joint letter**']);
  });

  it('stays in the text when the field says something else, and goes when it says the same', async () => {
    const other = await opened({ body: titled, styles }, { ...EMPTY, title: 'Another title' });
    expect([other.title, other.body]).toEqual([null, '外務大臣殿\n\n**Joint letter**\n\nText.']);
    const same = await opened({ body: titled, styles }, { ...EMPTY, title: 'Joint  Letter' });
    expect([same.title, same.body]).toEqual([null, '外務大臣殿\n\nText.']);
  });

  it('leaves the labels of notes that the body has already', async () => {
    const note = `<w:footnote w:id="2">${paragraph('Source.')}</w:footnote>`;
    const reference = paragraph(run('Text') + '<w:r><w:footnoteReference w:id="2"/></w:r>');
    const parts = { body: reference, footnotes: note };
    const { body } = await opened(parts, { ...EMPTY, body: 'A[^4]\n\n[^4]: Before' });
    expect(body).toBe('Text[^5]\n\n[^5]: Source.');
  });
});

describe('a file that is no Word file', () => {
  const problem = (bytes: Buffer) => readWordFile(bytes, EMPTY);
  const zipped = async (entries: Record<string, string | Buffer>) => {
    const zip = new JSZip();
    for (const [path, content] of Object.entries(entries)) zip.file(path, content);
    return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
  };
  const document = (body: string) =>
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;

  it('is told apart by what it is, not by its name', async () => {
    const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const cases: [string, Buffer][] = [
      ['none', Buffer.alloc(0)],
      ['old', Buffer.concat([ole, Buffer.alloc(512)])],
      ['locked', Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])],
      ['pdf', Buffer.from('%PDF-1.7\n')],
      ['other', Buffer.from('{\\rtf1 text}')],
      ['other', await zipped({ mimetype: 'application/vnd.oasis.opendocument.text' })],
      ['damaged', (await wordFile({ body: paragraph('Text') })).subarray(0, 300)],
      ['damaged', await zipped({ 'word/document.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x/>' })],
      ['noText', await wordFile({ body: paragraph('') })],
      ['tooBig', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(WORD_FILE.bytes)])],
    ];
    for (const [expected, bytes] of cases) expect(await problem(bytes), expected).toBe(expected);
  });

  it('is refused when it unpacks to more than any letter, whatever it declares', async () => {
    const huge = document(`<w:p>${' '.repeat(WORD_FILE.unpackedBytes)}</w:p>`);
    const liar = await zipped({ 'word/document.xml': huge });
    expect(await problem(Buffer.from(liar))).toBe('tooMuch');
    // The size of the entry in its local and central headers.
    for (let at = 0; (at = liar.indexOf('word/document.xml', at)) >= 0; at += 1)
      for (const back of [8, 24])
        if (at >= back && liar.readUInt32LE(at - back) > 1_000_000)
          liar.writeUInt32LE(10, at - back);
    expect(['tooMuch', 'damaged']).toContain(await problem(liar));
    const many = document('<w:p/>'.repeat(WORD_FILE.elements + 1));
    expect(await problem(await zipped({ 'word/document.xml': many }))).toBe('tooMuch');
    const deep = document('<w:ins>'.repeat(5_000));
    expect(await problem(await zipped({ 'word/document.xml': deep }))).toBe('tooMuch');
    const entries = Object.fromEntries(
      Array.from({ length: WORD_FILE.entries }, (_, index) => [`x${index}`, '']),
    );
    expect(await problem(await zipped({ ...entries, 'word/document.xml': document('') }))).toBe(
      'tooMuch',
    );
  }, 30_000);

  it('is refused when its text is more than twice as long as the field takes', async () => {
    const long = paragraph('a'.repeat(900));
    expect(await problem(await wordFile({ body: long.repeat(120) }))).toBe('tooMuch');
  });
});
