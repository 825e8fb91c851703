/**
 * Legal forms (一般社団法人, NPO法人, (株), Inc., e.V., asbl …) at the start or end of an organization's
 * name. Used only for sorting, comparison and line breaks: names are stored and shown as signed.
 *
 * Names and readings are expected as stored, NFKC-normalised: ㈱ and （株） are both "(株)".
 */

/** The reading of 特定非営利活動法人 and NPO法人, both of which can be read either way. */
const NPO = '(?:とくていひえいりかつどう|えぬぴーおー|NPO)ほうじん';

/** Japanese legal forms and similar prefixes, with their readings as patterns. */
const JAPANESE: Record<string, string> = {
  一般社団法人: 'いっぱんしゃだんほうじん',
  一般財団法人: 'いっぱんざいだんほうじん',
  公益社団法人: 'こうえきしゃだんほうじん',
  公益財団法人: 'こうえきざいだんほうじん',
  特例社団法人: 'とくれいしゃだんほうじん',
  特例財団法人: 'とくれいざいだんほうじん',
  社団法人: 'しゃだんほうじん',
  財団法人: 'ざいだんほうじん',
  特定非営利活動法人: NPO,
  認定特定非営利活動法人: `(?:にんてい)?${NPO}`,
  仮認定特定非営利活動法人: `(?:かりにんてい)?${NPO}`,
  特例認定特定非営利活動法人: `(?:とくれいにんてい)?${NPO}`,
  NPO法人: NPO,
  認定NPO法人: `(?:にんてい)?${NPO}`,
  仮認定NPO法人: `(?:かりにんてい)?${NPO}`,
  特例認定NPO法人: `(?:とくれいにんてい)?${NPO}`,
  学校法人: 'がっこうほうじん',
  準学校法人: 'じゅんがっこうほうじん',
  宗教法人: 'しゅうきょうほうじん',
  社会福祉法人: 'しゃかいふくしほうじん',
  医療法人: 'いりょうほうじん',
  医療法人社団: 'いりょうほうじんしゃだん',
  医療法人財団: 'いりょうほうじんざいだん',
  社会医療法人: 'しゃかいいりょうほうじん',
  社会医療法人社団: 'しゃかいいりょうほうじんしゃだん',
  社会医療法人財団: 'しゃかいいりょうほうじんざいだん',
  更生保護法人: 'こうせいほごほうじん',
  職業訓練法人: 'しょくぎょうくんれんほうじん',
  独立行政法人: 'どくりつぎょうせいほうじん',
  地方独立行政法人: 'ちほうどくりつぎょうせいほうじん',
  国立研究開発法人: 'こくりつけんきゅうかいはつほうじん',
  国立大学法人: 'こくりつだいがくほうじん',
  公立大学法人: 'こうりつだいがくほうじん',
  大学共同利用機関法人: 'だいがくきょうどうりようきかんほうじん',
  弁護士法人: 'べんごしほうじん',
  司法書士法人: 'しほうしょしほうじん',
  行政書士法人: 'ぎょうせいしょしほうじん',
  税理士法人: 'ぜいりしほうじん',
  監査法人: 'かんさほうじん',
  農事組合法人: 'のうじくみあいほうじん',
  認可地縁団体: 'にんかちえんだんたい',
  株式会社: 'かぶしき[かが]いしゃ',
  有限会社: 'ゆうげん[かが]いしゃ',
  合同会社: 'ごうどう[かが]いしゃ',
  合資会社: 'ごうし[かが]いしゃ',
  合名会社: 'ごうめい[かが]いしゃ',
  相互会社: 'そうご[かが]いしゃ',
  協同組合: 'きょうどうくみあい',
  労働者協同組合: 'ろうどうしゃきょうどうくみあい',
  生活協同組合: 'せいかつきょうどうくみあい',
  消費生活協同組合: 'しょうひせいかつきょうどうくみあい',
  農業協同組合: 'のうぎょうきょうどうくみあい',
  漁業協同組合: 'ぎょぎょうきょうどうくみあい',
  企業組合: 'きぎょうくみあい',
  有限責任事業組合: 'ゆうげんせきにんじぎょうくみあい',
  任意団体: 'にんいだんたい',
};

