import { randomOf } from '../demo/generate/random.ts'

// Questions as farmers ask them, put together from what they ask about; and the same asked in other words.

const CROPS = [
  '水稻',
  '辣椒',
  '苦瓜',
  '冬瓜',
  '番茄',
  '豆角',
  '香蕉',
  '荔枝',
  '茶树',
  '棉花',
  '甘蔗',
  '生猪',
  '肉鸡',
  '黄牛',
  '罗非鱼',
  '金银花',
]
const KEYS = [
  'rice',
  'chilli',
  'melons',
  'melons',
  'tomato',
  'beans',
  'fruit',
  'fruit',
  'tea',
  'cotton',
  'sugarcane',
  'pigs',
  'poultry',
  'cattle',
  'fish',
  'honeysuckle',
]
const WHEN = [
  '苗期',
  '移栽后',
  '分蘖期',
  '开花时',
  '结果期',
  '雨后',
  '高温天',
  '寒潮过后',
  '采收前',
  '施肥以后',
  '换水后',
  '连作地里',
]
const WHERE = ['叶片', '叶背', '茎基部', '根部', '嫩梢', '花蕾', '果实', '果柄', '枝条', '皮肤', '鳃部', '粪便']
const WHAT = [
  '发黄',
  '出现褐色斑点',
  '有灰色霉层',
  '卷缩变脆',
  '流胶',
  '腐烂发臭',
  '被虫咬出洞',
  '布满白粉',
  '长不大',
  '干枯脱落',
  '红肿',
  '出血',
  '畸形',
  '有水渍状斑',
]
const HOW = ['怎么防治', '用什么药', '是什么病', '会不会传染', '还能不能救', '怎样补救']
const OTHER: Readonly<Record<string, string>> = {
  发黄: '黄了',
  出现褐色斑点: '起了褐色的斑',
  有灰色霉层: '一层灰霉',
  怎么防治: '该怎么治',
  用什么药: '打什么药好',
  是什么病: '得了啥病',
}

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!

interface Answer {
  readonly question: string
  readonly parts: readonly string[]
}

export const answersOf = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const { parts, question } = questionOf(i)
    return {
      writtenOn: '2024-01-10',
      question,
      keywords: parts.slice(2, 4).join(' '),
      crop: pick(KEYS, i),
      subject: 'disease',
      answer: `${parts[0]}${parts[1]}${parts[2]}${parts[3]}，先查清原因，清除病残体，按说明对症用药，隔七天再看一次。`,
      reviewer: '植保站',
      goodUntil: '2199-12-31',
    }
  })

function questionOf(i: number): Answer {
  const turns = Math.floor(i / CROPS.length)
  const parts = [
    pick(CROPS, i),
    pick(WHEN, turns),
    pick(WHERE, Math.floor(turns / WHEN.length)),
    pick(WHAT, Math.floor(turns / (WHEN.length * WHERE.length))),
    pick(HOW, i + turns),
  ]
  // Beyond all combinations the place tells them apart, as it does in life.
  return { parts, question: `${parts.join('')}${i % 3 === 0 ? `（${i}号地）` : ''}` }
}

/** The same question in another order and other words. */
export function typedFor({ question }: { readonly question: string }, seed: number): string {
  const random = randomOf(`typed ${seed}`)
  const [crop, when, where, what, how] = [CROPS, WHEN, WHERE, WHAT, HOW].map(
    list => list.find(one => question.includes(one))!,
  )
  const said = [when!, `${crop}的${where}`, OTHER[what!] ?? what!]
  const plot = /（\d+号地）/.exec(question)?.[0].slice(1, -1) ?? ''
  return `${random.chance(0.5) ? said.join('') : [said[1], said[2], said[0]].join('')}${plot}${OTHER[how!] ?? how!}`
}
