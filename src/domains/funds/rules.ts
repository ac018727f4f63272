import { rule, type Seen } from '../../kernel/records/rule.ts'

const SIGNED: ReadonlySet<string> = new Set(['signed', 'performed', 'closed'])

const sum = (list: readonly Seen[], field: string) => list.reduce((all, { fields }) => all + Number(fields[field]), 0)
const yuan = (fen: number) => `${(fen / 100).toFixed(2)}元`
const counts = ({ status }: Seen) => status === 'entered' || status === 'confirmed'

/** What a budget has to spend: its own and what it was carried, without what it passed on to the next. Fen. */
export const available = ({ fields }: Seen, next: readonly Seen[]) =>
  Number(fields.amount) + Number(fields.carried ?? 0) - sum(next, 'carried')

export const rules = [
  rule('funds.within-budget', {
    zh: '支付不超预算、不跨年度',
    en: 'Payments keep to the budget of their year',
    type: 'funds.payment',
    reads: {
      budgets: { by: 'budget' },
      others: { of: 'funds.payment', via: 'budget', same: 'budget' },
      next: { of: 'funds.budget', via: 'from', same: 'budget' },
    },
    check: (now, { budgets, others, next }) =>
      budgets!.flatMap(budget => {
        const left = available(budget, next!) - sum(others!, 'amount')
        const over = Number(now.fields.amount) > left
        const otherYear = now.day.slice(0, 4) !== String(budget.fields.year)
        return [
          ...(over
            ? [
                {
                  field: 'amount',
                  code: 'beyond-budget',
                  zh: `超出预算，该预算还剩${yuan(Math.max(0, left))}`,
                  en: `Beyond the budget, which has ${yuan(Math.max(0, left))} left`,
                },
              ]
            : []),
          ...(otherYear
            ? [
                {
                  field: 'paidOn',
                  code: 'other-year',
                  zh: `该预算是${budget.fields.year}年度的，结转后再支付`,
                  en: `That budget is of ${budget.fields.year}; carry it over first`,
                },
              ]
            : []),
        ]
      }),
  }),
  rule('funds.contracted', {
    zh: '按已签订的合同支付，不超合同金额',
    en: 'Paid under a signed contract, up to its amount',
    type: 'funds.payment',
    reads: {
      contracts: { by: 'contract' },
      budgets: { by: 'budget' },
      others: { of: 'funds.payment', via: 'contract', same: 'contract' },
    },
    check: (now, { contracts, budgets, others }) =>
      contracts!.flatMap(({ state, fields }) => [
        ...(SIGNED.has(state)
          ? []
          : [{ field: 'contract', code: 'not-signed', zh: '合同还没有签订', en: 'The contract is not signed' }]),
        ...(budgets!.every(budget => budget.fields.project === fields.project)
          ? []
          : [
              { field: 'budget', code: 'other-project', zh: '不是该合同项目的预算', en: 'A budget of another project' },
            ]),
        ...(sum([now, ...others!], 'amount') > Number(fields.amount)
          ? [{ field: 'amount', code: 'beyond-contract', zh: '超出合同金额', en: 'Beyond the amount of the contract' }]
          : []),
      ]),
  }),
  rule('funds.milestone-done', {
    zh: '节点完成后才能支付',
    en: 'Paid for milestones that are done',
    type: 'funds.payment',
    reads: { milestones: { by: 'milestone' } },
    check: (now, { milestones }) =>
      milestones!.flatMap(({ fields }) => [
        ...(fields.contract === now.fields.contract
          ? []
          : [{ field: 'milestone', code: 'other-contract', zh: '不是该合同的节点', en: 'Of another contract' }]),
        ...(typeof fields.doneOn === 'string' && fields.doneOn <= now.day
          ? []
          : [{ field: 'milestone', code: 'not-done', zh: '该节点还没有完成', en: 'That milestone is not done' }]),
      ]),
  }),
  rule('funds.covers', {
    zh: '预算不少于已支付和已结转的',
    en: 'A budget covers what was paid and carried over',
    type: 'funds.budget',
    leaving: true,
    reads: { payments: { of: 'funds.payment', via: 'budget' }, next: { of: 'funds.budget', via: 'from' } },
    check: (now, { payments, next }) => {
      const left = (counts(now) ? available(now, next!) : -sum(next!, 'carried')) - sum(payments!, 'amount')
      return left < 0
        ? [{ field: 'amount', code: 'spent', zh: '少于已支付和已结转的', en: 'Less than was paid and carried over' }]
        : []
    },
  }),
  rule('funds.carried', {
    zh: '结转不超上年结余',
    en: 'No more is carried over than is left',
    type: 'funds.budget',
    reads: {
      before: { by: 'from' },
      paid: { of: 'funds.payment', via: 'budget', same: 'from' },
      siblings: { of: 'funds.budget', via: 'from', same: 'from' },
    },
    check: ({ fields }, { before, paid, siblings }) => {
      const carried = Number(fields.carried ?? 0)
      if (before!.length === 0)
        return carried === 0
          ? []
          : [{ field: 'from', code: 'missing', zh: '请指明结转自哪条预算', en: 'Say which budget it comes from' }]
      return before!.flatMap(last => {
        const left = available(last, siblings!) - sum(paid!, 'amount')
        const follows =
          last.fields.project === fields.project &&
          last.fields.source === fields.source &&
          Number(last.fields.year) + 1 === Number(fields.year)
        return [
          ...(follows
            ? []
            : [
                {
                  field: 'from',
                  code: 'not-last-year',
                  zh: '应是同一项目、同一来源上一年度的预算',
                  en: 'Should be last year’s budget of the same project and source',
                },
              ]),
          ...(carried > left
            ? [
                {
                  field: 'carried',
                  code: 'beyond-left',
                  zh: `上年结余只有${yuan(left)}`,
                  en: `Only ${yuan(left)} is left of last year`,
                },
              ]
            : []),
        ]
      })
    },
  }),
  rule('funds.one-fund', {
    zh: '一个项目只列一个资金科目',
    en: 'A project stands under one fund',
    type: 'funds.budget',
    reads: { others: { of: 'funds.budget', via: 'project', same: 'project' } },
    check: ({ fields }, { others }) =>
      others!.every(other => other.fields.fund === fields.fund)
        ? []
        : [
            {
              field: 'fund',
              code: 'two-funds',
              zh: '该项目已列在另一资金科目下，不能重复计算',
              en: 'The project stands under another fund already and would count twice',
            },
          ],
  }),
]
