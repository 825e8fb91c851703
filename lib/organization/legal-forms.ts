/** The legal forms that lib/organization/legal-form.ts finds, and how the Japanese ones are read. */

export const TOKUHI = 'とくていひえいりかつどうほうじん';
export const NPO = 'えぬぴーおーほうじん';

/** Japanese legal forms and similar prefixes, with their usual readings. */
export const JAPANESE: Record<string, string> = {
  一般社団法人: 'いっぱんしゃだんほうじん',
  一般財団法人: 'いっぱんざいだんほうじん',
  公益社団法人: 'こうえきしゃだんほうじん',
  公益財団法人: 'こうえきざいだんほうじん',
  特例社団法人: 'とくれいしゃだんほうじん',
  特例財団法人: 'とくれいざいだんほうじん',
  社団法人: 'しゃだんほうじん',
  財団法人: 'ざいだんほうじん',
  特定非営利活動法人: TOKUHI,
  認定特定非営利活動法人: `にんてい${TOKUHI}`,
  仮認定特定非営利活動法人: `かりにんてい${TOKUHI}`,
  特例認定特定非営利活動法人: `とくれいにんてい${TOKUHI}`,
  NPO法人: NPO,
  認定NPO法人: `にんてい${NPO}`,
  仮認定NPO法人: `かりにんてい${NPO}`,
  特例認定NPO法人: `とくれいにんてい${NPO}`,
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
  株式会社: 'かぶしきがいしゃ',
  有限会社: 'ゆうげんがいしゃ',
  合同会社: 'ごうどうがいしゃ',
  合資会社: 'ごうしがいしゃ',
  合名会社: 'ごうめいがいしゃ',
  相互会社: 'そうごがいしゃ',
  社会保険労務士法人: 'しゃかいほけんろうむしほうじん',
  土地家屋調査士法人: 'とちかおくちょうさしほうじん',
  弁理士法人: 'べんりしほうじん',
  特許業務法人: 'とっきょぎょうむほうじん',
  投資法人: 'とうしほうじん',
  有限責任監査法人: 'ゆうげんせきにんかんさほうじん',
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

/** Abbreviated legal forms, in brackets, as they also stand in one character (㈱, ㈳). */
export const BRACKETED: Record<string, string> = {
  株: '株式会社',
  有: '有限会社',
  同: '合同会社',
  合: '合同会社',
  資: '合資会社',
  名: '合名会社',
  相: '相互会社',
  社: '社団法人',
  財: '財団法人',
  一社: '一般社団法人',
  一財: '一般財団法人',
  公社: '公益社団法人',
  公財: '公益財団法人',
  特社: '特例社団法人',
  特財: '特例財団法人',
  特: '特定非営利活動法人',
  特非: '特定非営利活動法人',
  特活: '特定非営利活動法人',
  認特: '認定特定非営利活動法人',
  認特非: '認定特定非営利活動法人',
  認特活: '認定特定非営利活動法人',
  認定特非: '認定特定非営利活動法人',
  認定特活: '認定特定非営利活動法人',
  NPO: 'NPO法人',
  認NPO: '認定NPO法人',
  認定NPO: '認定NPO法人',
  学: '学校法人',
  宗: '宗教法人',
  福: '社会福祉法人',
  社福: '社会福祉法人',
  医: '医療法人',
  医社: '医療法人社団',
  医財: '医療法人財団',
  更: '更生保護法人',
  職: '職業訓練法人',
  独: '独立行政法人',
  独行: '独立行政法人',
  地独: '地方独立行政法人',
  国研: '国立研究開発法人',
  大: '国立大学法人',
  弁: '弁護士法人',
  司: '司法書士法人',
  行: '行政書士法人',
  税: '税理士法人',
  労: '社会保険労務士法人',
  監: '監査法人',
  農: '農事組合法人',
  企: '企業組合',
  協: '協同組合',
  労協: '労働者協同組合',
  生協: '生活協同組合',
  任: '任意団体',
};

/** Abbreviations that also stand without brackets, apart from the name by a space. */
export const APART = [
  '特非',
  '特活',
  '認特',
  '認特非',
  '認特活',
  '認定特非',
  '一社',
  '一財',
  '公財',
  '社福',
];

/** How abbreviations themselves are read, besides as what they stand for. */
export const SPOKEN: Record<string, string> = {
  特非: 'とくひ',
  特活: '(?:とっかつ|とくかつ)',
  認特: 'にんとく',
  認特非: 'にんとくひ',
  一社: 'いっしゃ',
  一財: '(?:いちざい|いっざい)',
  公社: 'こうしゃ',
  公財: 'こうざい',
  社福: 'しゃふく',
};

/**
 * Legal forms that are words, as case-insensitive patterns; as suffixes they need a space or comma
 * before them.
 */
export const WORDS = [
  // English names of Japanese legal forms
  '(?:(?:certified |approved |authori[sz]ed )?(?:specified|specific) non-?\\s?profit|npo) (?:corporation|corp\\.?)',
  '(?:certified |approved )?npo',
  '(?:(?:general|public interest) )?incorporated (?:association|foundation)',
  // other countries
  'asbl|a\\.\\s?s\\.\\s?b\\.\\s?l\\.?|aisbl|a\\.\\s?i\\.\\s?s\\.\\s?b\\.\\s?l\\.?',
  'stichting|vereniging|mtü|사단법인|재단법인|주식회사',
];

/** Legal forms that occur only as suffixes. */
export const ENDINGS = [
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
export const CASED_ENDINGS =
  'eV|eG|SA|SAS|SpA|AG|KG|UG|gUG|BV|NV|AB|AS|ASA|ApS|Oyj?|OY|ry|OÜ|CIC|GK';
