import { list } from './characters.ts'
import type { ClaimKind } from './claim.ts'

/** What a unit word means. */
export interface UnitMeaning {
  readonly kind: ClaimKind
  readonly base: string
  readonly factor: number
  /** Measures say by themselves that a quantity is meant; classifiers nearly; weak ones need support. */
  readonly strength: 'measure' | 'classifier' | 'weak'
}

export const LEXICON = new Map<string, UnitMeaning>()

function measures(kind: ClaimKind, base: string, units: Record<string, number>): void {
  for (const [unit, factor] of Object.entries(units)) LEXICON.set(unit, { kind, base, factor, strength: 'measure' })
}

measures('money', '元', { 元: 1, 块钱: 1, 元人民币: 1, 角钱: 0.1 })
for (const currency of ['美元', '港元', '欧元', '日元', '英镑', '卢布', '新台币', '澳元', '韩元'])
  measures('money', currency, { [currency]: 1 })
measures('percent', '%', { '%': 1, '‰': 0.1 })
measures('percent', '百分点', { 个百分点: 1, 百分点: 1, 个千分点: 0.1, 个基点: 0.01 })
measures('ratio', '倍', { 倍: 1 })
measures('area', 'm²', {
  平方米: 1,
  平米: 1,
  '㎡': 1,
  'm²': 1,
  m2: 1,
  亩: 10000 / 15,
  亩次: 10000 / 15,
  公顷: 10000,
  公亩: 100,
  hm2: 10000,
  'hm²': 10000,
  ha: 10000,
  顷: 1000000 / 15,
  平方公里: 1e6,
  平方千米: 1e6,
  '㎢': 1e6,
  'km²': 1e6,
  km2: 1e6,
  平方厘米: 1e-4,
})
measures('length', 'm', {
  公里: 1000,
  千米: 1000,
  km: 1000,
  华里: 500,
  海里: 1852,
  米: 1,
  延米: 1,
  延长米: 1,
  m: 1,
  皮长公里: 1000,
  芯公里: 1000,
  厘米: 0.01,
  cm: 0.01,
  毫米: 0.001,
  mm: 0.001,
  微米: 1e-6,
})
measures('mass', 'g', {
  吨: 1e6,
  t: 1e6,
  千克: 1000,
  公斤: 1000,
  kg: 1000,
  斤: 500,
  市斤: 500,
  担: 50000,
  克: 1,
  g: 1,
  毫克: 0.001,
  mg: 0.001,
  微克: 1e-6,
})
measures('mass', 'g标准煤', { 吨标准煤: 1e6, 吨标煤: 1e6, 千克标准煤: 1000, 克标准煤: 1 })
measures('mass', 'g二氧化碳', { 吨二氧化碳: 1e6, 吨二氧化碳当量: 1e6 })
measures('volume', 'm³', {
  立方米: 1,
  立方: 1,
  方木材: 1,
  'm³': 1,
  m3: 1,
  '㎥': 1,
  升: 0.001,
  L: 0.001,
  毫升: 1e-6,
  ml: 1e-6,
  mL: 1e-6,
  立方厘米: 1e-6,
})
measures('energy', 'kWh', { 千瓦时: 1, 度电: 1, kWh: 1, 兆瓦时: 1000, MWh: 1000, 千瓦小时: 1 })
measures('measure', 'W', {
  千瓦: 1000,
  kW: 1000,
  KW: 1000,
  兆瓦: 1e6,
  MW: 1e6,
  吉瓦: 1e9,
  GW: 1e9,
  瓦: 1,
  马力: 735.49875,
})
measures('measure', 'VA', { 千伏安: 1000, kVA: 1000, 兆伏安: 1e6 })
measures('measure', 'V', { 千伏: 1000, kV: 1000, KV: 1000, 伏: 1 })
measures('measure', '蒸吨', { 蒸吨: 1 })
measures('measure', '吨公里', { 吨公里: 1 })
measures('measure', '人公里', { 人公里: 1 })
measures('measure', '载重吨', { 载重吨: 1 })
measures('measure', '℃', { '℃': 1, 摄氏度: 1, '°C': 1 })
measures('measure', 'dB', { 分贝: 1, dB: 1 })
measures('measure', '标箱', { 标箱: 1, 标准箱: 1, 个标准箱: 1, 个标箱: 1, TEU: 1 })
measures('measure', 'B', { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15 })
measures('measure', 'bit/s', { Mbps: 1e6, Gbps: 1e9, 兆比特每秒: 1e6 })
measures('measure', 'Pa', { 千帕: 1e3, kPa: 1e3, 兆帕: 1e6, MPa: 1e6 })
measures('measure', 'J', { 千焦: 1e3, 焦耳: 1, 吉焦: 1e9 })
measures('measure', 'FLOPS', { P算力: 1e15, PFLOPS: 1e15, EFLOPS: 1e18 })
measures('duration', '秒', { 秒: 1, 秒钟: 1 })
measures('duration', '分钟', { 分钟: 1 })
measures('duration', '小时', { 小时: 1, 个小时: 1, 钟头: 1, 个钟头: 1 })
measures('duration', '天', { 天: 1, 个星期: 7, 星期: 7, 昼夜: 1, 个昼夜: 1 })
measures('duration', '工作日', { 个工作日: 1, 工作日: 1 })
measures('duration', '月', { 个月: 1, 个多月: 1, 个季度: 3 })
measures('duration', '年', { 个年头: 1, 周年: 1 })
measures('count', '学时', { 学时: 1, 个学时: 1, 课时: 1, 个课时: 1 })
measures('count', '工日', { 工日: 1, 个工日: 1, 人天: 1, 工时: 1, 人日: 1 })
measures('count', '人次', { 人次: 1, '人(次)': 1, 人次数: 1, 个人次: 1, 人数次: 1 })
measures('count', '人', { 人: 1 })
LEXICON.set('年', { kind: 'duration', base: '年', factor: 1, strength: 'weak' })
LEXICON.set('番', { kind: 'ratio', base: '番', factor: 1, strength: 'classifier' })
LEXICON.set('成', { kind: 'percent', base: '%', factor: 10, strength: 'weak' })
LEXICON.set('折', { kind: 'percent', base: '%', factor: 10, strength: 'weak' })
LEXICON.set('周', { kind: 'duration', base: '天', factor: 7, strength: 'weak' })
LEXICON.set('分', { kind: 'count', base: '分', factor: 1, strength: 'weak' })
LEXICON.set('名', { kind: 'count', base: '人', factor: 1, strength: 'classifier' })
measures('duration', '岁', { 岁: 1, 周岁: 1 })
LEXICON.set('位', { kind: 'count', base: '人', factor: 1, strength: 'classifier' })

