import type { trades } from '../../src/domains/envoys/topics.ts'
import type { Random } from './random.ts'

export type Trade = keyof typeof trades

interface Tended {
  /** As it stands in a title. */
  readonly crop: string
  readonly techniques: readonly string[]
  /** First words of variety names, all invented. */
  readonly varieties: readonly string[]
  /** What an envoy does on a visit. */
  readonly work: readonly string[]
}

const rice: Tended = {
  crop: '优质稻',
  techniques: ['优质稻软盘旱育抛栽', '再生稻蓄留', '稻田病虫绿色防控', '水稻测土配方施肥', '稻草覆盖还田'],
  varieties: ['望星优', '听泉香', '金穗两优'],
  work: ['查看秧苗长势，指导晒田控蘖', '调查稻飞虱，开出防治方子', '演示机插秧育秧盘的摆放', '测产取样，记下亩穗数'],
}
const vegetables: Tended = {
  crop: '蔬菜',
  techniques: ['大棚茄子整枝', '蔬菜集约化育苗', '黄板诱虫', '高温闷棚消毒', '蔬菜订单分级包装'],
  varieties: ['紫玉长茄', '雪脆莲果', '胭脂薯'],
  work: ['指导大棚通风排湿', '检查育苗基质，调整浇水', '帮合作社按订单分级', '查看茄子灰霉病，摘除病叶'],
}
const flowers: Tended = {
  crop: '花卉苗木',
  techniques: ['苗木容器育苗', '花卉扦插生根', '苗圃节水喷灌', '嫁接苗培育'],
  varieties: ['晚霞海棠', '月桂紫薇', '翠屏罗汉松'],
  work: ['指导苗木修剪定型', '查看扦插苗生根情况', '示范嫁接绑扎', '帮苗圃安排起苗运输'],
}
const honeysuckle: Tended = {
  crop: '金银花',
  techniques: ['金银花无硫烘干', '金银花矮化修剪', '百合种球消毒', '百合无硫加工', '金银花枝条扦插'],
  varieties: ['银屏金银花', '雪峰百合'],
  work: ['指导烘房升温分段控制', '示范花蕾期采摘', '查看百合鳞茎腐烂，指导挖沟排水', '指导冬季清园修剪'],
}
const tea: Tended = {
  crop: '茶叶',
  techniques: ['良种茶短穗扦插', '茶园间作绿肥', '茶小绿叶蝉诱杀', '名优茶机采'],
  varieties: ['云栖早', '良繁翠芽'],
  work: ['指导茶园冬季封园', '查看茶苗成活率，安排补苗', '示范机采平面修整', '检查茶园虫情'],
}
const pigs: Tended = {
  crop: '生猪',
  techniques: ['仔猪补铁保温', '猪场发酵床', '母猪批次化配种', '猪群程序化免疫'],
  varieties: ['鹿鸣黑猪', '平湖长白'],
  work: ['上门为猪群采血送检', '指导猪场消毒和隔离', '查看仔猪拉稀，调整饲料', '核对免疫记录'],
}
const cattle: Tended = {
  crop: '牛羊',
  techniques: ['秸秆青贮', '羔羊早期断奶', '肉牛短期育肥', '牧草混播'],
  varieties: ['草场细毛羊', '远山肉牛'],
  work: ['指导青贮窖压实密封', '查看育肥群，调整日粮', '驱虫药浴示范', '指导圈舍通风保暖'],
}
const tomato: Tended = {
  crop: '工业番茄',
  techniques: ['番茄钵盘育苗', '番茄膜下滴灌', '番茄机械采收配套', '番茄早疫病预防'],
  varieties: ['湖畔番茄', '红湾加工茄'],
  work: ['检查钵盘苗出苗整齐度', '指导滴灌带铺设', '查看番茄早疫病，安排用药', '与加工厂核对交售时间'],
}
const chilli: Tended = {
  crop: '辣椒',
  techniques: ['色素辣椒直播', '辣椒穴盘育苗', '辣椒疫病轮作防治', '辣椒晾晒分级'],
  varieties: ['赤峰线椒', '朝霞色素椒'],
  work: ['指导辣椒苗炼苗移栽', '查看疫病中心株，撒石灰封锁', '指导晾晒场铺设', '记录试种品种产量'],
}
const cotton: Tended = {
  crop: '棉花',
  techniques: ['棉花化学调控', '棉花膜下滴灌', '棉田测土配方施肥', '棉蚜生物防治'],
  varieties: ['银团棉', '雪原早棉'],
  work: ['调查棉蚜，建议保护天敌', '指导打顶时间', '查看滴灌首部压力', '取土样送检'],
}
const aquaculture: Tended = {
  crop: '水产',
  techniques: ['鱼种强化培育', '冷水鱼网箱养殖', '池塘底部增氧', '鱼病生态预防'],
  varieties: ['湖心大头鱼', '清波鲤'],
  work: ['测水温和溶氧，指导增氧', '检查鱼种规格，安排投放', '查看烂鳃病，开出药浴方子', '指导清塘消毒'],
}
const fruit: Tended = {
  crop: '水果',
  techniques: ['核桃高接换优', '果园生草', '果实套袋', '果树拉枝'],
  varieties: ['石榴湾核桃', '杏坛脆李'],
  work: ['指导果树拉枝疏花', '查看嫁接成活率', '示范套袋', '指导果园挖沟施肥'],
}
const processing: Tended = {
  crop: '农产品加工',
  techniques: ['热风分段烘干', '净菜真空包装', '小型冷库保鲜'],
  varieties: ['归燕薯'],
  work: ['检查烘干设备，记录能耗', '指导包装标签和批次记录', '帮企业完善质量档案'],
}

/** What the envoys of each county work on. */
export const TRADES: Readonly<Record<string, Partial<Record<Trade, Tended>>>> = {
  'KJ-B': { rice, vegetables, honeysuckle, pigs, flowers, tea, processing },
  'KJ-C': { tomato, chilli, cotton, cattle, aquaculture },
  'KJ-D': { tea, cattle, pigs, fruit },
}

interface Named {
  readonly name: string
  readonly trade: Trade
}

const tendedIn = (county: string) => Object.entries(TRADES[county]!) as [Trade, Tended][]

/** So many different techniques. */
export function techniquesOf(random: Random, county: string, count: number): Named[] {
  const all = tendedIn(county).flatMap(([trade, { techniques }]) => techniques.map(name => ({ name, trade })))
  if (all.length < count) throw new Error(`${county} knows ${all.length} techniques, not ${count}`)
  return random.shuffled(all).slice(0, count)
}

/** So many different varieties, none of them of another year. */
export function varietiesOf(random: Random, county: string, year: number, count: number): Named[] {
  const lines = tendedIn(county).flatMap(([trade, { varieties }]) => varieties.map(name => ({ name, trade })))
  return Array.from({ length: count }, (_, i) => {
    const { name, trade } = lines[i % lines.length]!
    const number = (year % 100) * 10 + Math.floor(i / lines.length)
    return { name: `${name}${number}${random.chance(0.5) ? '' : '号'}`, trade }
  })
}
