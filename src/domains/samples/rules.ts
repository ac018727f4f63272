import { rule } from '../../kernel/records/rule.ts'
import type { Fields } from '../../kernel/records/type.ts'
import type { Words } from '../../kernel/words.ts'

interface Handover {
  readonly on: string
  readonly from: string
  readonly to: string
  readonly seal: string
}

const REACHED: ReadonlySet<string> = new Set(['received', 'reported'])

export const handoversOf = (fields: Fields) => (fields.handovers ?? []) as readonly Handover[]

/** Where hands change without a gap: in order of days, each from whom the one before gave to. */
export function brokenChain(fields: Fields): (Words & { field: string; code: string })[] {
  const handovers = handoversOf(fields)
  for (const [i, next] of handovers.entries()) {
    const before = handovers[i - 1]
    if (before ? next.on < before.on : next.on < String(fields.packedOn))
      return [
        {
          field: 'handovers',
          code: 'handover-order',
          zh: `第${i + 1}次交接的日期早于前一环节`,
          en: `handover ${i + 1} comes before the step before it`,
        },
      ]
    if (before && before.to !== next.from)
      return [
        {
          field: 'handovers',
          code: 'handover-gap',
          zh: `第${i + 1}次交接的交出人应当是前一次的接收人“${before.to}”`,
          en: `handover ${i + 1} must be from ${before.to}, who received it before`,
        },
      ]
  }
  return []
}

export const rules = [
  rule('samples.received-by-handover', {
    zh: '有交接记录才算实验室已收',
    en: 'A parcel is received only by a handover',
    type: 'samples.parcel',
    reads: {},
    check: ({ state, fields }) => {
      if (!REACHED.has(state)) return []
      const last = handoversOf(fields).at(-1)
      return last?.to === fields.laboratory
        ? []
        : [
            {
              field: 'handovers',
              code: 'not-handed-over',
              zh: '最后一次交接的接收人应当是检测单位',
              en: 'the last handover must be to the laboratory',
            },
          ]
    },
  }),
  rule('samples.result-after-custody', {
    zh: '样品经完整交接到达实验室后才有结果',
    en: 'A result follows an unbroken chain of custody',
    type: 'samples.sample',
    reads: { parcels: { by: 'parcel' } },
    check: ({ state, fields }, { parcels }) => {
      if (state !== 'tested') return []
      const parcel = parcels![0]
      if (!parcel || !REACHED.has(parcel.state))
        return [
          {
            field: 'parcel',
            code: 'not-received',
            zh: '实验室还没有收到这批样品',
            en: 'the laboratory has not received it',
          },
        ]
      if (handoversOf(parcel.fields).some(({ seal }) => seal === 'broken'))
        return [{ field: 'parcel', code: 'seal-broken', zh: '交接时封签已破损', en: 'its seal was broken on the way' }]
      if (fields.selenium === undefined || fields.testedOn === undefined)
        return [
          {
            field: 'selenium',
            code: 'no-result',
            zh: '出结果要填硒含量和检测日期',
            en: 'a result needs content and day',
          },
        ]
      const arrived = handoversOf(parcel.fields).at(-1)!.on
      return String(fields.takenOn) > String(parcel.fields.packedOn) || String(fields.testedOn) < arrived
        ? [
            {
              field: 'testedOn',
              code: 'order',
              zh: '采样、封装、送达、检测的先后不对',
              en: 'taken, packed, arrived and tested are out of order',
            },
          ]
        : []
    },
  }),
  rule('samples.custody-stays', {
    zh: '已出结果的样品批次不能退回或作废',
    en: 'The parcel of tested samples stays received',
    type: 'samples.parcel',
    leaving: true,
    reads: { samples: { of: 'samples.sample', via: 'parcel' } },
    check: ({ status, state, fields }, { samples }) => {
      const stands = ['entered', 'confirmed'].includes(status) && REACHED.has(state)
      const sound = stands && !handoversOf(fields).some(({ seal }) => seal === 'broken')
      return sound || samples!.every(sample => sample.state !== 'tested')
        ? []
        : [{ field: 'handovers', code: 'tested', zh: '这批样品已有检测结果', en: 'samples of it have results' }]
    },
  }),
]