const CLASSIFIERS = list(`
  个 项 家 所 座 处 条 件 台 套 台套 辆 部 艘 架 只 头 匹 尾 羽 株 棵 颗 粒 盆 枝 支 把 张 幅 份 册 本 篇 次 场 场次 班次 期次
  批次 起 宗 例 桩 笔 单 户 间 栋 幢 片 块 眼 孔 道 扇 节 堂 轮 组 队 团 种 类 款 页 字 句 行 站次 车次 架次 艘次
  标段 院 床 桶 袋 箱 包 瓶 盒 罐 枚 双 副 户次 家次 项次 台次 辆次 条次 例次 件次 份次 个次 头次 只次 店次 座次 课次
  班 个班 席 集 段 卷 盏 根 捆 丛 滴 趟 顿 通 则 首 幕 杆 管 丘 尊 对 层 门 支队 羽次 车 船 艘次 航次 列 车皮
  头份 支次 剂次 剂 人份 针次 针 包次 网次 眼井 口 口井 帧 粒次 宿 单次 套次 盘 口子 股 岗次 档 面 顶 床次 伙 朵 簇 具
  台班 车辆 票 标 包件 处所 点 项件 家户 期 届 批 村 镇 乡 县 市 省 区 校 厂 店 街道 社区 乡镇 镇街 市州 区县
  县区 省份 省市 镇村 个(家) 站 园 馆 路 线 级 星 格 号段 人家 学位 床位 车位 课 门次 人门 篇次 版 条线 个点 帧次 筐 垛 穴 穴位 泊位 客位 席位 床日 组次 轮次 桌 摞 拨 拨次 挂 幅次 餐次 人头 学员
  行次 队次 亩块 平 网 人时 字次 批件 册次 套件 宗地 枪 刀 把次 方 度 瓦次 尾份 兆
`)
/** Also written after ordinals, names and addresses, so a number before them proves little. */
const WEAK = new Set(
  list(
    '点 届 路 线 级 星 格 版 课 方 度 列 平 号段 网 行 单 余 兆 档 标 门 段 道 口 院 队 团 股 分 款 座次 席 堂 管 片 刀 枪 船 村 镇 乡 县 市 省 区 校 厂 店 站 园 馆 层',
  ),
)
for (const unit of CLASSIFIERS) {
  if (LEXICON.has(unit)) continue
  LEXICON.set(unit, { kind: 'count', base: unit, factor: 1, strength: WEAK.has(unit) ? 'weak' : 'classifier' })
}

