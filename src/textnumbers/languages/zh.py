"""Chinese, in simplified and traditional characters."""

from __future__ import annotations

from .table import Table

TABLE = Table(
    locale="zh",
    characters=True,
    numerals="〇:0 零:0 ○:0 一:1 二:2 两:2 三:3 四:4 五:5 六:6 七:7 八:8 九:9",
    magnitudes="十:10 廿:20 卅:30 百:100 千:1000 万:10000 亿:100000000 兆:1000000000000",
    vague="数:0 几:0",
    units="""
        other =: 尺
        money RUB: 卢布
        money TRY: 里拉
        money BRL: 雷亚尔
        money MYR: 林吉特 令吉
        money VND: 越南盾
        money SEK: 瑞典克朗 克朗
        money PLN: 兹罗提
        money SAR: 里亚尔
        money AED: 迪拉姆
        money ZAR: 兰特
        money AUD: 澳元 澳大利亚元
        money CAD: 加元 加拿大元
        money NZD: 新西兰元 纽元
        percent percent*10: 成
        percent pp: 个百分点 百分点
        percent bp: 个基点 基点
        compute PFLOPS: P级 千万亿次 P算力 PFlop
        compute EFLOPS: E级 百亿亿次 E EFlop
        compute TFLOPS: 万亿次 TOPS
        money CNY: 元 元人民币 块钱 人民币
        money CNY*0.1: 角 角钱 毛钱
        money USD: 美元 美金
        money USD*0.01: 美分
        money JPY: 日元 日圆
        money EUR: 欧元
        money KRW: 韩元 韩圆 韩圜
        money GBP: 英镑
        money HKD: 港元 港币
        money TWD: 新台币 台币 元新台币
        money SGD: 新加坡元 新元 新币
        money CHF: 瑞士法郎 瑞郎
        money IDR: 印尼盾 印尼卢比 盾
        money INR: 卢比
        money THB: 泰铢
        money 比索: 披索
        duration years: 年 年间 年来 年内 周年 岁 年半 年多 年期 个年头
        duration months: 个月 个多月 个半月
        duration weeks: 周 个星期 星期 个礼拜 个周 个工作周
        duration days: 天 日 日间 日内 天半 个工作日 个交易日
        duration hours: 小时 个小时 个多小时 个钟头 个半小时 个半钟头
        duration minutes: 分钟
        duration seconds: 秒 秒钟
        duration quarters: 个季度 个季 季度
        duration generations: 代人
        count companies: 家 家公司 家企业 家上市公司 家初创企业 家中小企业 家人工智能企业 户企业 家厂商
        count people: 人 名 位 人次 多人 名员工 名工程师
        count countries: 个国家 国
        count cities: 个城市 座城市 城 市 个市 都
        count places: 地 处
        count parameters: 参数 个参数
        count tokens: Token Tokens token 词元
        count cards: 卡 张卡 块卡
        count units: 台 台套 台服务器
        count cases: 件
        count echelon: 梯队
        count stage: 阶段
        count 省份: 个省份
        count 名次: 个位次 个名次
        count 负: 败
        other times: 倍 倍多
        other km: 公里 千米
        other m: 米 公尺
        other cm: 厘米 公分
        other mm: 毫米
        other nm: 纳米 奈米
        other km2: 平方公里 平方千米
        other m2: 平方米 平方公尺 平米
        other mu: 亩
        other m3: 立方米 立方公尺
        other l: 升 公升
        other ml: 毫升
        other g: 克 公克
        other mg: 毫克
        other miles: 英里
        other nautical_miles: 海里 浬
        other feet: 英尺 英呎
        other inches: 英寸 英吋
        other barrels: 桶
        other dB: 分贝
        other hPa: 百帕
        other µm: 微米
        other ha: 公顷
        other t: 吨 公吨
        other kg: 公斤 千克
        other kWh: 千瓦时 度电
        other kW: 千瓦 瓩
        other MW: 兆瓦 百万瓦
        other GW: 吉瓦
        other W: 瓦 瓦特
        other Gbps: 千兆
        other °C: 摄氏度
        other km/h: 公里/小时 公里每小时
        other ms: 毫秒
        other century: 世纪
        index points: 分
        other V: 伏 伏特
        other kV: 千伏
        other mA: 毫安
        other A: 安培
        other µg: 微克
        other ng: 纳克
        other Hz: 赫兹
        other kHz: 千赫 千赫兹
        other MHz: 兆赫 兆赫兹
        other GHz: 吉赫 吉赫兹
        other J: 焦耳
        other kJ: 千焦
        other kcal: 大卡 千卡
        other Pa: 帕斯卡
        other kPa: 千帕
        other MPa: 兆帕
        other µs: 微秒
        other ns: 纳秒
        other Bq: 贝克勒尔
        other Sv: 西弗
        other mSv: 毫西弗
        other horsepower: 马力
        other acres: 英亩
        other gallons: 加仑
        other ounces: 盎司
        other lb: 磅
        other yards: 码
        other light-years: 光年
        other carats: 克拉
        other knots: 节航速
        other MB: 兆字节
        other GB: 吉字节
        other TB: 太字节
        other words: 单词
        money =: 比索
        count =: 金 银 铜 扇 tokens 个 项 所 座 条 款 种 类 辆 架 艘 套 颗 枚 块 张 片 次 届 支 户 页 册 字 场 层 期
            批 轮 笔 起 只 篇 部 门 间 股 省 区 县 省份 机柜 机架 标准机架 方面 步 点 口 根 份 组 席 票 大 重 例 道
            幅 班 列 节 段 封 首 头 趟 顶 床 架次 班次 场次 棵 株 栋 幢 箱 标准箱 瓶 盒 杯 双 对 匹 尾 圈 粒 站 集
            球 局 盘 胜 负 连胜 连败 连冠 级 口人 艘次 回合 宗 章 条线路 把 本 袋 碗 记 枪 串 包 筐 桩 堂 堵 顿 朵
            番 副 杆 缸 贯 挂 管 罐 行 环 剂 剑 句 具 卷 捆 领 缕 面 排 盆 群 身 声 束 丝 摊 滩 挑 听 筒 团 坨 丸 样
            眼 则 扎 盏 阵 枝 轴 炷 桌 尊 洞 战 失分 篮板 助攻 抢断 盖帽 跤 脚 拳 刀 针 手 遍 遭 帧 发 餐 饼 课时
            学时 学分 人份 屉 锅 勺 叠 沓 摞 剧 门课 丁 只股 车道 车厢 车 村 镇 乡 街道 社区 院士 辈 桿 打 罗 令 幕
            折戏 封信
        other =: 斤 坪 度 折 K
    """,
    money_before="""
        CNY: 人民币 RMB CNY CN¥ ￥ ¥
        USD: US$ USD 美元 $
        HKD: 港币 HK$ HKD 港元
        TWD: 新台币 台币 NT$ TWD
        EUR: EUR 欧元
        JPY: JPY 日元
        IDR: Rp
        SGD: S$
    """,
    before="""
        minus: 零下 负
        weekday: 周 星期 礼拜
        plain: 目前 此前 之前 以前 日前 年前 月前 天前 提前 当前 史前 面前 会前 期前 先前 早前 事前 赛前 跟前 空前
            街头 码头
        afternoon: 下午 晚上 傍晚 晚间 晚 夜间
        morning: 上午 凌晨 早上 清晨 中午 早晨
        rank: 第 No. NO. # ＃ 排名 排 位列 位居 名列 列 居 排在
        top: 前 top 头 TOP
        percent: 百分之
        index: 指数 指数为 指数达 得分 得分为 评分 评分为 分值 分数 分数为 指数达到 指数分别为 得分分别为 系数
            系数为
        name: 标普 日经 纳斯达克 恒生 富时 罗素 沪深 中证 上证 科创 图 表 版本 代码 代码： 型号 编号 电话 号 附件 例
            专栏
    """,
    after="""
        top: 强 甲 大城市 名内
        collective: 市均 市都 地均 城均 城都 地都 家均 家都 者均
    """,
    qualifiers_before="""
        about: 约 约合 约值 约折 约等于 约略 大约 大概 约为 约占 约达 约有 大致 差不多
        more_than: 超 超过 超过了 突破了 超出了 逾越 已过 超出 逾 高于 多于 突破 超逾 大于 过 超越 高过 已超 破 不止
        at_least: 至少 至少有 至少还有 至少还缺 至少还需 至少需要 至少需 至少要 不少于 不低于 最少 起码 不下
        nearly: 近 将近 接近 几近 逼近 几乎
        up_to: 最高可达 最高可 最多可 最高可获 最多可达 最多可获 不超过 高达 最多 最高 至多 不足 低于 少于 不到 小于
            最高达 多达 不大于
    """,
    qualifiers_after="""
        more_than: 余 多 有余 以外
        at_least: 以上 及以上 或以上 起
        up_to: 以下 以内 之内 及以下 不到
        nearly: 弱
        about: 左右 上下 前后 许
    """,
    joins="~ 〜 ～ - ‐ ‑ – — － ― 至 到 —— → －－",
    names="""
        idioms: 三轮车 一波三折 四人帮 十九大 二十大 十八大 二十国集团 十月革命 七台河 之一般 四人组 零一万物 十四五
            十五五
            三一重工 一带一路 二十四节气 五十步 三番五次 七上八下 一点 一口气 万一 万众 万物 三只松鼠 万年 一线
            三百六十行 三头六臂 一次性 二次 三门峡 七里 六安 一期 二期 三八 五四 七一 八一 九一八 五一 六一 三农
            双十一 双十二 三番四次 四处 五月天 第六感 一窍不通 一对 二孩 四合院 一千零一夜 十万火急 万无一失 一口
            一起 二维 百年 四环 三环 十分 十足 万分 第一时间 第三方 第一线 第一夫人 第三者 第三产业 第一产业 另一
            统一 下一 上一 单一 双一 三天打鱼 两天晒网 三甲医 第四范式 四六级 三元牛奶 七天酒店 六个核桃 三天两头
            十年磨一剑 十年怕井 十年功 三百两 三个臭皮匠 十万八千里 九九八十一 四个自信 三大战役 十一黄金周 二甲双胍
            千里之行 半斤八两 百年孤独 四季
    """,
    nouns="""
        companies: 企业 公司 厂商 独角兽
        cities: 城市
        industries: 产业 行业
        measures: 举措 措施
        aspects: 方面
        dimensions: 维度
        laboratories: 实验室
        centres: 中心
        universities: 大学 高校
        models: 模型 大模型
        cabinets: 机柜
        projects: 项目
        people: 员工 人才 工程师 专家
        patents: 专利
        chips: 芯片 晶片
        servers: 服务器 伺服器
        countries: 国家
        stage: 阶段
        echelon: 梯队
        parameters: 参数
    """,
    guards="""
        包:括含装围庇 束:缚 瓶:颈 金:融属额牌钱山 银:行河 铜:矿 桌:面 枝:叶 尊:重敬 手:机段法里术册工艺持势足指
        打:造击破算扮开 发:展布生现动射言 行:业动为政人 车:型间主队 村:民委 镇:长 乡:村 群:众体 则:是 眼:睛 身:份体
        声:音称 丝:绸 团:队体长 听:众 管:理道 战:略争斗机 本:科次届年月报土身地人着质色周季赛职院校站田金 把:握
        记:者录 洞:察 样:本品 折:叠扣 盘:点 遍:布 顿:时 句:子话 餐:厅饮 饼:干
        成:立功为为本员员果就长长交绩绩熟型品败败 人:工民才类类间间均力脸脸形造机机 市:场场民长长值面内 部:分署门门
        家:庭具乡乡电电族园园长长 次:元世要方序 位:于于置 元:旦素年宇件 台:湾湾州风风北山![机机扇电电][^场场]
        条:件约约例款 区:域分别块块 天:然津气气空文 个:性体体别别股税 个:性体别股 周:围围边边末期 周:边末期
        分:别别析为类类布公享配支工之 层:面次级 块:链 场:景所馆馆面 场:景所馆面 期:间间望货 点:击击评评赞赞 字:节节
        支:持撑付撑 只:有是能要 只:身 股:份东东票权权 处:理置于于在 处:理置于在 地:区区铁铁方位球理产产
        所:有以谓谓在 套:餐利 名:为为叫单单称称 起:来来点点步诉诉 份:额额 大:学学会会家型模约约楼楼厦厦 城:市乡乡
        国:道家内内际际产产 省:内会会级级 座:谈谈右 班:列 款:项项 笔:记 种:植子 批:准评评 秒:杀 户:外 张:力
        倍:率增速 年:龄龄轻轻 轮:流值 件:事 顶:多尖级端层部 床:上 双:方重边向 对:于此外应方手立话策待 尾:声气部
        圈:子 集:中团体合成结 站:在点着 球:队员迷场 局:部面势长 胜:利出任负 盘:点活算面中古石子 负:责担面债 级:别
        度:过假日 桶:装 升:级至到值为高温任旗 克:服 都:会能是在要有市将可没很 斤:重 角:度色落逐
        日:常前益本元圆起晚报 宗:旨 章:节程 杯:子葛 家企业:家 场:景
    """,
    digits_only="""
        枝 餐 伏 人民币 记 面 手 打 发 行 则 令 身 丁 丝 声 团 听 管 车 村 镇 乡 街道 社区 院士 罗 战 剑 环 领 针 脚
        刀 拳 眼 群 排 洞 K 磅 码 分 点 口 道 步 起 节 段 班 列 根 头 首 重 国 区 县 省 部 门 E P m 米 瓦 股 份
        片 只 组 席 票 字 卡 盾 例 千兆 星期 顶 双 对 尾 圈 集 球 局 盘 胜 负 败 级 角 升 克 斤 度 日 坪 章 宗 匹
        回合 枪 串 桩 堂 堵 番 副 杆 缸 贯 挂 剂 句 具 卷 缕 摊 滩 挑 筒 坨 丸 扎 阵 轴 炷 失分 篮板 助攻 抢断 盖帽
        跤 遍 遭 饼 屉 锅 勺 叠 沓 摞 剧 门课 只股 车道 车厢 辈 桿 幕 折戏 封信 金 银 铜
    """,
    one_counts="""
        年 年间 年来 年内 周年 个月 周 成 倍 个多月 小时 个小时 世纪 年多 年半 个百分点 个半小时 个半月 个半钟头
        个半星期 分钟 元 美元 梯队 阶段 亩 公里 公斤 公顷
    """,
    firsts="""
        榜首: 头名: 首位:(?![一-鿿])
    """,
    eras="民国:1911 光绪:1874 干隆:1735 康熙:1661",
    parts="""
        hours>minutes:60 hours>分:60 分>seconds:60 minutes>seconds:60 years>months:12 days>hours:24 元>角:10
        角>分:10 美元>美分:100 米>厘米:100
    """,
    not_counters="""
        军 师 旅 国道 省道 县道 高速 号 热线 干线 路 后 路车 次列车 接警 报警 指挥 急救 查号 出警 客服 同城 公司
        平台 网站 投诉 举报 互娱 文娱 氪 游戏 大楼 大厦 版 式 型 时 月 标段
    """,
    sets="""
        points: ・ ． 点
        half: 半
        tens: 十 廿 卅
        thousands: 千
        hundreds: 十百
        odd: 余 多 来 几 数
        more: 余 多 来
        some: 几 数
        not_some: 据 值 字
        halves: 年 数 月 日 天 小 个 时 世 分
        followers: 季 月 日 分 半 、 成 刻 点
        openers: 第 之 前
        date_units: 年 月 日 号 季 四
        date_goes_on: 年 月 日 号 四 半 季 第 ~ - – — ― 至 到 か な い
        year_sign: 年
        first_year: 元
        year_ends: 度 代
        month_begins: 一 二 三 四 五 六 七 八 九 十 度 第
        clock_points: 点
        clock_signs: 时 点 : ： .
        after_zero: 月 日
        degrees: 度
        not_counted: 而 出 的 和 与 及 或 在 是 有 后 前 里 中 以 之 等 就 也 都 不 了 多 里 到 至
        fraction_sign: 分
        code_signs: 〔 〕 [ ] ［ ］ 比 对 :
        few: 大
        large_only: K
        rank_sign: 第
        two: 两
        ordinal_two: 二
        counted_by_ordinal_two: 人 名 位 次
        year_signs: 年 年间
        counted_after: 有 共 计 约 达 超 过 各 每 为 增 减 加 至 到 了 的 仅 只 均 逾 满 另 需 用 延 深 高 宽 重 厚
            距 及 得 失 投 赢 输 进 抢 获 给 送 取 再 连 且 占 吃 花 赚 赔 带 买 卖 拍 写 读 开 成
        not_hours: 间 代 期 价 给 速 点 光 段 候 常 尚 装
        scores: 点
        one_of_forms: 人
        tenths_of_price: 折
        hundredths: 秒 米
        tenths: 块
        tenths_of: CNY
        top_sign: 前
        lone_units: 卡 p p级
        lone_before: 上 近 超 逾 过
        counted_by_two: 间 部 门 省 县 首 场 支 只 片 组 股 份 段 节 张 根 册 卷 封
        before_magnitude: 过
        counting: 有 共 计 约 达 超 过 各 每 为 增 减 加 至 到 了 的 仅 只 均 逾 满 另 需 用 由 全 大 延 数
        never_alone: 人民币 伏 枝 叶 手 打 发 行 令 身 丁 丝 声 团 听 管 车 村 镇 乡 世 罗 K 面 群 则 眼 记 本 分
            点 角 口 面 头 道 起 卡 盾 股 升 期 国 区 e p
        place_forms: 位 名
        loose_places: 个 大
        listing: 列 居 排
        version_signs: 版 时 代
        count_after: 数 以 、
    """,
    contexts={
        "one_of_before": r"(?:之|其中) ?",
        "among_before": r"之",
        "index_before": (
            r"(?i:指数|得分|评分|评分|スコア|评点|得点|score|index|系数|系数|指标値)(?:[^。.!?！？\n]"
            r"|\.(?=\d)){0,40}"
        ),
        "list": r"<SPACE>?[,、，;；和与及]?<SPACE>?",
        "listed_before": r"[0-9一二三四五六七八九]、",
        "score_before": r"(?:比分|スコア)[^。.]{0,8}",
        "score_goes_on": r" ?[对比] ?[0-9]",
        "score_goes_on_before": r"[0-9] ?[対对比] ?",
        "signed": r"[0-9.,]+ ?(?:%|ポイント|个百分点|万|亿|亿|兆|円|元|ドル)|[0-9]+\.[0-9]",
        "month": r"<D>{1,2}月",
        "designation": r" [A-Z]{2}<D>{1,3}(?![A-Za-z0-9])",
        "part_glue": "<GAP>",
        "bracket": r"[（(][^（()）\n]{1,24}[）)]",
        "date": (
            r"(?:(?:(?P<y><PART>)|(?P<first>元))<GAP>年度?<GAP>)?(?:第?<GAP>(?P<q>[1-4一二三四])<GAP>"
            r"(?:季度|(?:(?<=第四)|(?<!四))季(?![节节报报刊]))|(?P<m><TWO>)<GAP>月(?![间间])"
            r"(?:份)?(?:<GAP>(?P<d><TWO>)<GAP>[日号](?![间间]))?|(?P<day><TWO>)<GAP>日(?![间本以连后内元程]"
            r"|<JOIN><TWO><GAP>日(?:内|间)))"
        ),
        "dates": (
            r"(?:(?P<y><PART>)<GAP>年<GAP>)?(?:(?P<m1><TWO>)<JOIN>(?P<m2><TWO>)<GAP>月(?![间间])"
            r"(?:份)?|(?P<m><TWO>)<GAP>月<GAP>(?P<d1><TWO>)<GAP>日?<JOIN>(?P<d2><TWO>)<GAP>[日号]"
            r"(?![间间]))"
        ),
        "time": (
            r"(?P<h><TWO>)<GAP>(?P<sign>时|点|:|：)<GAP>(?:(?P<half>半|[一三]刻)|(?P<min><TWO>)<GAP>"
            r"(?P<minute_sign>分)?(?![0-9之]))?"
        ),
        "clock_goes_on": r"[刻半钟整]|分(?!之)|一滴|[面线]",
        "lasting_before": r"(?:连续|接连|一连|为期|历时|长达|持续)",
        "fraction": r"<GAP>(?:(?P<percent>分之)|分<GAP>[之]<GAP>)",
        "one_half": r"一半",
        "half_part": r"半[数分]",
        "half_after": r"半(?![分数期端额])",
        "not_half_before": r"[上下前后大多过年月倍个点]",
        "tenths_go_on": (
            r"(?<=成)([一二三四五六七八九半])(?![一-鿿]|、\d)|(?<=成)([一二三四五六七八九半])"
            r"(?=[的左以上下多])"
        ),
        "short_year": r"(?:年代|代|[度末初版春夏秋冬底])",
        "decade": r"代|年代",
        "article": r"[条章款项]",
        "upwards_before": r"(?<!以)上",
        "temperature_before": r"(?:[气水体高低室]温|温度|最高|最低)[^。度]*",
        "score_after": (
            r"(?:[、，,和] ?[0-9]{1,3}[-–][0-9]{1,3})*[、，]?(?:取胜|战胜|击败|获胜|落败"
            r"|告负|不敌|负|胜|大胜|逆转|淘汰|战平|打平|拿下|输|赢)"
        ),
        "version_before": r"[一-鿿]{2}[^\W\d_为是达到了报得升降跌率数比值于有约超过涨增减加均分每共计仅逾满只]",
        "heading_before": r"单位[：: （(]?(?:人民币)?",
        "document_before": r"〔<D>{4}〕第?|\[<D>{4}\]第?",
        "year_sign": r"年",
        "formal": (
            r"(?<![0-9零万亿])[0-9零万亿]{0,8}[壹贰叁肆伍陆柒捌玖][拾佰仟万亿][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]"
            r"*+"
            r"|(?<=[0-9])[拾佰仟](?=[万亿元人个日美])|[壹贰叁肆伍陆柒捌玖](?=[元圆角分万亿])"
        ),
        "fraction_goes_on": r"分之[一二三四五六七八九十]",
        "goes_on": r"之[一二三四五六七八九十百]|[一二三四五六七八九十百千万亿]{0,8}[十百千万亿]",
        "document_open_before": r"[〔\[［]",
        "document_close": r"[〕\]］]第?<D>+号",
        "title_before": (
            r"(?:曲|歌|影片|电影|片|小说|电视剧|剧|专辑|书籍|综艺|话剧|游戏|散文|诗集|乐队"
            r"|乐团|组合|节目)(?:[“「『][^”」』\n]{1,24}[”」』](?:[、，和与及·]|以及)?)*"
        ),
        "institution": (
            r"(?:舰队|舰队|集团军|军(?!方)|师(?!生)|旅(?!客|行|游)|团(?!队)|医院|人民|中学"
            r"|小学|高中|监狱|看守所|现场|职场|势力|纵队|产业|课堂|研究院|医学院|附属|健康"
            r"|财经|时间|线|手|次世界|代表)"
        ),
        "numbered_name": r"号(?:台风|热带|文件|令|公告|议案|决议|法案|线|航班|国道)",
        "numbered_name_before": r"(?:台风|飓风|议案|公告|文件)",
        "plate_count_before": r"(?:[京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼新][A-Z][·•・ ]?)",
        "not_qualifier_before": (
            r"(?:经|通|透|不|度|路)过|(?:里|区|附|邻|靠|最|远|临)近|(?:简|大|条|公|签|节"
            r"|合|预|制|契)约(?<!大约)(?<!合约)|(?:摧|打|爆|侦|冲)破"
        ),
    },
    not_magnitudes="百:分度货科花 千:瓦米克卡兆赫帕叶代岁伏焦 兆:瓦字赫比候帕焦 万:科达博全能",
    needs_counter=True,
    formal="壹一 贰二 叁三 肆四 伍五 陆六 柒七 捌八 玖九 拾十 佰百 仟千",
    variants="""
        万萬 与與 专專 业業 东東 丝絲 两兩 个個箇 临臨 为爲 举舉 乐樂 乡鄉 书書 买買 了瞭 争爭 于於 云雲 产產産 亩畝
        亿億 仅僅 仑侖崙 价價 众衆 会會 体體 余餘 侦偵 债債 克剋 兹茲 兽獸 内內 册冊 写寫 军軍 农農 冬鼕 冲衝沖 决決
        准準 凌淩 减減 几幾 出齣 击擊 则則 创創 别別彆 制製 剂劑 剑劍 剧劇 务務 动動 势勢 区區 医醫 千韆 升昇 单單
        卖賣 占佔 卢盧 卷捲 厂廠 厅廳 历歷曆 厘釐 厢廂 厦廈 县縣 叁叄 参參蔘 双雙 发發髮 叠疊 只隻祇 台臺檯颱 叶葉
        号號 吃喫 合閤 同衕 后後 向嚮曏 吨噸 听聽 员員 周週賙 回迴 团團糰 园園 围圍 国國 图圖 圆圓 场場 块塊 声聲
        处處 夫伕 头頭 娱娛 学學 宁寧甯 实實 家傢 宽寬 对對 将將 尔爾 局侷 层層 屉屜 届屆 属屬 岁歲 峡峽 币幣 布佈
        师師 带帶 帧幀 席蓆 帮幫 床牀 应應 开開 张張 强強 当當噹 录錄彔 恒恆 戏戲 战戰 户戶 才纔 扎紮 扣釦 折摺 抢搶
        报報 担擔 挂掛 挥揮 据據 摄攝 摊攤 撑撐 敌敵 数數 斗鬥 断斷 无無 时時 晋晉 晒曬 曲麴 术術朮 机機 杀殺 权權
        杆桿 条條 来來 杯盃 松鬆 板闆 枪槍 柜櫃 标標 栋棟 栏欄 样樣 核覈 桩樁 楼樓 欧歐 气氣 没沒 沪滬 涨漲 温溫
        游遊 湾灣 满滿 滩灘 点點 热熱 独獨 狱獄 环環 现現 琼瓊 电電 盏盞 监監 盖蓋 盘盤 着著 矿礦 码碼 礼禮 秋鞦
        种種 称稱 税稅 窍竅 笔筆 签籤簽 简簡 篮籃 类類 粤粵 系係繫 约約 级級 纪紀 纳納 纵縱 线線綫 组組 经經 结結
        给給 统統 绩績 绪緒 续續 维維 绸綢 综綜 缕縷 编編 缚縛 网網 罗羅 群羣 职職 胜勝 脚腳 脸臉 致緻 舰艦 艺藝
        节節 苏蘇甦囌 范範 获獲穫 蒙矇濛懞 表錶 装裝 视視 计計 议議 记記 许許 证證証 评評 诉訴 词詞 诗詩 话話 说說
        读讀 课課 谈談 谓謂 贝貝 负負 财財 责責 败敗 货貨 质質 贯貫 贰貳 贵貴 赔賠 赚賺 赛賽 赞贊讚 赢贏 赣贛 车車
        转轉 轮輪 轴軸 轻輕 辆輛 辈輩 辑輯 输輸 边邊 辽遼 达達 过過 还還 进進 远遠 连連 邻鄰 里裏裡 针針鍼 钟鍾鐘鈡
        钱錢 铁鐵 铜銅 铢銖 银銀 链鏈鍊 锅鍋 镇鎮 镑鎊 长長 门門 间間 闽閩 队隊 阵陣 阶階 际際 陆陸 陕陝 面麪 韩韓
        页頁 顶頂 顷頃 项項 顿頓 预預 领領 颈頸 颗顆 额額 风風 飓颶 饮飲 饼餅 馆館 马馬 验驗 鱼魚 鲁魯 黄黃 龄齡
    """,
)
