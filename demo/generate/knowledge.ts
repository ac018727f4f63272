import { addDays, daysIn } from './calendar.ts'
import { allAsked } from './questions.ts'
import { randomOf } from './random.ts'
import type { DemoRecord, Generator } from './record.ts'

// What county A knows: answers to what is asked again and again, varieties, pests, and the calendar of its crops.

const REVIEWERS = ['植保站 陈站长', '农技中心 吴主任', '畜牧站 王站长'] as const

const VARIETIES = [
  ['rice', '特优63', '全生育期125天，穗大粒多，米质中上', 125, 520],
  ['rice', '博优225', '感温型晚籼，抗倒伏，适合水肥中等田', 118, 480],
  ['chilli', '茂椒四号', '果大肉厚，耐贮运，适合冬种北运', 110, 2200],
  ['melons', '丰绿苦瓜', '瓜身饱满，瘤条粗直，耐热', 85, 2600],
  ['melons', '铁柱冬瓜', '单瓜重15公斤以上，肉厚耐运', 120, 6500],
  ['tomato', '千禧', '樱桃番茄，串果整齐，糖度高', 90, 3000],
  ['fruit', '妃子笑', '早熟荔枝，果大皮薄，须控梢促花', 365, 900],
  ['honeysuckle', '大毛花', '蕾期集中，花多易采', 365, 110],
] as const

const HARMS = [
  [
    '稻纵卷叶螟',
    '刮青虫',
    'insect',
    ['rice'],
    '幼虫吐丝把叶片纵卷成苞，在内啃食叶肉，留下白斑',
    '二龄前用药，傍晚喷雾，保护寄生蜂',
    14,
  ],
  [
    '稻飞虱',
    '火蠓',
    'insect',
    ['rice'],
    '群集稻丛基部吸汁，严重时成片枯黄倒伏',
    '查丛施药，对准基部喷，注意轮换药剂',
    14,
  ],
  [
    '辣椒疫病',
    '茎基腐',
    'disease',
    ['chilli'],
    '茎基部水渍状变黑，叶片萎蔫，雨后成片发生',
    '高畦排水，拔除病株，病穴撒石灰，灌根保护',
    7,
  ],
  ['瓜实蝇', '针蜂', 'insect', ['melons'], '果面有产卵孔，果内有蛆，提早黄落', '套袋，诱杀成虫，集中深埋落果', 5],
  [
    '荔枝霜疫霉病',
    null,
    'disease',
    ['fruit'],
    '果面不规则褐斑，潮湿时长白霉，落果',
    '清园，疏枝通风，雨前保护性喷药',
    10,
  ],
  ['稗草', null, 'weed', ['rice'], '叶鞘光滑无叶耳，与稻苗争肥', '播后芽前封闭，三叶期前补防', 0],
] as const

const SEASONS = [
  ['rice', 'm01c', 'm02c', '早稻秧田期', '浸种催芽，薄膜保温育秧', '防寒潮烂秧'],
  ['rice', 'm03a', 'm03c', '早稻移栽期', '施足基肥，浅水插秧', '防低温僵苗'],
  ['rice', 'm05b', 'm06a', '早稻孕穗抽穗期', '保持水层，看苗施穗肥', '防纹枯病、稻纵卷叶螟'],
  ['rice', 'm07a', 'm07c', '早稻收获晚稻移栽', '抢晴收割，及时翻犁插晚稻', '防台风'],
  ['chilli', 'm09a', 'm10b', '冬种辣椒育苗期', '营养杯育苗，遮阴防雨', '防猝倒病、蚜虫'],
  ['chilli', 'm12a', 'm02c', '冬种辣椒采收期', '分批采收，追施钾肥', '防疫病、寒害'],
  ['fruit', 'm11a', 'm12c', '荔枝控梢促花期', '断根控水，杀冬梢', '防暖冬冲梢'],
  ['fruit', 'm05a', 'm06b', '荔枝果实膨大采收期', '疏果，壮果肥，适时采收', '防霜疫霉病、蒂蛀虫'],
  ['melons', 'm02a', 'm04c', '瓜类伸蔓结果期', '引蔓上架，人工授粉', '防瓜实蝇、白粉病'],
  ['honeysuckle', 'm05a', 'm06c', '金银花采收期', '晴天上午采蕾，当日烘晒', '防蚜虫'],
] as const

export const knowledge: Generator = today => {
  const random = randomOf('knowledge')
  const entry = (type: string, writtenOn: string, state: string, fields: object): DemoRecord => ({
    type: `knowledge.${type}`,
    org: 'KJ-A',
    state,
    fields: { writtenOn, reviewer: random.pick(REVIEWERS), goodUntil: addDays(writtenOn, 900), ...fields },
  })
  const [first, later] = [daysIn(random, 2023, 60), daysIn(random, 2024, 60)]
  const answers = allAsked().map(({ question, answer, crop, subject }, i) =>
    entry('answer', (i % 2 === 0 ? first : later)[i % 60]!, i % 17 === 16 ? 'written' : 'reviewed', {
      question,
      answer,
      crop,
      subject,
      source: '县农业技术推广中心技术规程',
    }),
  )
  const varieties = VARIETIES.map(([crop, name, traits, days, kilograms], i) =>
    entry('variety', first[i]!, 'reviewed', { crop, name, traits, days, yield: kilograms * 1000 }),
  )
  // Published with their pictures, which somebody still has to take.
  const harms = HARMS.map(([name, alias, kind, crops, symptoms, control, interval], i) =>
    entry('harm', later[i]!, 'written', {
      name,
      ...(alias ? { alias } : {}),
      kind,
      crops,
      symptoms,
      control,
      interval,
    }),
  )
  const calendar = SEASONS.map(([crop, from, until, stage, work, watch], i) =>
    entry('season', first[i + 20]!, 'reviewed', { crop, from, until, stage, work, watch }),
  )
  return [...answers, ...varieties, ...harms, ...calendar].filter(({ fields }) => String(fields.writtenOn) <= today)
}