/** Abbreviated legal forms, in brackets. */
const BRACKETED: Record<string, string> = {
  株: '株式会社',
  有: '有限会社',
  同: '合同会社',
  資: '合資会社',
  名: '合名会社',
  相: '相互会社',
  社: '社団法人',
  財: '財団法人',
  一社: '一般社団法人',
  一財: '一般財団法人',
  公社: '公益社団法人',
  公財: '公益財団法人',
  特非: '特定非営利活動法人',
  認特非: '認定特定非営利活動法人',
  NPO: 'NPO法人',
  学: '学校法人',
  宗: '宗教法人',
  福: '社会福祉法人',
  社福: '社会福祉法人',
  医: '医療法人',
  医社: '医療法人社団',
  医財: '医療法人財団',
  独: '独立行政法人',
  独行: '独立行政法人',
  国研: '国立研究開発法人',
  大: '国立大学法人',
  協: '協同組合',
  労協: '労働者協同組合',
};

/**
 * Legal forms that are words, as case-insensitive patterns; as suffixes they need a space or comma
 * before them.
 */
const WORDS = [
  // English names of Japanese legal forms
  '(?:(?:certified |approved |authori[sz]ed )?(?:specified|specific) non-?\\s?profit|npo) (?:corporation|corp\\.?)',
  '(?:certified |approved )?npo',
  '(?:(?:general|public interest) )?incorporated (?:association|foundation)',
  // other countries
  'asbl|a\\.\\s?s\\.\\s?b\\.\\s?l\\.?|aisbl|a\\.\\s?i\\.\\s?s\\.\\s?b\\.\\s?l\\.?',
  'stichting|vereniging|mtü|사단법인|재단법인|주식회사',
];

/** Legal forms that occur only as suffixes. */
const ENDINGS = [
  '(?:co|company)\\.?,? ?(?:ltd|limited|inc|incorporated|llc)\\.?',
  '(?:pty|pte|pvt|private)\\.?,? (?:ltd|limited)\\.?',
  '(?:inc|incorporated|ltd|limited|corp|corporation|co)\\.?',
  'llc|l\\.l\\.c\\.?|llp|l\\.l\\.p\\.?|plc|p\\.l\\.c\\.?|c\\.i\\.c\\.?|k\\.\\s?k\\.?|kk|g\\.\\s?k\\.?',
  'g?gmbh(?: ?& ?co\\.? ?kg)?|e\\.\\s?v\\.?|vzw|ivzw|b\\.\\s?v\\.?|n\\.\\s?v\\.?|a/s',
  's\\.\\s?a\\.?|s\\.\\s?a\\.\\s?s\\.?|s\\.\\s?a\\.\\s?r\\.\\s?l\\.?|s\\.?\\s?à\\.?\\s?r\\.?\\s?l\\.?|sarl|s\\.\\s?r\\.\\s?l\\.?|srl',
  's\\.\\s?p\\.\\s?a\\.?|onlus|s\\.\\s?l\\.?|ltda\\.?|s\\.\\s?a\\. de c\\.\\s?v\\.?|a\\.\\s?c\\.?',
  'sp\\. ?z ?o\\. ?o\\.?|s\\.\\s?r\\.\\s?o\\.?|z\\.\\s?s\\.?|d\\.\\s?o\\.\\s?o\\.?|r\\.\\s?y\\.?|sdn\\.? bhd\\.?',
];

/** Suffixes that could also be words or initials, and so are case-sensitive. */
const CASED_ENDINGS = 'eV|eG|SA|SAS|SpA|AG|KG|UG|gUG|BV|NV|AB|AS|ASA|ApS|Oyj?|OY|ry|OÜ|CIC|GK';

/** Alternatives sorted by length, longest first, since a pattern takes the first match. */
const oneOf = (forms: string[]) => [...forms].sort((a, b) => b.length - a.length).join('|');

