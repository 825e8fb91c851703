/**
 * Forms of one kanji that people take for the same, for comparing names only: nothing stored or
 * shown changes.
 *
 * The pairs are those of the table of kanji in general use (常用漢字表: the old form in brackets there,
 * then the one in use) and, as rows of their own, the variants that Japanese family and place names
 * are known for. A table of our own rather than a library: those at hand convert texts between
 * Chinese standards, merge kanji that are different words in Japanese, and would change stored keys
 * with their data. A change here needs a new ORDER_VERSION.
 */
const IN_GENERAL_USE = `
亞亜 惡悪 壓圧 圍囲 醫医 爲為 壹壱 隱隠 榮栄 營営 衞衛 驛駅 圓円 鹽塩 緣縁 艷艶 應応 歐欧 毆殴 櫻桜 奧奥 橫横 溫温 穩穏 假仮 價価 畫画 會会
繪絵 壞壊 懷懐 擴拡 殼殻 覺覚 學学 嶽岳 樂楽 勸勧 卷巻 寬寛 歡歓 罐缶 觀観 關関 陷陥 巖巌 顏顔 歸帰 氣気 龜亀 僞偽 戲戯 犧犠 舊旧 據拠 擧挙
舉挙 虛虚 峽峡 挾挟 狹狭 鄕郷 鄉郷 曉暁 區区 驅駆 勳勲 薰薫 徑径 惠恵 揭掲 溪渓 經経 繼継 莖茎 螢蛍 輕軽 鷄鶏 雞鶏 藝芸 擊撃 缺欠 儉倹 劍剣
圈圏 檢検 權権 獻献 縣県 險険 顯顕 驗験 嚴厳 效効 廣広 恆恒 鑛鉱 號号 國国 黑黒 濟済 碎砕 劑剤 雜雑 參参 慘惨 棧桟 蠶蚕 贊賛 殘残 絲糸 飮飲
齒歯 兒児 辭辞 濕湿 實実 寫写 釋釈 壽寿 收収 從従 澁渋 澀渋 獸獣 縱縦 肅粛 處処 緖緒 敍叙 敘叙 將将 稱称 燒焼 證証 奬奨 獎奨 條条 狀状 乘乗
淨浄 剩剰 疊畳 繩縄 壤壌 孃嬢 讓譲 釀醸 觸触 囑嘱 寢寝 愼慎 眞真 盡尽 圖図 粹粋 醉酔 隨随 髓髄 數数 樞枢 瀨瀬 聲声 靜静 攝摂 竊窃 專専 戰戦
淺浅 潛潜 纖繊 踐践 錢銭 禪禅 雙双 壯壮 搜捜 插挿 爭争 總総 聰聡 莊荘 裝装 騷騒 增増 臟臓 藏蔵 屬属 續続 墮堕 體体 對対 帶帯 滯滞 臺台 瀧滝
擇択 澤沢 單単 擔担 膽胆 團団 彈弾 斷断 癡痴 遲遅 晝昼 蟲虫 鑄鋳 廳庁 聽聴 鎭鎮 遞逓 鐵鉄 轉転 點点 傳伝 黨党 盜盗 燈灯 當当 鬪闘 德徳 獨独
讀読 屆届 貳弐 惱悩 腦脳 霸覇 拜拝 廢廃 賣売 麥麦 發発 髮髪 拔抜 蠻蛮 祕秘 濱浜 甁瓶 拂払 佛仏 倂併 竝並 變変 邊辺 辨弁 瓣弁 辯弁 舖舗 步歩
穗穂 寶宝 豐豊 襃褒 沒没 飜翻 萬万 滿満 默黙 彌弥 譯訳 藥薬 豫予 餘余 與与 譽誉 搖揺 樣様 謠謡 來来 賴頼 亂乱 覽覧 龍竜 兩両 獵猟 綠緑 隸隷
壘塁 淚涙 勵励 禮礼 靈霊 齡齢 曆暦 歷歴 戀恋 鍊錬 爐炉 勞労 樓楼 祿禄 錄録 灣湾 彎弯 晚晩 說説 悅悦 閱閲 銳鋭 稅税 脫脱 產産 每毎 敎教 靑青
淸清 內内 黃黄 戶戸 戾戻 姬姫 巢巣 敕勅 攜携 強强 硏研 顚顛 堯尭 遙遥 瑤瑶 穰穣 晉晋 亙亘 凜凛 曾曽 彥彦 姸妍 尙尚 昻昂 榆楡 檜桧 蘆芦 萠萌
禱祷 攪撹 嚙噛 摑掴 瘦痩 麵麺 麪麺 蔣蒋 鷗鴎 頰頬 塡填 剝剥 噓嘘 繫繋
`;

const IN_NAMES = `
髙高 﨑崎 嵜崎 碕崎 邉辺 齋斉 齊斉 斎斉 嶋島 嶌島 濵浜 渕淵 舘館 栁柳 桺柳 桒桑 冨富 峯峰 杦杉 薮藪 籔藪 篭籠 竃竈 壻婿 鉃鉄 舩船 逹達 槇槙
曻昇 枩松 礒磯 𠮷吉 𫝆今 𣘺橋 槗橋 㐂喜 圀国 囯国 翆翠 畧略 尓爾 珎珍 埜野 冝宜 絋紘 惪徳 讚讃 皋皐 萊莱 蟬蝉 鴈雁 鴬鶯 靏鶴 靍鶴 廚厨 屛屏
`;

const USUAL = new Map(
  `${IN_GENERAL_USE} ${IN_NAMES}`
    .trim()
    .split(/\s+/)
    .map((pair): [string, string] => {
      const [variant, usual] = pair;
      return [variant!, usual!];
    }),
);

/** A text with the usual form of each kanji. */
export function usualKanji(text: string): string {
  return Array.from(text, (char) => USUAL.get(char) ?? char).join('');
}
