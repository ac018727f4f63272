import { rule, type Seen } from '../../kernel/records/rule.ts'

const APPROVED: ReadonlySet<string> = new Set(['won', 'established', 'accepted', 'stopped'])
const SIGNED: ReadonlySet<string> = new Set(['signed', 'performed', 'closed', 'terminated'])

const isSigned = ({ state }: Seen) => SIGNED.has(state)

const unapproved = {
  field: 'project',
  code: 'not-approved',
  zh: '项目申报还没有批准，不能签订合同',
  en: 'The application is not approved; no contract can be signed',
}

export const rules = [
  rule('contracts.approved', {
    zh: '项目批准后才能签订合同',
    en: 'Signed for approved projects only',
    type: 'contracts.contract',
    reads: { projects: { by: 'project' } },
    check: (now, { projects }) =>
      !isSigned(now) || now.fields.project === undefined || projects!.some(({ state }) => APPROVED.has(state))
        ? []
        : [unapproved],
  }),
  rule('contracts.project-stays', {
    zh: '已签合同的项目不能作废',
    en: 'A project with a signed contract stays',
    type: 'projects.project',
    leaving: true,
    reads: { contracts: { of: 'contracts.contract', via: 'project' } },
    check: (now, { contracts }) =>
      contracts!.some(isSigned) && (!isCounting(now) || !APPROVED.has(now.state))
        ? [{ ...unapproved, code: 'has-contract', zh: '已有签订的合同', en: 'There is a signed contract' }]
        : [],
  }),
  rule('contracts.milestone-of-signed', {
    zh: '合同签订后才有节点',
    en: 'Milestones belong to signed contracts',
    type: 'contracts.milestone',
    reads: {
      contracts: { by: 'contract' },
      others: { of: 'contracts.milestone', via: 'contract', same: 'contract' },
    },
    check: (now, { contracts, others }) => {
      const weight = [now, ...others!].reduce((sum, { fields }) => sum + Number(fields.weight), 0)
      return [
        ...(contracts!.some(isSigned)
          ? []
          : [{ field: 'contract', code: 'not-signed', zh: '合同还没有签订', en: 'The contract is not signed' }]),
        ...(weight > 100
          ? [
              {
                field: 'weight',
                code: 'above-100',
                zh: `各节点权重合计${weight}%，不能超过100%`,
                en: `The weights add up to ${weight}%, more than 100%`,
              },
            ]
          : []),
      ]
    },
  }),
  rule('contracts.contract-stays', {
    zh: '有节点的合同不能作废',
    en: 'A contract with milestones stays',
    type: 'contracts.contract',
    leaving: true,
    reads: { milestones: { of: 'contracts.milestone', via: 'contract' } },
    check: (now, { milestones }) =>
      milestones!.length > 0 && (!isCounting(now) || !isSigned(now))
        ? [{ field: 'number', code: 'has-milestones', zh: '合同下已有节点', en: 'The contract has milestones' }]
        : [],
  }),
  rule('contracts.amended', {
    zh: '签订后的期限和金额只按批准的变更修改',
    en: 'A signed term or amount changes by approval only',
    type: 'contracts.contract',
    reads: { amendments: { of: 'contracts.amendment', via: 'contract' } },
    check: (now, { amendments }, before) => {
      if (!before || !isSigned(before)) return []
      const approved = amendments!.filter(({ state }) => state === 'approved')
      return ['endsOn', 'amount']
        .filter(name => now.fields[name] !== before.fields[name])
        .filter(name => !approved.some(({ fields }) => fields[name] === now.fields[name]))
        .map(field => ({
          field,
          code: 'not-amended',
          zh: '合同已签订，先提出变更申请并获批准',
          en: 'The contract is signed: ask for a change and have it approved first',
        }))
    },
  }),
]

const isCounting = ({ status }: Seen) => status === 'entered' || status === 'confirmed'
