"""Japanese."""

from __future__ import annotations

from .table import Table

TABLE = Table(
    locale="ja",
    kana=True,
    many_times=10,
    characters=True,
    numerals="〇:0 零:0 一:1 二:2 三:3 四:4 五:5 六:6 七:7 八:8 九:9",
    magnitudes="十:10 百:100 千:1000 万:10000 萬:10000 億:100000000 兆:1000000000000 京:10000000000000000",
    vague="数:0 數:0 何:0",
    units="""
        money RUB: ルーブル
        money TRY: トルコリラ リラ
        money BRL: レアル
        money SEK: クローナ
        money NOK: クローネ
        money PLN: ズロチ
        money SAR: リヤル
        money AED: ディルハム
        money AUD: 豪ドル オーストラリアドル
        money CAD: カナダドル 加ドル
        money NZD: ニュージーランドドル
        percent percent: パーセント
        percent percent*10: 割
        percent pp: ポイント %ポイント ％ポイント パーセントポイント パーセント・ポイント
        percent permille: パーミル
        percent bp: ベーシスポイント
        compute PFLOPS: P級 ペタフロップス ペタFLOPS P規模
        compute EFLOPS: E級 エクサフロップス エクサFLOPS
        compute TFLOPS: テラフロップス
        money JPY: 円
        money JPY*0.01: 銭
        money USD: ドル 米ドル 米国ドル
        money USD*0.01: セント
        money CNY: 元 人民元 中国元
        money EUR: ユーロ
        money KRW: ウォン 韓国ウォン
        money GBP: ポンド 英ポンド
        money GBP*0.01: ペンス
        money IDR: ルピア インドネシアルピア
        money HKD: 香港ドル
        money TWD: 台湾ドル 新台湾ドル
        money SGD: シンガポールドル
        money INR: ルピー インドルピー
        money MYR: リンギット
        money THB: バーツ
        money VND: ドン
        money CHF: スイスフラン
        duration years: 年 年間 カ年 か年 ヵ年 ヶ年 周年 歳 年半 年目 年ぶり 年連続 年余り
        duration months: か月 カ月 ヶ月 ヵ月 ケ月 箇月 か月間 カ月間 ヶ月間 ヵ月間 ケ月間 箇月間 か月半 カ月半
            ヶ月半
        duration weeks: 週間 週
        duration days: 日間 日
        duration nights: 泊
        duration hours: 時間
        duration minutes: 分間 分
        duration seconds: 秒 秒間
        duration quarters: 四半期
        duration generations: 世代
        rank rank: 位 番目 番手 着
        count companies: 社 企業
        count people: 人 名
        count countries: カ国 か国 ヶ国 ヵ国 ケ国 箇国
        count regions: カ国・地域 か国・地域 ヶ国・地域 地域
        count cities: 都市 市
        count places: カ所 か所 ヶ所 ヵ所 ケ所 箇所 拠点
        count universities: 大学
        count parameters: パラメータ パラメーター
        count tokens: トークン
        count users: ユーザー
        count households: 世帯
        count units: 台
        count cases: 件
        count stage: 段階
        count tier: 階層
        count 勝: 連勝
        count 敗: 連敗
        count 分け: 引き分け
        count 個: ヶ
        count 店舗: 店
        count 回: 度
        count 席: 議席
        count 言語: カ国語 か国語
        count 文字: 字
        count 編: 本立て
        count 部: 部門
        count projects: プロジェクト
        count models: モデル
        count cabinets: ラック キャビネット
        count servers: サーバー
        count chips: チップ
        other times: 倍
        other km: キロ キロメートル
        other kg: キログラム
        other m: メートル
        other cm: センチ センチメートル
        other mm: ミリ ミリメートル
        other nm: ナノメートル ナノ
        other km2: 平方キロメートル 平方キロ
        other m2: 平方メートル
        other ha: ヘクタール
        other a: アール
        other m3: 立方メートル 立方㍍
        other l: リットル
        other ml: ミリリットル
        other kl: キロリットル
        other g: グラム
        other mg: ミリグラム
        other hPa: ヘクトパスカル
        other barrels: バレル
        other inches: インチ
        other feet: フィート
        other miles: マイル マイルズ
        other yards: ヤード
        other knots: ノット
        other dB: デシベル
        other Sv: シーベルト
        other mSv: ミリシーベルト
        other Bq: ベクレル
        other kcal: キロカロリー
        other horsepower: 馬力
        other lux: ルクス
        other t: トン
        other MW: メガワット
        other kW: キロワット
        other GW: ギガワット
        other kWh: キロワット時
        other TWh: テラワット時
        other W: ワット
        other TB: テラバイト
        other PB: ペタバイト
        other GB: ギガバイト Gバイト
        other MB: メガバイト Mバイト
        other Gbps: ギガビット
        other GHz: ギガヘルツ
        other century: 世紀
        other °C: 度C
        index points: ポイント台 点満点
        other KB: Kバイト キロバイト
        other V: ボルト
        other kV: キロボルト
        other A: アンペア
        other mA: ミリアンペア
        other Hz: ヘルツ
        other kHz: キロヘルツ
        other MHz: メガヘルツ
        other THz: テラヘルツ
        other µg: マイクログラム
        other µm: マイクロメートル ミクロン
        other µs: マイクロ秒
        other ns: ナノ秒
        other J: ジュール
        other cal: カロリー
        other Pa: パスカル
        other µSv: マイクロシーベルト
        other acres: エーカー
        other gallons: ガロン
        other ounces: オンス
        other light-years: 光年
        other carats: カラット
        other Mbps: メガビット
        other pixels: 画素 ピクセル
        money =: ペソ
        count =: 項目 種類 つ 勝 敗 分け 連覇 試合 ゴール 得点 打点 本塁打 安打 課 行 都道府県 市町村 政令市 代 期
            節 巻 話 羽 袋 箱 館 園 院 村 島 艇 人組 人家族 年度分 銘柄 区間 区画 日分 個 点 基 棟 枚 本 種 店舗 機
            隻 便 校 回 票 席 床 冊 曲 棚 階 層 車種 言語 戸 口座 組 頭 匹 チーム 分野 業種 地区 省 県 区 町 路線 駅
            両 団体 機関 施設 工場 作品 製品 文字 ページ 発 局 編 部 人分 グループ シーン コア ノード 軒 議案 案件
            株 通り 大 丁 イニング 缶 足 失点 機種 番勝負 手 戦 周 球 三振 四球 四死球 盗塁 アシスト リバウンド 筆
            膳 皿 杯 串 玉 束 房 輪 滴 粒 錠 門 挺 口 体 柱 尾 腹 着順 打席 打数 犠打 奪三振 ラウンド セット ゲーム
            ホール ストローク アンダー オーバー トライ ペナルティー シュート コーナー 点差 打差 馬身 周回 ピリオド
            クォーター ステージ レース 種目 部屋 室 脚 面体 品目 品 品種 タイトル エピソード 通 通話 名義 校区 学級
            クラス 教室 講座 単位 限 キャンパス 病院 診療所 薬局 床数 症例 検体 例 株分 世紀分 家庭 家族 夫婦 組織
            法人 産地 農家 頭数 トン車 便数 隊 列 段 線 車線 馬力数 メダル 個所 票差 枠 口分 坪分 畳 間 反 町歩 斤
            合 升 歩 刷 版 刊 号車
        other =: 坪 ミリ秒 K
    """,
    money_before="""
        USD: US$ USD 米ドル
        CNY: 人民元 RMB CNY CN¥
        JPY: ¥ ￥ JPY
        EUR: EUR
        IDR: Rp IDR
        HKD: HK$ HKD
        TWD: NT$ TWD
    """,
    before="""
        afternoon: 午後 夜 夕方
        morning: 午前 早朝 未明
        minus: 氷点下 零下 マイナス
        rank: 第 No. No ナンバー # ＃
        top: 上位 トップ top ベスト best
        index: 指数 指数は 指数が 得点 得点は スコア スコアは 評点 指数で 総合点 総合指数は 得点が スコアが 係数
            係数は 指標 指標は
        name: 〒 日経 レベル バージョン ver. Ver. v. 図 表 条約 ミス 型番 コード 番号 型式 世代目 号 系
    """,
    after="""
        top: 傑
        collective: 都市とも 社とも 校とも 県とも 市とも カ国とも 者とも
    """,
    qualifiers_before="""
        about: 約 およそ おおよそ ほぼ 概ね おおむね 大体 だいたい ざっと
        more_than: 超 延べ超
        at_least: 少なくとも 最低 最低でも
        nearly: 近く 間もなく
        up_to: 最大 最大で 最高 最長 最多で 多くて 多くても 最大約
    """,
    qualifiers_after="""
        more_than: 超 超え を超え を超す を超える を超過 を上回 余り 余 あまり を突破 強 に余る
        at_least: 以上 を下らない は下らない
        nearly: 近く 近い に迫る 弱 に近い に近づ
        up_to: 以下 以内 未満 まで以内 を下回 に満たな 足らず を切る
        about: 程度 前後 ほど ぐらい くらい 内外 見当 がらみ
    """,
    joins="~ 〜 ～ - ‐ ‑ – — － ― から ないし 乃至 より →",
    names="""
        idioms: 万歳 二枚目 百人一首 十二支 第一歩 一万円札 千円札 二の舞 一つの意味 一つの 一つに 一人一人 一人
            二人三脚 三日坊主 三日月 四日市 五月雨 七五三 八百万の 十人十色 二度と 三位一体 万博 万全 万能 万一 千葉
            千代田 百貨 千差万別 千円札 一石二鳥 八方 四方 七転 三十三間 四六時中 三つ巴 三つ子 八王子 二次 四日市市
            十勝 九・一一 二・二六 五・一五 八千代 九十九里 十和田 八百屋 十八親和 五十嵐 八戸 二条 一条 六本木 日本
            一部 四国 一層 一番 第一に 第三者 第一生命 第一三共 第三セクター 唯一 統一 十字 八百長 百年の計 百年
            千年 万年 五輪 第二の創業 第二の人生 第二の故郷 三・一運動 三つ編 五つ星 二枚貝 千枚田 十五夜 二の足
            二の次 三度目の正直 石の上にも三年 桃栗三年 柿八年 三人寄れば 十年一昔 十二単 二十世紀梨 三枚肉 万代
            三文の徳 九分九厘 二足のわらじ 二束三文
    """,
    nouns="""
        companies: 企業 会社 スタートアップ メーカー 事業者
        cities: 都市
        industries: 産業 業界
        measures: 対策 措置 施策
        aspects: 側面 面
        dimensions: 次元
        laboratories: 研究所 実験室 研究室
        centres: センター
        universities: 大学
        places: 場所 拠点
        models: モデル
        cabinets: キャビネット ラック
        projects: プロジェクト
        people: 人材 人々 研究者 技術者
        patents: 特許
        chips: チップ
        servers: サーバー サーバ
        stage: 段階
        tier: 階層
        echelon: 梯団
    """,
    guards="""
        丁:目 手:段法伝紙数 戦:略争後前 球:団場 体:制力験系 口:座 室:内長 周:辺囲年 足:場 品:質目 段:階 線:路
        通:信行 割:合り当振れ 人:工民材類間々格物口員脈権体形 社:会員長説債 市:場民長況内街 部:分署門下品屋
        台:風湾頭本所詞 国:家内際民 本:当部社日格人州土物件領 回:復転線答 面:積接会倒 名:義古前称物詞 点:検灯滴在数
        位:置相階 区:域別画間 度:合々 件:名数費 分:野離類析担散布身岐子割別け 個:人別性体 店:頭主員長
        元:素年気来々号旦日首 機:能械会関器種構 階:級段層 県:民庁内知 省:庁力エ電略 局:面長所員部 校:長正舎
        字:幕句体典 町:民長内 票:田 席:上巻 株:式主価 発:表展電信売行見生明言揮足想達射着注 号:館令 編:集成入
        両:国者社立面方 組:織み合立閣長 大:学会型手切きな半量幅阪企規変臣丈統都陸 種:類目々 頭:脳部文 駅:前伝 秒:針
        段階:評的 年:齢輩収商俸賀頃 着:実目用陸席手 匹:敵 倍:率増 着:手 代:表
    """,
    digits_only="""
        丁 足 手 戦 周 球 筆 皿 玉 束 房 輪 滴 粒 門 口 体 柱 尾 腹 室 脚 品 通 限 例 隊 列 段 線 間 反 合 升 歩 刷
        版 枠 畳 斤 杯 K 家族 家庭 組織 病院 法人 品種 単位 教室 分 点 本 度 面 着 部 通り 局 発 号 編 字 区 機 便
        階 層 回 ミリ 週 m t ドン W P ヶ 戸 元 頭 両 種 文字 代 期 節 課 行 巻 話 羽 袋 箱 館 園 院 村 島 敗 勝 分け
        坪 泊 日 アール 都道府県
    """,
    one_counts="""
        年 年間 カ月 か月 ヶ月 ヵ月 週間 割 位 倍 社 億 円 世代 世紀 階層 段階 年半
    """,
    firsts="""
        首位:(?!打者|攻防|争) トップ:(?=に立|に躍|に浮上|に返り咲|の座|を守|を走|を維持|を独走|で通過|で並)
    """,
    parts="""
        hours>minutes:60 minutes>seconds:60 years>months:12 days>hours:24 円>銭:100 ドル>セント:100
        ポンド>ペンス:100 メートル>センチ:100 フィート>インチ:12
    """,
    not_counters="""
        丁目 番 号 条 項 章 系 型 形 式 版 年生 合目 親等 級河川 時 月 画素数 銀行
    """,
    eras="令和:2018 平成:1988 昭和:1925 大正:1911 明治:1867 慶応:1864",
    sets="""
        points: ・ ．
        half: 半
        tens: 十 廿 卅
        thousands: 千
        hundreds: 十百
        odd: 余 数
        more: 余
        some: 数
        not_some: 据 值 字
        halves: 年 数 月 日 時 世 分
        followers: 季 月 日 分 半 、 成
        openers: 第 ト プ
        date_units: 年 月 日 号 季 四
        date_goes_on: 年 月 日 四 半 季 第 ~ - – — ― か な い よ
        year_sign: 年
        first_year: 元
        year_ends: 度 代
        month_begins: 一 二 三 四 五 六 七 八 九 十 度 第
        clock_points: 点
        clock_signs: 時 : ： .
        after_zero: 月 日
        degrees: 度
        fraction_sign: 分
        code_signs: 対 比 :
        few: 大
        large_only: K
        limits: 以内
        rank_sign: 第
        two: 两
        of: の
        particles: は が も を の
        year_signs: 年
        not_hours: 間 代 期 価 給 速 点 計 刻
        scores: 点
        one_of_forms: つ 人 社
        hundredths: 秒 メートル
        place_forms: 位 名
        loose_places: 大
        version_signs: 版 時 代
        count_after: は が で を に と も 数
        counting: 約 計 各 毎 全 総 残 他 更 第 最 延
    """,
    contexts={
        "one_of_before": r"(?:[^こそあどもつ]の|のうち|うちの|之|人に|其中) ?",
        "among_before": r"之",
        "index_before": (
            r"(?i:勝ち点|得失点差|指数|得分|评分|評分|スコア|評点|得点|score|index|系数"
            r"|係数|指標値)(?:[^。.!?！？\n]|\.(?=\d)){0,40}"
        ),
        "list": r"<SPACE>?[,、，;；和与及]?<SPACE>?",
        "listed_before": r"[0-9一二三四五六七八九]、",
        "score_before": r"(?:比分|スコア)[^。.]{0,8}",
        "score_goes_on": r" ?(?:対|比)(?: ?[0-9])",
        "score_goes_on_before": r"[0-9] ?(?:対|比) ?|:",
        "signed": r"[0-9.,]+ ?(?:%|ポイント|个百分点|万|亿|億|兆|円|元|ドル)|[0-9]+\.[0-9]",
        "month": r"<D>{1,2}月",
        "designation": r" [A-Z]{2}<D>{1,3}(?![A-Za-z0-9])",
        "part_glue": "<GAP>",
        "only_after": "しか|だけ|のみ|ずつ",
        "bracket": r"[（(][^（()）\n]{1,24}[）)]",
        "date": (
            r"(?:(?:(?P<y><PART>)|(?P<first>元))<GAP>年度?<GAP>)?(?:第?<GAP>(?P<q>[1-4一二三四])<GAP>"
            r"(?:(?<![第年][1-4一二三四])四半期(?!連続|ぶり|分|にわ)|(?<=[第年][1-4一二三四])四半期)"
            r"|(?P<m><TWO>)<GAP>月(?!間)(?:<GAP>(?P<d><TWO>)<GAP>日(?!間))?|(?P<day><TWO>)<GAP>日"
            r"(?![間本以連ぶ後内目系程曜]|当た|あた|当り|(?:前後|ほど|程度|余り|近く|以上"
            r"|弱|強)?(?:も|は|が)?(?:かか[らりるっ]|かけて|要[しす]|続[いけく]|遅(?:い"
            r"|れ|け|か|く(?![にま]))|早(?:い|か|ま(?![でに]))|短[いくま縮]|長[いく引])"
            r"|(?:あたり|平均)?(?:約|およそ|平均)?[0-9]{1,3}(?:分(?![の割])|時間|[回本杯錠食]"
            r"|往復)|<JOIN><TWO><GAP>日(?:(?:前後|ほど|程度|余り|近く|以上|弱|強)?(?:も"
            r"|は|が)?(?:かか[らりるっ]|かけて|要[しす]|続[いけく]|遅(?:い|れ|け|か|く(?![にま]))"
            r"|早(?:い|か|ま(?![でに]))|短[いくま縮]|長[いく引])|(?:あたり|平均)?(?:約|およそ"
            r"|平均)?[0-9]{1,3}(?:分(?![の割])|時間|[回本杯錠食]|往復))))"
        ),
        "dates": (
            r"(?:(?P<y><PART>)<GAP>年<GAP>)?(?:(?P<m1><TWO>)<JOIN>(?P<m2><TWO>)<GAP>月(?!間)"
            r"|(?P<m><TWO>)<GAP>月<GAP>(?P<d1><TWO>)<GAP>日?<JOIN>(?P<d2><TWO>)<GAP>日(?!間))"
        ),
        "time": (
            r"(?P<h><TWO>)<GAP>(?P<sign>時|:|：)<GAP>(?:(?P<half>半)|(?P<min><TWO>)<GAP>"
            r"(?P<minute_sign>分)?(?![0-9の野]))?"
        ),
        "one_of_them": r"一(?:つ|人|社)(?![ひ一つ一屋の])(?<=の一.|ち一.|に一.)",
        "lasting_before": r"泊",
        "fraction": r"<GAP>分<GAP>の<GAP>(?P<percent>(?!))?",
        "half_part": r"半[数分]",
        "half_after": r"半(?![ば分数期端額])",
        "not_half_before": r"[上下前後大多過年月倍個談白び]",
        "tenths_go_on": r"(?<=割)([1-9一二三四五六七八九])分(?:([1-9一二三四五六七八九])厘)?(?![の野])",
        "short_year": r"(?:年代|代|[度末初版春夏秋冬]|までに)",
        "decade": r"代|年代",
        "article": r"[条章款項]",
        "temperature_before": r"(?:[気水体高低]温|温度|氷点下|最高|最低)[^。度]*",
        "place_sign": r"目",
        "score_after": (
            r"(?:[、で]|の(?:引き分け|勝利|接戦|同点)|と(?:大敗|完敗|逆転|快勝|大勝|も)"
            r"|に(?:敗|勝)|勝|敗|分け)"
        ),
        "from_here": r"から|より",
        "to_there": (
            r"(?:超|以上|以下|程度|前後|近く|余り|強|弱)?(?:[にへ]|まで[^。、]{0,6}?[高上引増伸拡減下落縮低回"
            r"延広膨])"
        ),
        "of_noun": r"の(?P<noun>[<HAN><KATAKANA>]{1,12})",
        "model_before": r"[ァ-ー]",
        "heading_before": r"単位(?:は|：|:|＝)?(?:千|百万)? ?",
        "heading": r"単位|未満[はを]|以下[はを](?:切|四)",
        "year_sign": r"年",
        "goes_on": r"[十百千万億兆]",
        "formal": r"[壱弐参拾]++(?=[万億円百千])",
        "title_before": (
            r"(?:映画|小説|ドラマ|曲|歌|アルバム|漫画|マンガ|アニメ|絵本|番組|舞台|作品"
            r"|著書|戯曲|ゲーム|オペラ|歌劇|ミュージカル|童話|短編|長編|名作|代表作|剧|バンド"
            r"|ユニット)(?:[“「『][^”」』\n]{1,24}[”」』](?:[とや及や・]|以及|や)?)*"
        ),
        "name_with_no_before": r"の[<HAN><KATAKANA>々]{1,6}",
        "institution": (
            r"(?:管区|師団|艦隊|連隊|大隊|中隊|小隊|旅団|分団|方面|高校|高等|中学|小学|病院"
            r"|職場|勢力|産業|次世界|人者|セクター)"
        ),
        "numbered_name": r"号(?:台風|熱帯|令|公告|議案|決議|法案|線)",
        "numbered_name_before": r"(?:台風|ハリケーン|議案|通達|告示|省令|政令|法律|条例|規則)",
        "plate_range_before": r"[0-9]{2,3} ?[ぁ-ん] ?",
    },
    formal="壱一 弐二 参三 拾十",
    not_magnitudes="百:貨度科 千:葉代歳 兆:候し 京:都阪王浜成葉急東 万:博全能",
)
