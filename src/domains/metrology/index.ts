import { z } from 'zod'
import { domain } from '../../kernel/domain.ts'
import {
  choice,
  choices,
  count,
  day,
  integer,
  mass,
  personalName,
  reference,
  rows,
  text,
} from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'
import { certificate } from './certificate.ts'
import { draw, redraw } from './draw.ts'
import { indicatorsOf } from './indicators.ts'
import { overdue } from './overdue.ts'
import { plan, summary } from './paragraphs.ts'
import { rules } from './rules.ts'
import { kinds, results, sorts } from './topics.ts'

// The metrology station: instruments under compulsory verification, each verification with the day it lapses, who may
// verify, and the samples that are looked at again.

const instrumentNumber = text({ zh: '器具编号', en: 'Instrument number', max: 40, linked: true })

export const instrument = recordType('metrology.instrument', {
  title: { zh: '计量器具', en: 'Instrument' },
  day: 'boughtOn',
  fields: z.object({
    number: instrumentNumber,
    kind: choice(kinds, { zh: '类别', en: 'Kind' }),
    model: text({ zh: '型号', en: 'Model', max: 60 }),
    maker: text({ zh: '厂家', en: 'Maker', max: 60 }).optional(),
    capacity: mass({ zh: '最大称量', en: 'Capacity' }).optional(),
    boughtOn: day({ zh: '购置日期', en: 'Bought on' }),
    inServiceOn: day({
      zh: '启用日期',
      en: 'In service on',
      help: { zh: '首次检定合格、有证书后才能启用', en: 'Only once it is verified and has its certificate' },
    }).optional(),
    scrappedOn: day({ zh: '报废日期', en: 'Scrapped on' }).optional(),
  }),
  key: ['number'],
})

export const verification = recordType('metrology.verification', {
  title: { zh: '计量检定', en: 'Verification' },
  day: 'verifiedOn',
  fields: z.object({
    number: instrumentNumber,
    kind: choice(kinds, { zh: '器具类别', en: 'Kind of instrument' }),
    sort: choice(sorts, { zh: '检定类别', en: 'Sort of verification' }),
    verifiedOn: day({ zh: '检定日期', en: 'Verified on' }),
    result: choice(results, { zh: '结论', en: 'Result' }),
    certificate: text({ zh: '证书编号', en: 'Certificate', max: 40 }).optional(),
    verifier: text({ zh: '检定员证号', en: 'Number of the verifier', max: 40, linked: true }).optional(),
    sampling: reference('metrology.sampling', { zh: '抽样', en: 'Sampling' }).optional(),
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

export const qualification = recordType('metrology.qualification', {
  title: { zh: '检定员资格', en: "Verifier's qualification" },
  day: 'issuedOn',
  fields: z.object({
    number: text({ zh: '检定员证号', en: 'Number', max: 40, linked: true }),
    name: personalName({ zh: '姓名', en: 'Name' }),
    kinds: choices(kinds, { zh: '检定项目', en: 'May verify' }),
    issuedOn: day({ zh: '发证日期', en: 'Issued on' }),
    validUntil: day({ zh: '有效期至', en: 'Valid until', future: true }),
    renewedOn: day({ zh: '换证或离岗日期', en: 'Renewed or left on' }).optional(),
  }),
  key: ['number', 'issuedOn'],
})

export const sampling = recordType('metrology.sampling', {
  title: { zh: '抽检抽样', en: 'Sampling' },
  help: {
    zh: '用“抽样”生成，任何人可按种子重新抽出同样的器具',
    en: 'Made by drawing; anybody can draw the same again from its seed',
  },
  day: 'drawnOn',
  fields: z.object({
    drawnOn: day({ zh: '抽样日期', en: 'Drawn on' }),
    seed: text({ zh: '随机种子', en: 'Seed', max: 60 }),
    percent: integer({ zh: '抽样比例', en: 'Share', min: 1, max: 100, unit: 'percent' }),
    lot: count({ zh: '批量', en: 'Lot', unit: 'instrument' }),
    drawn: rows({ number: instrumentNumber }, { zh: '抽中器具', en: 'Drawn' }),
  }),
  key: ['seed', 'drawnOn'],
})

export default domain('metrology', {
  zh: '计量检定',
  en: 'Metrology',
  types: [instrument, verification, qualification, sampling],
  indicators: indicatorsOf(instrument, verification, qualification),
  paragraphs: { summary, plan },
  rules,
  operations: [overdue, certificate, draw, redraw],
  awaiting: [
    {
      id: 'metrology.due',
      title: { zh: '计量器具到期待检', en: 'Instruments due for verification' },
      type: verification,
      due: { field: 'validUntil', days: 30 },
      until: 'renewedOn',
    },
    {
      id: 'metrology.qualifications',
      title: { zh: '检定员证到期', en: "Verifiers' qualifications lapsing" },
      type: qualification,
      due: { field: 'validUntil', days: 60 },
      until: 'renewedOn',
    },
  ],
})