/** The unit words by their first character, longest first. */
export const BY_FIRST = new Map<string, string[]>()
for (const unit of LEXICON.keys()) {
  const group = BY_FIRST.get(unit[0]!) ?? []
  group.push(unit)
  BY_FIRST.set(unit[0]!, group)
}
for (const group of BY_FIRST.values()) group.sort((a, b) => b.length - a.length)

/** Characters after which the shorter reading is a word of its own: 5家庭, 20支部, 185升位. */
export const DENIED: Readonly<Record<string, string>> = {
  家: '庭长',
  部: '门委队属署分',
  支: '部局行付持教撑援',
  组: '织建成',
  期: '间待望货限',
  区: '域别分块',
  条: '例款约',
  本: '科地级市县局届身',
  类: '别型似',
  项: '目',
  市: '场民政州直',
  村: '民庄委干级两',
  校: '园长区',
  对: '接口于应',
  场: '地所馆景',
  人: '员民才口均数物力大工',
  户: '籍外均主',
  单: '位元独',
  门: '诊店户口',
  道: '路德',
  课: '题程',
  路: '线网面径',
  片: '区面',
  批: '准复示发',
  所: '有属长需以在',
  处: '理置室长罚',
  起: '草来到',
  只: '有能是要',
  面: '积向对临貌',
  成: '立为功效果员本品就都熟长交人',
  折: '合叠旧',
  倍: '增',
  番: '茄薯',
  元: '旦宵素',
  升: '级学位至到入降华',
  克: '服',
  周: '年边密期末',
  天: '然津气',
  轮: '训换',
  层: '面级次高',
  样: '品本',
  种: '植子养粮业苗鸡猪',
  点: '位击多评亮名',
  分: '钟之别校局公类工为析布管',
  次: '数生日级',
  线: '上下路索',
  车: '间站辆道',
  级: '别',
  行: '业政动为',
  站: '点',
  字: '号',
  角: '度',
  口: '岸',
  包: '括',
  标: '准',
  台: '湾',
  通: '过信讯车',
  双: '方',
  起数: '',
  管: '理',
  团: '队',
  队: '伍',
  位: '居于列置',
  年: '级',
  度: '假',
  方: '面案式便向法',
  列: '入为',
  团组: '',
  首: '先次',
  节: '约能水日',
  集: '中团体成',
  顶: '层',
  院: '校',
  具: '有备体',
  把: '握',
  斤: '',
  则: '是为',
  股: '份权',
  网: '点络站格',
  把手: '',
  班: '子',
  版: '本',
  厂: '房商家',
  店: '铺',
  平: '均方台安',
  页: '面',
  格: '局',
  乡: '村',
  县: '域级',
  省: '级',
  镇: '级',
  园: '区',
  馆: '藏',
}
