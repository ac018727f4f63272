import { rule } from '../../kernel/records/rule.ts'

export const rules = [
  rule('correspondence.sequence', {
    zh: '发文号不跳号、不重号',
    en: 'Numbers of a series leave no gap',
    type: 'correspondence.outgoing',
    leaving: true,
    reads: { others: { of: 'correspondence.outgoing', via: 'series', same: 'series' } },
    check: (now, { others }, before) => {
      const counts = now.status === 'entered' || now.status === 'confirmed'
      const counted = before?.status === 'entered' || before?.status === 'confirmed'
      if (counts && !counted) {
        const numbers = new Set([now, ...others!].map(({ fields }) => Number(fields.number)))
        const next = firstMissing(numbers)
        return Number(now.fields.number) < next
          ? []
          : [{ field: 'number', code: 'not-next', zh: `应为${next}号`, en: `Should be number ${next}` }]
      }
      const renumbered =
        before !== null && (before.fields.series !== now.fields.series || before.fields.number !== now.fields.number)
      return counted && (!counts || renumbered)
        ? [
            {
              field: 'number',
              code: 'stays',
              zh: '已编的号不能改也不能作废；不用的改为“已撤销”',
              en: 'A number that was given stays; cancel the document instead',
            },
          ]
        : []
    },
  }),
]

function firstMissing(numbers: ReadonlySet<number>): number {
  let next = 1
  while (numbers.has(next)) next++
  return next
}
