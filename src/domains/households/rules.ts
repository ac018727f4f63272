import { rule, type Seen } from '../../kernel/records/rule.ts'
import type { Fields } from '../../kernel/records/type.ts'
import type { Words } from '../../kernel/words.ts'

type Problem = Words & { readonly field: string; readonly code: string }

const until = ({ fields }: Seen) => String(fields.until ?? '9999-12-31')
const overlap = (a: Seen, b: Seen) => String(a.fields.since) < until(b) && String(b.fields.since) < until(a)

interface Receipt {
  readonly number: string
  readonly amount: number
}

/** Aid, in money or in kind, is worth what its receipts say. */
export function receiptProblems({ amount, receipts }: Fields): Problem[] {
  // The type's own schema has checked these rows.
  const list = receipts as readonly Receipt[]
  const total = list.reduce((sum, receipt) => sum + receipt.amount, 0)
  const numbers = list.map(receipt => receipt.number)
  if (new Set(numbers).size < numbers.length)
    return [{ field: 'receipts', code: 'receipt-twice', zh: '同一张票据写了两次', en: 'The same receipt stands twice' }]
  return total === amount
    ? []
    : [
        {
          field: 'receipts',
          code: 'receipts-differ',
          zh: `票据合计${total / 100}元，与金额${Number(amount) / 100}元不符`,
          en: `The receipts add up to ${total / 100} yuan, the amount is ${Number(amount) / 100} yuan`,
        },
      ]
}

export const rules = [
  rule('households.one-to-one', {
    zh: '一户一名帮扶人，一名帮扶人一户',
    en: 'One helper a household, one household a helper',
    type: 'households.pairing',
    reads: {
      ofHousehold: { of: 'households.pairing', via: 'household', same: 'household' },
      ofHelper: { of: 'households.pairing', via: 'helper', same: 'helper' },
    },
    check: (now, { ofHousehold, ofHelper }) => [
      ...(ofHousehold!.some(other => overlap(now, other))
        ? [
            {
              field: 'household',
              code: 'paired',
              zh: '这一户同期已有帮扶人',
              en: 'this household has a helper at that time',
            },
          ]
        : []),
      ...(ofHelper!.some(other => overlap(now, other))
        ? [
            {
              field: 'helper',
              code: 'paired',
              zh: '这名帮扶人同期已结对一户',
              en: 'this helper has a household at that time',
            },
          ]
        : []),
    ],
  }),
  rule('households.visit-done', {
    zh: '已走访的要有日期和内容',
    en: 'A visit that is done has its day and what was done',
    type: 'households.visit',
    reads: { pairings: { by: 'pairing' } },
    check: (now, { pairings }) => {
      if (now.state !== 'done') return []
      const { visitedOn, work } = now.fields
      if (visitedOn === undefined || work === undefined)
        return [
          {
            field: 'visitedOn',
            code: 'nothing-told',
            zh: '请填走访日期和走访内容',
            en: 'tell the day and what was done',
          },
        ]
      return pairings!.every(({ fields }) => String(fields.since) <= String(visitedOn))
        ? []
        : [{ field: 'visitedOn', code: 'before-pairing', zh: '早于结对日期', en: 'it comes before the pairing' }]
    },
  }),
]
