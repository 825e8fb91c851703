/**
 * Legal forms (一般社団法人, NPO法人, (株), Inc., e.V., asbl …) at the start or end of an organization's name. Only what a
 * place in a list, a comparison or a line break needs: names are stored and shown as they were signed.
 *
 * All names and readings here are as stored, NFKC-normalised: ㈱ and （株） are both "(株)".
 */

/** Japanese legal forms, and what is written like one, with their readings; `[かが]` where both are said. */
const JAPANESE: Record<string, string> = {
  一般社団法人: 'いっぱんしゃだんほうじん',
  一般財団法人: 'いっぱんざいだんほうじん',
  公益社団法人: 'こうえきしゃだんほうじん',
  公益財団法人: 'こうえきざいだんほうじん',
  特例社団法人: 'とくれいしゃだんほうじん',
  特例財団法人: 'とくれいざいだんほうじん',
  社団法人: 'しゃだんほうじん',
  財団法人: 'ざいだんほうじん',
  中間法人: 'ちゅうかんほうじん',
  特定非営利活動法人: 'とくていひえいりかつどうほうじん',
  認定特定非営利活動法人: 'にんていとくていひえいりかつどうほうじん',
  仮認定特定非営利活動法人: 'かりにんていとくていひえいりかつどうほうじん',
  特例認定特定非営利活動法人: 'とくれいにんていとくていひえいりかつどうほうじん',
  学校法人: 'がっこうほうじん',
  準学校法人: 'じゅんがっこうほうじん',
  宗教法人: 'しゅうきょうほうじん',
  社会福祉法人: 'しゃかいふくしほうじん',
  医療法人: 'いりょうほうじん',
  医療法人社団: 'いりょうほうじんしゃだん',
  医療法人財団: 'いりょうほうじんざいだん',
  社会医療法人: 'しゃかいいりょうほうじん',
  特定医療法人: 'とくていいりょうほうじん',
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

/** Shorter ways to write a form without brackets, with the form they stand for and how they are read themselves. */
const SHORTER: Record<string, { form: string; reading: string }> = Object.fromEntries(
  ['', '認定', '仮認定', '特例認定'].map((prefix, index) => [
    `${prefix}NPO法人`,
    { form: `${prefix}特定非営利活動法人`, reading: `${['', 'にんてい', 'かりにんてい', 'とくれいにんてい'][index]}(?:えぬぴーおー|NPO)ほうじん` },
  ]),
);

/** What stands in brackets for a form. */
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
  NPO: '特定非営利活動法人',
  NPO法人: '特定非営利活動法人',
  認定NPO法人: '認定特定非営利活動法人',
  学: '学校法人',
  宗: '宗教法人',
  福: '社会福祉法人',
  社福: '社会福祉法人',
  医: '医療法人',
  医社: '医療法人社団',
  独: '独立行政法人',
  独行: '独立行政法人',
  国研: '国立研究開発法人',
  大: '国立大学法人',
  協: '協同組合',
  労協: '労働者協同組合',
};

const escaped = (text: string) => text.replace(/[.()/]/g, '\\$&');
/** Alternatives of a pattern, the longest first, since the first that fits is taken. */
const anyOf = (forms: string[]) => `(?:${[...forms].sort((a, b) => b.length - a.length).join('|')})`;
/** Letters with or without the points between and behind them: `asbl` also as a.s.b.l., A. S. B. L. */
const pointed = (letters: string) => [...letters].join('\\.?\\s?') + '\\.?';

const IN_JAPANESE = `(?:${anyOf([...Object.keys(JAPANESE), ...Object.keys(SHORTER)])}|\\(${anyOf([
  ...Object.keys(JAPANESE),
  ...Object.keys(BRACKETED),
])}\\))`;

/** Forms of Japanese law as their holders write them in English; before or behind the name. */
const IN_ENGLISH = [
  '(?:(?:certified|approved|authorized|authorised)\\s)?(?:specified|specific)\\snon-?\\s?profit\\s(?:corporation|organi[sz]ation)',
  '(?:(?:certified|approved)\\s)?NPO(?:\\s(?:corporation|corp\\.?))?',
  '(?:general|public\\sinterest)\\sincorporated\\s(?:association|foundation)',
  'incorporated\\s(?:association|foundation)',
];
/** Forms of other countries that stand before the name. */
const FOREIGN_START = ['stichting', 'vereniging', pointed('asbl'), pointed('aisbl'), 'MTÜ', '사단법인', '재단법인', '주식회사'];
/** … and those behind it, in any case. */
const FOREIGN_END = [
  ...['inc', 'incorporated', 'ltd', 'limited', 'corp', 'corporation', 'co', 'company'].map((word) => `${word}\\.?`),
  '(?:co|company)\\.?,?\\s?(?:ltd|limited|inc|incorporated|llc)\\.?',
  '(?:pty|pte|pvt|private)\\.?,?\\s(?:ltd|limited)\\.?',
  ...['llc', 'llp', 'plc', 'cic', 'asbl', 'aisbl', 'vzw', 'ivzw', 'gmbh', 'ggmbh', 'sarl', 'srl', 'ltda', 'kk'].map(pointed),
  'gmbh\\s?&\\s?co\\.?\\s?kg',
  's\\.?\\s?à\\.?\\s?r\\.?\\s?l\\.?',
  'sdn\\.?\\sbhd\\.?',
  'bhd\\.?',
  'onlus',
  's\\.?\\s?a\\.?\\sde\\sc\\.?\\s?v\\.?',
  'sp\\.\\s?z\\s?o\\.\\s?o\\.?',
  ...['e.v.', 'e.g.', 's.a.', 's.l.', 's.a.s.', 'b.v.', 'n.v.', 'a.c.', 'g.k.', 'y.k.', 'd.o.o.', 's.r.o.', 'a.s.', 'z.s.', 'o.p.s.', 'r.y.', 's.p.a.'].map((form) =>
    form.replaceAll('.', '\\.\\s?').replace(/\\\.\\s\?$/, '\\.?'),
  ),
  'a/s',
  '사단법인',
  '재단법인',
  '주식회사',
];
/** … and those short enough to be words or initials otherwise, so only as their countries write them. */
const FOREIGN_END_AS_WRITTEN = ['eV', 'eG', 'SA', 'SAS', 'SL', 'AG', 'KG', 'UG', 'gUG', 'BV', 'NV', 'AB', 'AS', 'ASA', 'ApS', 'Oy', 'OY', 'Oyj', 'ry', 'SpA', 'SPA', 'OÜ', 'MTÜ', 'Kft', 'GK', 'YK'];
/** Chinese forms stand behind the name without a space. */
const CHINESE_END = ['股份有限公司', '有限責任公司', '有限公司'];

const STARTS = [new RegExp(`^${IN_JAPANESE}`, 'i'), new RegExp(`^${anyOf([...IN_ENGLISH, ...FOREIGN_START])}(?=[\\s,])`, 'iu')];
const ENDS = [
  new RegExp(`(?:${IN_JAPANESE}|${anyOf(CHINESE_END)})$`, 'i'),
  new RegExp(`(?<=[\\s,])${anyOf([...IN_ENGLISH, ...FOREIGN_END])}$`, 'iu'),
  new RegExp(`(?<=[\\s,])${anyOf(FOREIGN_END_AS_WRITTEN)}\\.?$`, 'u'),
  new RegExp(`\\((?:${anyOf([...IN_ENGLISH, ...FOREIGN_END].filter((form) => form !== 'a/s'))}|${anyOf(FOREIGN_END_AS_WRITTEN)})\\)$`, 'iu'),
];
