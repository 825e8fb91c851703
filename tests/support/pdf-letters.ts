import { expect } from 'vitest';
import { letterPdf } from '@/lib/delivery/pdf';
import type { PrintedLetter } from '@/lib/delivery/print';
import type { ByLanguage } from '@/lib/platform/languages';
import { TYPESETTING } from '@/lib/platform/limits';
import signatories from '@/prisma/demonstration/signatories.json' with { type: 'json' };
import { text } from '@/prisma/demonstration/text';
import type { PdfText } from './pdf-text';

export const names: ByLanguage[] = signatories.organizations.map(({ nameJa, nameEn }) => ({
  ja: nameJa,
  en: nameEn,
}));
export const coordinating = names.filter(
  (_, index) => signatories.organizations[index]?.coordinating,
);

/** The joint letter as delivered. */
export const JOINT: PrintedLetter = {
  language: 'en',
  parts: { ...text, calls: [...text.calls], addressee: null },
  lists: [
    { heading: '2 Coordinating organizations', names: coordinating, others: null },
    {
      heading: '25 organizations, Japanese alphabetical order',
      names,
      others: '2 other organizations',
    },
  ],
  leading: 'en',
  draft: null,
  imprint: 'Delivered on 23 April 2025.',
  createdAt: new Date('2025-04-23T03:00:00Z'),
  authors: coordinating.map(({ en }) => en ?? ''),
};

export const PARTS_JA = {
  title: '国際刑事裁判所（ICC）への支持を求める共同書簡',
  subject: '組版の見本',
  dateLine: '2026年11月23日',
  addressee: '外務大臣\n見本 太郎 殿',
  salutation: '拝啓　時下ますますご清祥のこととお慶び申し上げます。',
  body: [
    '私たちは、日本を拠点とする市民団体として、日本政府に対し、国際刑事裁判所（ICC）の独立を守るための具体的な行動を求めます。日本は、ローマ規程の締約国であり、「法の支配」を重んじる立場を繰り返し表明してきました。',
    '[声明](https://example.org/statement)は、「被害者の最後の砦」である裁判所が、政治的な圧力に「さらされる」ことが、あってはならない、と*述べています*。',
    ...Array.from(
      { length: 40 },
      (_, index) =>
        `${'あ'.repeat(index)}「法の支配」、「人権」、「平和」。それらを、守り、育て、「次の世代」に、伝える。（本文の見本）。`,
    ),
  ].join('\n\n'),
  callsIntro: '以上を踏まえ、次のことを求めます。',
  calls: ['裁判所に協力する義務を履行すると約束すること。', '制裁の撤回を求めること。'],
  closing: 'よろしくお願い申し上げます。',
  valediction: '敬具',
};
export const JAPANESE: PrintedLetter = { ...JOINT, language: 'ja', leading: 'ja', parts: PARTS_JA };

/** A letter's PDF, with the limits of a draft. */
export const pdfOf = (letter: PrintedLetter) => letterPdf(letter, TYPESETTING.draft);

/** Text without white space, which PDF readers insert and omit between letters inconsistently. */
export const dense = (words: string) => words.replace(/\s+/gu, '');
export const denseText = ({ pages }: PdfText) =>
  dense(pages.map((page) => page.replace(/\n?\d+ \/ \d+$/, '')).join(''));

/** Asserts that the pieces follow each other in the text. */
export function expectInOrder(whole: string, pieces: string[]) {
  let from = 0;
  for (const piece of pieces.map(dense)) {
    const at = whole.indexOf(piece, from);
    expect(at, `"${piece}" after ${from}`).toBeGreaterThanOrEqual(0);
    from = at + piece.length;
  }
}
