import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, formula, stockOf } from '../../kernel/figures/indicator.ts'
import { choice, day, mass, personalName, text } from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'

// The metrology station: instruments under compulsory verification, and each verification with the day it lapses.

export const kinds = {
  'electronic-scale': { zh: '电子秤', en: 'Electronic scale' },
  'postal-scale': { zh: '函件秤', en: 'Letter scale' },
  'platform-scale': { zh: '台秤', en: 'Platform scale' },
  weight: { zh: '标准砝码', en: 'Standard weight' },
} as const

export const sorts = {
  periodic: { zh: '周期检定', en: 'Periodic' },
  spot: { zh: '抽检', en: 'Spot check' },
  initial: { zh: '首次检定', en: 'Initial' },
} as const

export const results = {
  passed: { zh: '合格', en: 'Passed' },
  adjusted: { zh: '调修后合格', en: 'Passed after adjustment' },
  failed: { zh: '不合格', en: 'Failed' },
} as const

export const instrument = recordType('metrology.instrument', {
  title: { zh: '计量器具', en: 'Instrument' },
  day: 'boughtOn',
  fields: z.object({
    number: text({ zh: '器具编号', en: 'Instrument number', max: 40 }),
    kind: choice(kinds, { zh: '类别', en: 'Kind' }),
    model: text({ zh: '型号', en: 'Model', max: 60 }),
    maker: text({ zh: '厂家', en: 'Maker', max: 60 }).optional(),
    capacity: mass({ zh: '最大称量', en: 'Capacity' }).optional(),
    boughtOn: day({ zh: '购置日期', en: 'Bought on' }),
    inServiceOn: day({
      zh: '启用日期',
      en: 'In service on',
      help: { zh: '首次检定合格后才能启用', en: 'Only after its initial verification' },
    }).optional(),
    scrappedOn: day({ zh: '报废日期', en: 'Scrapped on' }).optional(),
  }),
  key: ['number'],
})

export const verification = recordType('metrology.verification', {
  title: { zh: '计量检定', en: 'Verification' },
  day: 'verifiedOn',
  fields: z.object({
    number: text({ zh: '器具编号', en: 'Instrument number', max: 40 }),
    kind: choice(kinds, { zh: '器具类别', en: 'Kind of instrument' }),
    sort: choice(sorts, { zh: '检定类别', en: 'Sort of verification' }),
    verifiedOn: day({ zh: '检定日期', en: 'Verified on' }),
    result: choice(results, { zh: '结论', en: 'Result' }),
    certificate: text({ zh: '证书编号', en: 'Certificate', max: 40 }).optional(),
    verifier: personalName({ zh: '检定员', en: 'Verifier' }).optional(),
    validUntil: day({ zh: '有效期至', en: 'Valid until', future: true }).optional(),
    renewedOn: day({ zh: '续检或停用日期', en: 'Renewed or withdrawn on' }).optional(),
  }),
  key: ['number', 'sort', 'verifiedOn'],
  check: ({ verifiedOn, validUntil }) =>
    typeof validUntil === 'string' && validUntil <= String(verifiedOn)
      ? [
          {
            field: 'validUntil',
            code: 'valid-before-verified',
            zh: '有效期应晚于检定日期',
            en: 'Validity must end after the verification',
          },
        ]
      : [],
})

const verifications = (sort: keyof typeof sorts, zh: string, en: string, ...synonyms: string[]) =>
  countOf(verification, { zh, en, unit: 'instrument', by: ['kind', 'result'], where: { sort }, synonyms })

export const indicators = {
  'metrology.periodic': verifications(
    'periodic',
    '周期检定',
    'Periodic verifications',
    '周检',
    '周检电子秤',
    '电子秤进行周检',
  ),
  'metrology.spot': verifications('spot', '抽检', 'Spot checks', '抽检电子秤'),
  'metrology.initial': verifications(
    'initial',
    '新购检定',
    'Initial verifications',
    '新购置检定',
    '新购置电子秤计量检定',
    '首次检定',
  ),
  'metrology.verified': countOf(verification, {
    zh: '检定计量器具',
    en: 'Verifications',
    unit: 'instrument',
    by: ['sort', 'result'],
  }),
  'metrology.pass-rate': formula('1 - metrology.verified[result=failed] / metrology.verified', {
    zh: '检定合格率',
    en: 'Pass rate',
    unit: 'percent',
  }),
  'metrology.spot-share': formula('metrology.spot / metrology.periodic', {
    zh: '抽检比例',
    en: 'Spot checks per periodic verification',
    unit: 'percent',
  }),
  'metrology.bought': countOf(instrument, {
    zh: '新购计量器具',
    en: 'Instruments bought',
    unit: 'instrument',
    by: ['kind'],
  }),
  'metrology.in-use': stockOf(instrument, {
    zh: '在用计量器具(期末)',
    en: 'Instruments in use',
    unit: 'instrument',
    since: 'inServiceOn',
    until: 'scrappedOn',
    by: ['kind'],
  }),
  'metrology.scrapped': countOf(instrument, {
    zh: '报废计量器具',
    en: 'Instruments scrapped',
    unit: 'instrument',
    day: 'scrappedOn',
  }),
  'metrology.lapsed': stockOf(verification, {
    zh: '检定超期器具(期末)',
    en: 'Instruments whose verification has lapsed',
    unit: 'instrument',
    since: 'validUntil',
    until: 'renewedOn',
    by: ['kind'],
    synonyms: ['超期未检'],
  }),
}

const summary = paragraph`
${sentence('计量站{{ period.words }}', [
  '完成电子秤周期检定{{ metrology.periodic }}',
  '抽检{{ metrology.spot }}，抽检比例{{ metrology.spot-share }}',
  '对新购器具检定{{ metrology.initial }}',
  '检定合格率{{ metrology.pass-rate }}',
])}${sentence('', ['期末在用计量器具{{ metrology.in-use }}', '超期未检的有{{ metrology.lapsed }}'])}`

const plan = sentence('计划', [
  '周期检定{{ metrology.periodic | next_target }}',
  '抽检{{ metrology.spot | next_target }}',
])

export default domain('metrology', {
  zh: '计量检定',
  en: 'Metrology',
  types: [instrument, verification],
  indicators,
  paragraphs: { summary, plan },
  awaiting: [
    {
      id: 'metrology.due',
      title: { zh: '计量器具到期待检', en: 'Instruments due for verification' },
      type: verification,
      due: { field: 'validUntil', days: 30 },
      until: 'renewedOn',
    },
  ],
})
