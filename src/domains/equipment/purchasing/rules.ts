import { type RuleProblem, rule, type Seen } from '../../../kernel/records/rule.ts'
import { differences, type Item, itemKey, itemsOf, quantities } from './items.ts'

/** What is ordered is what the approved version lists, no more and nothing else. */
function beyond(ordered: readonly Item[], listed: readonly Item[]): RuleProblem[] {
  const approved = quantities(listed)
  return [...quantities(ordered)]
    .filter(([key, quantity]) => quantity > (approved.get(key) ?? 0))
    .map(([key, quantity]) => {
      const most = approved.get(key) ?? 0
      const { model } = ordered.find(item => itemKey(item) === key)!
      return {
        field: 'items',
        code: 'beyond-plan',
        zh: `“${model}”共订${quantity}台，批准的配置方案是${most}台`,
        en: `${quantity} of ${model} are ordered, the approved plan has ${most}`,
      }
    })
}

const asApproved = rule('purchasing.as-approved', {
  zh: '采购清单与批准的配置方案一致',
  en: 'What is ordered is what the approved configuration lists',
  type: 'purchasing.contract',
  reads: {
    plan: { by: 'configuration' },
    others: { of: 'purchasing.contract', via: 'configuration', same: 'configuration' },
    tender: { by: 'tender' },
  },
  check(now, { plan = [], others = [], tender = [] }) {
    const ordered = [now, ...others].flatMap(itemsOf)
    const problems: RuleProblem[] = plan.flatMap(one =>
      one.state === 'approved'
        ? beyond(ordered, itemsOf(one))
        : [
            {
              field: 'configuration',
              code: 'not-approved',
              zh: '不是批准执行的版次',
              en: 'is not the approved version',
            },
          ],
    )
    if (tender.some(one => one.state !== 'awarded' || one.fields.winner !== now.fields.supplier))
      problems.push({ field: 'supplier', code: 'not-winner', zh: '不是中标单位', en: 'did not win the tender' })
    return problems
  },
})

const oneApproved = rule('purchasing.one-approved', {
  zh: '同一方案只有一版批准执行，且不少于已订',
  en: 'One version of a plan is approved, and lists what is ordered',
  type: 'purchasing.configuration',
  reads: {
    versions: { of: 'purchasing.configuration', via: 'number', same: 'number' },
    contracts: { of: 'purchasing.contract', via: 'configuration' },
  },
  check(now, { versions = [], contracts = [] }, before) {
    const problems: RuleProblem[] = []
    if (now.state === 'approved') {
      if (now.fields.approvedOn === undefined)
        problems.push({ field: 'approvedOn', code: 'undated', zh: '批准要有日期', en: 'say when it was approved' })
      if (versions.some(one => one.state === 'approved'))
        problems.push({
          field: 'state',
          code: 'another',
          zh: '另一版还在执行，请先作废',
          en: 'another version is still approved',
        })
      problems.push(...beyond(contracts.flatMap(itemsOf), itemsOf(now)))
    }
    // A version that was approved is what people ordered by: it is revised by the next one.
    if (before && before.state !== 'draft' && differences(itemsOf(before), itemsOf(now)).length > 0)
      problems.push({
        field: 'items',
        code: 'approved',
        zh: '批准后的清单不能改，请另录一版',
        en: 'cannot change once approved; enter the next revision',
      })
    return problems
  },
})

const withinContract = rule('purchasing.within-contract', {
  zh: '到货不多于合同数量',
  en: 'No more arrives than was ordered',
  type: 'equipment.lot',
  reads: {
    contract: { by: 'contract' },
    others: { of: 'equipment.lot', via: 'contract', same: 'contract' },
  },
  check(now, { contract = [], others = [] }) {
    const arrived = [now, ...others].map(lotItem).filter(item => itemKey(item) === itemKey(lotItem(now)))
    const sum = arrived.reduce((total, { quantity }) => total + quantity, 0)
    return contract
      .map(one => quantities(itemsOf(one)).get(itemKey(lotItem(now))) ?? 0)
      .filter(most => sum > most)
      .map(most => ({
        field: 'quantity',
        code: 'beyond-contract',
        zh: `累计到货${sum}台，合同是${most}台`,
        en: `${sum} have arrived, the contract has ${most}`,
      }))
  },
})

/** What a lot brought of good devices; what was rejected is delivered again. */
const lotItem = ({ fields }: Seen): Item => ({
  kind: String(fields.kind),
  model: String(fields.model),
  quantity: Number(fields.quantity) - Number(fields.rejected ?? 0),
  price: 0,
})

export const rules = [asApproved, oneApproved, withinContract]
