import { addDays, dayIn, past } from './calendar.ts'
import { personName } from './names.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

const HOLDERS = {
  KJ: ['示范市青禾新材料有限公司', '示范市听泉电子有限公司', '示范市学院', '示范市农业科学院'],
  YZ: ['示范市邮政管理局'],
} as const

const THINGS = {
  KJ: ['玻纤布浸胶', '光模块散热', '数控刀具涂层', '坚果剥壳', '油茶采收', '池塘增氧', '节能电机绕线', '水样快检'],
  YZ: ['袋牌打印送纸', '包裹称重校准', '信件分拣导向', '条码扫描支架'],
} as const

function patents(org: 'KJ' | 'YZ', count: number, today: string): DemoRecord[] {
  const random = randomOf(`patents ${org}`)
  return Array.from({ length: count }, (_, i) => {
    const year = 2022 + (i % 4)
    const kind = random.weighted({ invention: 4, utility: 5, design: 1 })
    const appliedOn = dayIn(random, year)
    const grantedOn = random.chance(0.7) ? past(addDays(appliedOn, kind === 'invention' ? 640 : 230), today) : undefined
    // The fee of each year is paid a month before the day of the application comes round.
    const years = grantedOn ? Number(today.slice(0, 4)) - Number(grantedOn.slice(0, 4)) : 0
    const feeOn = (n: number) => `${Number(grantedOn!.slice(0, 4)) + n}${appliedOn.slice(4)}`
    const paid = Array.from({ length: years }, (_, n) => addDays(feeOn(n + 1), -30)).filter(day => day <= today)
    return {
      type: 'intellectual.patent',
      org,
      state: grantedOn ? 'granted' : 'applied',
      fields: filled({
        number: `${year}1${String(i + 1).padStart(7, '0')}.${i % 10}${org === 'YZ' ? 'Y' : ''}`,
        title: `一种${THINGS[org][i % THINGS[org].length]}${random.pick(['装置', '方法', '机构'])}`,
        kind,
        holder: random.pick(HOLDERS[org]),
        inventor: personName(random),
        appliedOn,
        ...(grantedOn && {
          grantedOn,
          feeDueOn: feeOn(paid.length + 1),
          fees: paid.map(paidOn => ({ paidOn, amount: kind === 'invention' ? 90_000 : 60_000 })),
        }),
      }),
    }
  })
}

const OUTPUTS = [
  ['KJ', '湖区螺情遥感监测方法', 'paper', 'national', '示范市农业科学院', '《应用遥感》2023年第4期', '2023-08-20'],
  ['KJ', '玻纤增强材料疲劳试验', 'paper', 'national', '示范市学院', '《材料学报》2024年第2期', '2024-04-15'],
  ['KJ', '油茶低产林改造技术规程', 'standard', 'local', '示范市农业科学院', 'DB00/T 112-2024', '2024-06-30'],
  ['KJ', '池塘河蟹生态养殖技术规范', 'standard', 'local', '示范市农业科学院', 'DB00/T 131-2025', '2025-05-10'],
  ['KJ', '赣禾优6号', 'variety', 'provincial', '示范市农业科学院', '示审稻20240008', '2024-03-28'],
  ['KJ', '仓储分拣控制软件', 'software', 'national', '示范市听泉电子有限公司', '2025SR000123', '2025-02-18'],
  ['KJ-A', '荔枝控梢促花效果比较', 'paper', 'provincial', '甲县热作站', '《热带作物》2024年第5期', '2024-09-25'],
  ['KJ-B', '金银花无硫干制工艺', 'paper', 'provincial', '乙县特色产业办', '《中药材》2024年第8期', '2024-08-12'],
  ['KJ-B', '富硒茶生产技术规程', 'standard', 'local', '乙县特色产业办', 'DB00/T 145-2025', '2025-09-01'],
  ['YZ', '两网合一通信链路优化', 'paper', 'industry', '信息局', '《邮政科技》2024年第2期', '2024-06-20'],
  ['YZ', '绿卡系统切换风险控制', 'paper', 'industry', '信息局', '《邮政科技》2024年第4期', '2024-12-20'],
  ['YZ', '总包信息一次录入的实现', 'paper', 'national', '科技处', '《邮政研究》2025年第3期', '2025-06-10'],
  ['YZ', '支局集中交易系统', 'software', 'national', '信息局', '2025SR000456', '2025-07-08'],
] as const

const outputs = OUTPUTS.map(
  ([org, title, kind, level, body, where, publishedOn]): DemoRecord => ({
    type: 'intellectual.output',
    org,
    fields: { title, kind, level, body, where, publishedOn },
  }),
)

export const intellectual: Generator = today => [...patents('KJ', 28, today), ...patents('YZ', 8, today), ...outputs]
