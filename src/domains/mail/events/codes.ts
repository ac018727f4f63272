import type { Words } from '../../../kernel/words.ts'

// What can happen to an item or a bag. EMSEVT has codes for what a customer asks about; those of custody are our own.

/** What an event does to custody: see custody.ts. */
export type Effect = 'begins' | 'packs' | 'unpacks' | 'opens' | 'hands' | 'ends' | 'sees'

interface Code extends Words {
  readonly of: 'item' | 'bag' | 'both'
  readonly effect: Effect
  /** May the public see it. */
  readonly isPublic: boolean
}

export const CODES = {
  EMA: { zh: '收寄', en: 'Accepted', of: 'item', effect: 'begins', isPublic: true },
  EMB: { zh: '到达出口互换局', en: 'At outward office of exchange', of: 'both', effect: 'sees', isPublic: true },
  EMC: { zh: '离开出口互换局', en: 'Left outward office of exchange', of: 'both', effect: 'sees', isPublic: true },
  EMD: { zh: '到达进口互换局', en: 'At inward office of exchange', of: 'both', effect: 'sees', isPublic: true },
  EME: { zh: '海关留存', en: 'Held by customs', of: 'item', effect: 'sees', isPublic: true },
  EMF: { zh: '离开进口互换局', en: 'Left inward office of exchange', of: 'both', effect: 'sees', isPublic: true },
  EMG: { zh: '到达投递局', en: 'At delivery office', of: 'item', effect: 'sees', isPublic: true },
  EDG: { zh: '安排投递', en: 'Out for delivery', of: 'item', effect: 'sees', isPublic: true },
  EDH: { zh: '到达自提点', en: 'At collection point', of: 'item', effect: 'sees', isPublic: true },
  EMH: { zh: '未妥投', en: 'Not delivered', of: 'item', effect: 'sees', isPublic: true },
  EMI: { zh: '妥投', en: 'Delivered', of: 'item', effect: 'ends', isPublic: true },
  EMJ: { zh: '到达经转局', en: 'At transit office', of: 'both', effect: 'sees', isPublic: true },
  EMK: { zh: '离开经转局', en: 'Left transit office', of: 'both', effect: 'sees', isPublic: true },
  PCK: { zh: '装入总包', en: 'Put into a bag', of: 'item', effect: 'packs', isPublic: false },
  UNP: { zh: '开拆取出', en: 'Taken out of a bag', of: 'item', effect: 'unpacks', isPublic: false },
  RTN: { zh: '退回寄件人', en: 'Returned to the sender', of: 'item', effect: 'ends', isPublic: true },
  CLS: { zh: '封发', en: 'Closed', of: 'bag', effect: 'begins', isPublic: false },
  OPN: { zh: '开拆', en: 'Opened', of: 'bag', effect: 'opens', isPublic: false },
  HND: { zh: '交接', en: 'Handed over', of: 'both', effect: 'hands', isPublic: false },
  ADJ: { zh: '验单裁定', en: 'Settled by a finding', of: 'both', effect: 'hands', isPublic: false },
} as const satisfies Readonly<Record<string, Code>>

export type EventCode = keyof typeof CODES

export const isEventCode = (code: string): code is EventCode => Object.hasOwn(CODES, code)

/** Events of one instant go in this order: a thing is there before it moves, and moves before it ends. */
export const rankOf = (code: EventCode): number => RANKS[CODES[code].effect]

const RANKS: Readonly<Record<Effect, number>> = {
  begins: 0,
  unpacks: 1,
  hands: 2,
  sees: 3,
  packs: 4,
  opens: 5,
  ends: 6,
}
