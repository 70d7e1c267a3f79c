"""Chinese, in simplified and traditional characters."""

from __future__ import annotations

from .table import Table

TABLE = Table(
    locale="zh",
    characters=True,
    numerals="〇:0 零:0 ○:0 一:1 二:2 两:2 兩:2 三:3 四:4 五:5 六:6 七:7 八:8 九:9 壹:1 贰:2 叁:3",
    magnitudes="十:10 廿:20 卅:30 百:100 千:1000 万:10000 萬:10000 亿:100000000 億:100000000 兆:1000000000000",
    vague="数:0 數:0 几:0 幾:0",
    units="""
        percent percent: % ％
        percent percent*10: 成
        percent pp: 个百分点 個百分點 百分点 百分點
        percent permille: ‰
        percent bp: 个基点 個基點 基点 基點
        compute PFLOPS: P P级 P級 PFLOPS PFLOP/s 千万亿次 P算力 PFlop 千萬億次
        compute EFLOPS: E级 E級 EFLOPS EFLOP/s 百亿亿次 E EFlop 百億億次
        compute TFLOPS: TFLOPS 万亿次 TOPS
        compute ZFLOPS: ZFLOPS
        money CNY: 元 元人民币 元人民幣 块钱 塊錢 人民币 人民幣
        money CNY*0.1: 角 角钱 毛钱
        money USD: 美元 美金
        money USD*0.01: 美分
        money JPY: 日元 日圆 日圓
        money EUR: 欧元 歐元
        money KRW: 韩元 韓元 韩圆 韓圜
        money GBP: 英镑 英鎊
        money HKD: 港元 港币 港幣
        money TWD: 新台币 新臺幣 新台幣 台币 台幣 元新台币 元新臺幣 元新台幣
        money SGD: 新加坡元 新元 新币
        money CHF: 瑞士法郎 瑞郎
        money IDR: 印尼盾 印尼卢比 印尼盧比 盾
        money INR: 卢比 盧比
        money THB: 泰铢 泰銖
        money 比索: 比索 披索
        duration years: 年 年间 年間 年来 年來 年内 年內 周年 週年 岁 歲 年半 年多 年期 个年头 個年頭
        duration months: 个月 個月 个多月 個多月 个半月 個半月
        duration weeks: 周 週 个星期 個星期 星期 个礼拜 個禮拜 个周 个工作周
        duration days: 天 日 日间 日内 日內 天半 个工作日 個工作日 个交易日 個交易日
        duration hours: 小时 小時 个小时 個小時 个多小时 個多小時 个钟头 个半小时 個半小時 个半钟头
        duration minutes: 分钟 分鐘
        duration seconds: 秒 秒钟 秒鐘
        duration quarters: 个季度 個季度 个季 個季 季度
        duration generations: 代人
        count companies: 家 家公司 家企业 家企業 家上市公司 家初创企业 家中小企业 家人工智能企业 户企业 家厂商 家廠商
        count people: 人 名 位 人次 多人 名员工 名工程师
        count countries: 个国家 個國家 国 國
        count cities: 个城市 個城市 座城市 城 市 个市 個市
        count cities: 都
        count places: 地 处 處
        count parameters: 参数 參數 个参数 個參數
        count tokens: Token Tokens token tokens 词元 詞元
        count cards: 卡 张卡 張卡 块卡
        count units: 台 臺 台套 台服务器
        count cases: 件
        count echelon: 梯队 梯隊
        count stage: 阶段 階段
        count 个: 个 個
        count 项: 项 項
        count 所: 所
        count 座: 座
        count 条: 条 條
        count 款: 款
        count 种: 种 種
        count 类: 类 類
        count 辆: 辆 輛
        count 架: 架
        count 艘: 艘
        count 套: 套
        count 颗: 颗 顆
        count 枚: 枚
        count 块: 块 塊
        count 张: 张 張
        count 片: 片
        count 次: 次
        count 届: 届 屆
        count 支: 支
        count 户: 户 戶
        count 页: 页 頁
        count 册: 册 冊
        count 字: 字
        count 场: 场 場
        count 层: 层 層
        count 期: 期
        count 批: 批
        count 轮: 轮 輪
        count 笔: 笔 筆
        count 起: 起
        count 只: 只 隻
        count 篇: 篇
        count 部: 部
        count 门: 门 門
        count 间: 间 間
        count 股: 股
        count 省: 省
        count 区: 区 區
        count 县: 县 縣
        count 省份: 个省份 個省份 省份
        count 机柜: 机柜 機櫃
        count 机架: 机架 機架
        count 标准机架: 标准机架 標準機架
        count 方面: 方面
        count 步: 步
        count 点: 点 點
        count 口: 口
        count 根: 根
        count 份: 份
        count 组: 组 組
        count 席: 席
        count 票: 票
        count 名次: 个位次
        count 大: 大
        count 重: 重
        count 例: 例
        count 道: 道
        count 幅: 幅
        count 班: 班
        count 列: 列
        count 节: 节
        count 段: 段
        count 封: 封
        count 首: 首
        count 头: 头 頭
        count 趟: 趟
        count 顶: 顶 頂
        count 床: 床
        count 架次: 架次
        count 班次: 班次
        count 场次: 场次 場次
        count 棵: 棵
        count 株: 株
        count 栋: 栋 棟
        count 幢: 幢
        count 箱: 箱
        count 标准箱: 标准箱 標準箱
        count 瓶: 瓶
        count 盒: 盒
        count 杯: 杯
        count 双: 双 雙
        count 对: 对 對
        count 匹: 匹
        count 尾: 尾
        count 圈: 圈
        count 粒: 粒
        count 站: 站
        count 集: 集
        count 球: 球
        count 局: 局
        count 盘: 盘
        count 胜: 胜 勝
        count 负: 负 敗
        count 连胜: 连胜 連勝
        count 连败: 连败 連敗
        count 连冠: 连冠 連冠
        count 名次: 个名次 個名次
        count 级: 级 級
        count 口人: 口人
        count 艘次: 艘次
        count 回合: 回合
        count 宗: 宗
        count 章: 章
        count 条线路: 条线路 條線路
        other times: 倍 倍多
        other km: 公里 千米 km
        other m: 米 公尺 m
        other cm: 厘米 公分
        other mm: 毫米
        other nm: 纳米 奈米 nm
        other km2: 平方公里 平方千米
        other m2: 平方米 平方公尺 平米 ㎡
        other mu: 亩 畝
        other m3: 立方米 立方公尺 m³
        other l: 升 公升
        other ml: 毫升
        other g: 克 公克
        other mg: 毫克
        other 斤: 斤
        other miles: 英里
        other nautical_miles: 海里 浬
        other feet: 英尺 英呎
        other inches: 英寸 英吋
        other 坪: 坪
        other barrels: 桶
        other dB: 分贝 分貝
        other hPa: 百帕
        other µm: 微米
        other 度: 度
        other ha: 公顷 公頃
        other t: 吨 噸 公吨 公噸
        other kg: 公斤 千克 kg
        other kWh: 千瓦时 千瓦時 度电 度電
        other kW: 千瓦 瓩
        other MW: 兆瓦 MW 百萬瓦
        other GW: 吉瓦 GW
        other W: 瓦 瓦特
        other TB: TB
        other GB: GB
        other PB: PB
        other EB: EB
        other Gbps: Gbps 千兆
        other TOPS: TOPS
        other °C: ℃ 摄氏度 攝氏度
        other km/h: 公里/小时 公里每小时 km/h
        other ms: 毫秒
        other century: 世纪 世紀
        index points: 分
    """,
    money_before="""
        CNY: 人民币 人民幣 RMB CNY CN¥ ￥ ¥
        USD: US$ USD 美元 $
        HKD: 港币 港幣 HK$ HKD 港元
        TWD: 新台币 新臺幣 新台幣 台币 台幣 NT$ TWD
        EUR: EUR 欧元
        JPY: JPY 日元
        IDR: Rp
        SGD: S$
    """,
    before="""
        minus: 零下 負 负
        weekday: 周 週 星期 礼拜 禮拜
        plain: 目前 此前 之前 以前 日前 年前 月前 天前 提前 当前 當前 史前 面前 会前 期前 先前 早前 事前 赛前 跟前
            空前 街头 码头
        afternoon: 下午 晚上 傍晚 晚间 晚 夜间
        morning: 上午 凌晨 早上 清晨 中午 早晨
        rank: 第 No. NO. # ＃ 排名 排 位列 位居 名列 列 居 排在
        top: 前 top 头 TOP
        percent: 百分之
        index: 指数 指数为 指数達 指數 指數為 得分 得分为 得分為 评分 评分为 評分 分值 分数 分数为 指数达 指数达到
            指数分别为 得分分别为 指數分別為 系数 系数为
        name: 标普 標普 日经 日經 纳斯达克 納斯達克 恒生 富时 罗素 沪深 中证 上证 科创 图 表 圖 版本 代码 代碼 代码：
            代碼： 型号 编号 電話 电话 号 附件 例 专栏
    """,
    after="""
        top: 强 強 甲 大城市 名内
        collective: 市均 市都 地均 城均 城都 地都 家均 家都 者均
    """,
    qualifiers_before="""
        about: 约 約 大约 大約 大概 约为 約為 约占 約占 约达 約達 约有 大致 差不多
        more_than: 超 超过 超過 超出 逾 高于 高於 多于 多於 突破 超逾 大于 大於 过 超越 高过 已超 破 不止
        at_least: 至少 至少有 至少还有 至少还缺 至少还需 至少需要 至少需 至少要 不少于 不少於 不低于 不低於 最少 起码
            不下
        nearly: 近 将近 將近 接近 几近 逼近 几乎
        up_to: 不超过 不超過 最多 最高 至多 不足 低于 低於 少于 少於 不到 小于 小於 最高达 多达 不大于
    """,
    qualifiers_after="""
        more_than: 余 餘 多 有余 有餘 以外
        at_least: 以上 及以上 或以上 起
        up_to: 以下 以内 以內 之内 之內 及以下 不到
        nearly: 弱
        about: 左右 上下 前后 前後 许 許
    """,
    joins="~ 〜 ～ - ‐ ‑ – — － ― 至 到 —— → －－",
    names="""
        idioms: 零一万物 零一萬物 十二五 十三五 十四五 十五五 三一重工 一带一路 一帶一路 一年一度 一成不变 一成不變
            三位一体 三位一體
            三个和尚 二十四节气 二十四節氣 五十步 三番五次 四面八方 五花八门 五花八門 七上八下 十全十美 千方百计
            千方百計 千行百业 千行百業
            千家万户 千家萬戶 百花齐放 百尺竿头 一心一意 一点 一點 两面 兩面 一口气 一口氣 万一 萬一 万众 萬眾 万物
            萬物 三只松鼠 三季报
            一日千里 一国两制 一國兩制 两国 兩國 三国 三國 一国 一國 四国 四國 五国 一市 三人行 一地 一代 二代 三代
            四代 五代 六代 二地 二城
            五星级 六大茶 百家争鸣 百家爭鳴 百家乐 百家号 百家號 成千上万 成千上萬 万家灯火 万年 千年 一线 二线 三线
            九三学社 三百六十行 二人转 二人轉
            三头六臂 四大皆空 四大名著 五大连池 五大湖 十大功劳 两口子 兩口子 三口 四口之家 一次性 二次元 三次元 二次
            一门 二门 三门峡 三門峽 七里
            六安 八大处 八大處 二部 一部 三部曲 两点 一期 二期 三期 四期 五期 三八 五四 六四 七一 八一 九一八 五一
            六一 三农 三農
            双十一 双十二 雙十一 前一日 前一天 前一年 前一周 七台河 三重區 三重市 第一銀行 第一银行 第三世界
            四十大盗 五位一体 五位一體 三番四次 四处 四處 亿万 五月天 三元桥 三台县 第二课堂 第六感 第一资源 第一要务
            第二故乡 二十大 十九大 十八大 一窍不通 一竅不通 四周 一双
            一对 一雙 一對 一代 一球 一局 二胎 三胎
            二孩 三孩
            一胜 一幕 一集 一章 一站 一盘 一杯 一粒 一角 三级跳 二级市场 一级市场 四合院 一千零一夜 十万火急 百万富翁
            亿万富翁 三十六计 三十而立 百日 万无一失 十之八九 三年五载 第一课 第一责任人 第一人称 第一桶金 第一印象
            一口 百十来 二重 三重 四重 双重 一层 二层 一组 一道 一列 三列 一首 一份 一段 一头 一根 一席之地 一起 一票
            二维 三维
            三維 四维 一支 一只 一条 一条龙 两条腿
            百年 百人会 百人會 千人计划 千人計劃 万人计划 萬人計劃 十年树木 千元机 万元户 百元店 四环 五环 三环 三点水
            四点钟 两个一百年 一站式 一体化
            十分 十足 万分 萬分 三三两两 一二三 一一 九九归一 三言两语 一级 二级 三级 四级 一類 一类 二类 三类
            第一时间 第一時間 第一财经 第一財經 第三方 第一线 第一線 第一手 第一书记 第一夫人 第一步 第二次世界大战
            第一次世界大战
            第三者 第三产业 第一产业 第二产业 第三產業 第二產業 第一產業 每一 某一 同一 另一 任一 唯一 统一 統一 这一
            這一 那一 又一 新一 哪一 下一 上一 单一 單一 有一 万分之一 双一
            中證500
            三天打鱼 三天打魚 两天晒网 兩天曬網 三甲医 三甲醫 二甲医 第四范式 第四範式 四六级 四六級 三元牛奶 三元食品
            三元股份 万个为什么 七天酒店 六个核桃
            三天两头 三天兩頭 十年磨一剑 十年磨一劍 十年怕井 十年功 三百两 三百兩 三个臭皮匠 三個臭皮匠
            十万八千里 十萬八千里 九九八十一 四个自信 四个意识 四个全面 两个维护 两个确立 三大战役 十一黄金周
            十一假期 二甲双胍 二甲基 三甲基 一年之计 一日之计 百年大计 百年树人 十年树木 三人成虎 三年自然灾害
            三个代表 五个一工程 三寸不烂 九牛二虎 一夫当关 万夫 千金 千里之行 一日夫妻 百日恩 百日咳
            百日维新 三分钟热度 五分钟热度 一次元 半斤八两 半斤八兩 两败俱伤 三年五載 百年老店 百年孤独 七年之痒
            三缄其口 五斗米 五福临门 四季 三十六策 三月街 两袖清风 三生有幸 三生三世 十年寒窗 十二生肖
            十二星座 二十八宿 六亲不认 三国杀 两弹一星 两彈一星 四个现代化 三个世界 三座大山 两耳不闻 一刻千金 百人斩
    """,
    nouns="""
        companies: 企业 企業 公司 厂商 廠商 独角兽 獨角獸
        cities: 城市
        industries: 产业 產業 行业 行業
        measures: 举措 舉措 措施
        aspects: 方面
        dimensions: 维度 維度
        laboratories: 实验室 實驗室
        centres: 中心
        universities: 大学 大學 高校
        models: 模型 大模型
        cabinets: 机柜 機櫃
        projects: 项目 項目
        people: 员工 員工 人才 工程师 工程師 专家 專家
        patents: 专利 專利
        chips: 芯片 晶片
        servers: 服务器 伺服器
        countries: 国家 國家
        stage: 阶段 階段
        echelon: 梯队 梯隊
        parameters: 参数 參數
    """,
    guards="""
        成:立功为為本员員果就长長交绩績熟型品败敗 人:工民才类類间間均力脸臉形造机機 市:场場民长長值面内 部:分署门門
            家:庭具乡鄉电電族园園长長
        次:元世要方序 位:于於置 元:旦素年宇件 台:湾灣州风風北山![机機扇电電][^场場]
            条:件约約例款 区:域分别块塊 天:然津气氣空文
            个:性体體别別股税 個:性體別股
        周:围圍边邊末期 週:邊末期 分:别別析为類类布公享配支工之 层:面次级 块:链 场:景所馆馆面 場:景所館面 期:间間望货
            点:击擊评評赞讚 字:节節
        支:持撑付撐 只:有是能要 隻:身 股:份东東票权權 处:理置于於在 處:理置於在 地:区區铁鐵方位球理产產 所:有以谓謂在
            套:餐利 名:为為叫单單称稱
        起:来來点點步诉訴 份:额額 大:学學会會家型模约約楼樓厦廈 城:市乡鄉 国:道家内內际際产產 省:内會会级級 座:谈談右
            班:列 款:项項 笔:记
        种:植子 批:准評评 秒:杀 户:外 戶:外 张:力 倍:率增速 年:龄齡轻輕 轮:流值 件:事 顶:多尖级端层部 床:上
            双:方重边向 对:于此外应方手立话策待 尾:声气部 圈:子
            集:中团体合成结 站:在点着 球:队员迷场 局:部面势长 胜:利出任负 盘:点活算面中古石子 负:责担面债 级:别
            度:过假日 桶:装 升:级至到值为高温任旗 克:服 都:会能是在要有市将可没很 斤:重 角:度色落逐
            日:常前益本元圆起晚报 宗:旨 章:节程
            杯:子葛 家企业:家 场:景
    """,
    digits_only="""
        分 点 點 口 道 步 起 节 段 班 列 根 头 頭 首 重 国 國 区 區 县 縣 省 部 门 門 面 E P m 米 瓦 股 份 片 只 隻
            层 層 组 組 席 票 字 卡 册 冊 盾 例 幅 封 千兆 星期 间 間 顶 頂 双 对 雙 對 尾 圈 集 球 局 盘 胜 勝 负
            敗 级 級 角 升 克 斤 度 桶 日 坪 杯 株 章 宗 粒 箱 盒 瓶 匹 回合
    """,
    one_counts="""
        年 年间 年間 年来 年內 年内 周年 个月 個月 周 週 成 倍 个多月 個多月 小时 小時 个小时 世纪 世紀 年多 年半
            个百分点 個百分點 个半小时 個半小時 个半月 個半月 个半钟头 个半星期 分钟 分鐘 元 美元 梯队 梯隊 阶段 階段
            亩 畝 公里 公斤 公顷 公頃
    """,
    firsts="""
        榜首:
        头名:
        頭名:
        首位:(?![一-鿿])
    """,
    parts="""
        hours>minutes:60 hours>分:60 分>seconds:60 minutes>seconds:60 years>months:12 days>hours:24 元>角:10 角>分:10
            美元>美分:100 米>厘米:100
    """,
    not_counters="""
        国道 國道 省道 县道 高速 号 號 热线 熱線 幹線 干线 路 后 後 路车 路車 次列车 次列車
            接警 报警 報警 指挥 指揮 急救 查号 出警 客服 同城 公司 平台 网站 網站 投诉 投訴 举报 舉報 互娱 文娱 氪
            游戏 遊戲 大楼 大樓 大厦 大廈 版 式 型 时
            時 月 标段
    """,
)
