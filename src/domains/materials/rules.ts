import { type Rule, rule } from '../../kernel/records/rule.ts'
import { GIVERS, overdrawn } from './given.ts'

const events = { of: 'outreach.event', via: 'handouts.material' } as const
const sessions = { of: 'training.session', via: 'handouts.material' } as const

const problem = (field: string, { name, missing }: { name: string; missing: number }) => ({
  field,
  code: 'beyond-stock',
  zh: `“${name}”库存不足，还差${missing}份`,
  en: `${name} is ${missing} copies short`,
})

const givingRule = (type: string): Rule =>
  rule(`materials.stock-for-${type.split('.')[1]}`, {
    zh: '赠送资料不超过库存',
    en: 'No more is handed out than is in stock',
    type,
    reads: {
      materials: { by: 'handouts.material' },
      events: { ...events, same: 'handouts.material' },
      sessions: { ...sessions, same: 'handouts.material' },
    },
    check: (now, { materials, events, sessions }) =>
      overdrawn(materials!, [now, ...events!, ...sessions!]).map(short => problem('handouts', short)),
  })

export const rules = [
  ...GIVERS.map(givingRule),
  rule('materials.printed-covers', {
    zh: '入库资料不少于已赠送',
    en: 'What is printed covers what was handed out',
    type: 'materials.material',
    leaving: true,
    reads: { events, sessions },
    check: (now, { events, sessions }) => {
      const stands = ['entered', 'confirmed'].includes(now.status)
      const held = stands ? now : { ...now, fields: { ...now.fields, printings: [] } }
      return overdrawn([held], [...events!, ...sessions!]).map(short => problem('printings', short))
    },
  }),
]
