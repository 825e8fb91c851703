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

/**
 * Simplified Chinese, with the form that Japanese uses of the traditional one: 人权 is found by 人權 and
 * by 人権. Those common in names of organizations; none of them is a character of Japanese, in which
 * 机, 叶 or 后 are words of their own.
 */
const SIMPLIFIED = `
权権 际際 联聯 协協 组組 织織 爱愛 发発 动動 劳労 东東 车車 马馬 鸟鳥 鱼魚 龙竜 门門 问問 间間 闻聞 关関 开開 闭閉 阅閲 书書 读読 习習 语語 说説 话話 词詞 诗詩 论論 评評 议議 设設 访訪 讲講 许許 记記 证証 识識 译訳 诉訴 请請 诚誠 调調 谈談 谁誰 谢謝
课課 计計 订訂 认認 让譲 训訓 讯訊 讨討 该該 详詳 误誤 诺諾 谋謀 谊誼 谱譜 贝貝 财財 责責 贤賢 败敗 货貨 质質 购購 贫貧 贵貴 费費 贸貿 资資 赏賞 赛賽 赞賛 赵趙 赶趕 轨軌 转転 轮輪 软軟 轻軽 载載 辅輔 辈輩 辑輯 输輸 达達 迁遷 过過 运運 还還 这這 进進
远遠 违違 连連 选選 递逓 遗遺 邓鄧 郑鄭 邻隣 钟鐘 钢鋼 钱銭 铁鉄 银銀 铜銅 锋鋒 锦錦 镇鎮 长長 阳陽 阴陰 阵陣 阶階 陆陸 陈陳 险険 难難 雾霧 韩韓 页頁 项項 顺順 须須 顾顧 顿頓 预預 领領 频頻 题題 颜顔 额額 风風 飞飛 饭飯 饮飲 馆館 驻駐 验験 骑騎 鲁魯
鲜鮮 鸡鶏 鸣鳴 齐斉 齿歯 丽麗 义義 乐楽 乡郷 亚亜 产産 亲親 亿億 仅僅 仓倉 仪儀 们們 众衆 优優 伟偉 传伝 伤傷 伦倫 侨僑 俭倹 债債 兰蘭 兴興 养養 兽獣 军軍 农農 冯馮 净浄 凤鳳 击撃 则則 刚剛 创創 剧劇 劝勧 办辦 务務 势勢 华華 单単 卖売 卫衛 历歴 厅庁
压圧 县県 变変 启啓 员員 响響 图図 团団 园園 围囲 圆円 圣聖 场場 坚堅 块塊 垦墾 处処 备備 复復 够夠 头頭 夹夾 奋奮 奖奨 妇婦 妈媽 娱娯 孙孫 宁寧 实実 宪憲 宽寛 宾賓 对対 寻尋 导導 尔爾 尘塵 层層 岁歳 岛島 岭嶺 师師 带帯 帮幫 帅帥 币幣 庆慶 库庫 应応
庙廟 庞龐 废廃 张張 归帰 录録 彻徹 忆憶 忧憂 怀懐 态態 总総 恶悪 恼悩 惊驚 惩懲 惯慣 懒懶 戏戯 战戦 户戸 扑撲 执執 扩拡 扬揚 扫掃 抚撫 抢搶 护護 报報 拥擁 择択 挥揮 损損 换換 摄摂 敌敵 时時 显顕 晓暁 极極 构構 枪槍 标標 栋棟 树樹 样様 桥橋 检検 欢歓
毕畢 汇匯 汉漢 汤湯 沟溝 泽沢 洁潔 测測 济済 浓濃 润潤 涨漲 渔漁 灭滅 灵霊 灾災 烦煩 烧焼 热熱 爷爺 牵牽 狮獅 环環 现現 玛瑪 电電 畅暢 疗療 监監 盘盤 矿鉱 码碼 砖磚 确確 础礎 祸禍 离離 种種 积積 稳穏 穷窮 竞競 笔筆 签簽 简簡 类類 紧緊 纠糾 红紅 约約
级級 纪紀 纤繊 纯純 纲綱 纳納 纵縦 纷紛 纸紙 纹紋 线線 练練 细細 终終 绍紹 经経 结結 绕繞 绘絵 给給 络絡 绝絶 统統 继継 绩績 续続 维維 绵綿 综綜 绿緑 编編 缓緩 缔締 缘縁 缩縮 罗羅 罚罰 罢罷 职職 聪聡 肃粛 肤膚 肿腫 胁脅 胜勝 胶膠 脏臓 脑脳 腾騰 舆輿
舰艦 艺芸 节節 苏蘇 茧繭 荣栄 药薬 获獲 营営 萧蕭 蓝藍 虑慮 虽雖 虾蝦 蚁蟻 补補 袭襲 见見 观観 规規 视視 觉覚 览覧 赖頼 迟遅 适適 逊遜 酱醤 释釈 钦欽 铭銘 销銷 锁鎖 键鍵 镜鏡 闲閑 队隊 隐隠 雏雛 颂頌 颁頒 顽頑 颈頸 飘飄 饥飢 饰飾 饱飽 饼餅 驱駆 驶駛
骄驕 骂罵 鸥鴎 鸽鴿 鹤鶴 龄齢
`;

const USUAL = new Map(
  `${IN_GENERAL_USE} ${IN_NAMES} ${SIMPLIFIED}`
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