const full = oneOf(Object.keys(JAPANESE));
const japanese = `(?:${full}|\\((?:${full}|${oneOf(Object.keys(BRACKETED))})\\))`;

const AT_START = [
  new RegExp(`^${japanese}`, 'i'),
  new RegExp(`^(?:${WORDS.join('|')})(?=[\\s,])`, 'iu'),
];
const AT_END = [
  new RegExp(`(?:${japanese}|(?:股份|有限責任)?有限公司)$`, 'i'),
  new RegExp(`(?<=[\\s,])(?:${[...WORDS, ...ENDINGS].join('|')})$`, 'iu'),
  new RegExp(`(?<=[\\s,])(?:${CASED_ENDINGS})$`, 'u'),
  new RegExp(`\\((?:${[...WORDS, ...ENDINGS].join('|')})\\)$`, 'iu'),
];

const NAMES_SOMETHING = /[\p{L}\p{N}]/u;
const SEPARATES = '[\\s,、・]';
const LEADING = new RegExp(`^${SEPARATES}+`, 'u');
const TRAILING = new RegExp(`${SEPARATES}+$`, 'u');

export interface LegalForm {
  /** As written in the name, including brackets. */
  form: string;
  at: 'start' | 'end';
}

/**
 * The legal form at the start of a name, else at its end; null if there is none, or if it is the
 * whole name.
 *
 * NPO counts as a form if separated by a space (NPO Piece of Syria), where it stands for 特定非営利活動法人
 * in Japan, but not in NPOサポートセンター. NGO never counts, because it is not a legal form.
 * @param name as stored (NFKC)
 */
export function legalForm(name: string): LegalForm | null {
  for (const pattern of AT_START) {
    const form = pattern.exec(name)?.[0];
    if (form && NAMES_SOMETHING.test(name.slice(form.length))) return { form, at: 'start' };
  }
  for (const pattern of AT_END) {
    const form = pattern.exec(name)?.[0];
    if (form && NAMES_SOMETHING.test(name.slice(0, -form.length))) return { form, at: 'end' };
  }
  return null;
}

/** A text without its first or last `length` characters and the adjacent spaces or comma. */
function cut(text: string, length: number, at: LegalForm['at']): string {
  return at === 'start'
    ? text.slice(length).replace(LEADING, '')
    : text.slice(0, text.length - length).replace(TRAILING, '');
}

/** A name without its legal form; never empty: a name that is only a form stays unchanged. */
export function withoutLegalForm(name: string): string {
  const found = legalForm(name);
  return found ? cut(name, found.form.length, found.at) : name;
}

/**
 * The readings of a Japanese form as a pattern that permits spaces, middle dots and brackets
 * anywhere.
 */
function readingPattern({ form, at }: LegalForm): RegExp | null {
  const bare = form.replace(/[()]/g, '').replace(/npo/i, 'NPO');
  const reading = JAPANESE[bare] ?? JAPANESE[BRACKETED[bare] ?? ''];
  if (!reading) return null;
  const spaced = reading.replace(/\[かが\]|[ぁ-ゖーA-Z]/g, '$&[\\s・()]*');
  return new RegExp(at === 'start' ? `^[\\s・()]*${spaced}` : `${spaced}$`, 'i');
}

/**
 * A reading without the reading of the name's legal form. It is removed only on the side where the
 * Japanese name has the form, since a reading can begin or end like one by chance.
 * @param reading in hiragana or katakana, as stored (NFKC)
 */
export function readingWithoutLegalForm(reading: string, nameJa: string): string {
  const found = legalForm(nameJa);
  if (!found) return reading;
  const hiragana = reading.replace(/[ァ-ヶ]/g, (kana) =>
    String.fromCodePoint(kana.codePointAt(0)! - 0x60),
  );
  const read = readingPattern(found)?.exec(hiragana)?.[0];
  if (read === undefined) {
    // A form in Latin letters is written the same in the reading.
    return legalForm(reading)?.at === found.at ? withoutLegalForm(reading) : reading;
  }
  const rest = cut(reading, read.length, found.at);
  return NAMES_SOMETHING.test(rest) ? rest : reading;
}
