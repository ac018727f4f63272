import { type RuleProblem, rule, type Seen } from '../../kernel/records/rule.ts'
import { fundOf, funds, steps } from './topics.ts'

const STEPS = steps.map(step => step.state as string)
/** How far along the steps; a retired device has been through all of them. */
const reached = ({ state }: Seen) => (state === 'retired' ? STEPS.length - 1 : STEPS.indexOf(state))
const accepted = ({ fields }: Seen) => Number(fields.quantity) - Number(fields.rejected ?? 0)

const deviceSteps = rule('equipment.device-steps', {
  zh: '设备每步有日期，不多于到货批的合格数量',
  en: 'Each step of a device has its day; no more devices than were accepted',
  type: 'equipment.device',
  reads: {
    lot: { by: 'lot' },
    siblings: { of: 'equipment.device', via: 'lot', same: 'lot' },
  },
  check(now, { lot = [], siblings = [] }) {
    const problems: RuleProblem[] = steps
      .filter((step, i) => i <= reached(now) && now.fields[step.day] === undefined)
      .map(step => ({ field: step.day, code: 'undated', zh: `“${step.zh}”要有日期`, en: `${step.en} needs its day` }))
    if (now.state === 'retired' && now.fields.retiredOn === undefined)
      problems.push({ field: 'retiredOn', code: 'undated', zh: '报废要有日期', en: 'say when it was retired' })
    for (const one of lot) {
      if (siblings.length + 1 > accepted(one))
        problems.push({
          field: 'lot',
          code: 'too-many',
          zh: '比这批到货的合格数量多',
          en: 'is more than the lot had accepted',
        })
      if (one.fields.kind !== now.fields.kind || one.fields.model !== now.fields.model)
        problems.push({ field: 'lot', code: 'other-kind', zh: '类别或型号与到货批不同', en: 'is not what the lot was' })
    }
    return problems
  },
})

/** Personal values are not seen by rules; that one is there is. */
const lotSteps = rule('equipment.lot-steps', {
  zh: '到货批每步写明日期和签字，设备都到这一步',
  en: 'Each step of a lot is dated, signed and done for all its devices',
  type: 'equipment.lot',
  reads: { devices: { of: 'equipment.device', via: 'lot' } },
  check(now, { devices = [] }) {
    const problems: RuleProblem[] = steps
      .filter((_, i) => i <= reached(now))
      .flatMap(({ day, by, zh, en }) =>
        [day, by]
          .filter(field => now.fields[field] === undefined)
          .map(field => ({ field, code: 'unsigned', zh: `“${zh}”要有日期和签字`, en: `${en} is dated and signed` })),
      )
    const behind = devices.filter(one => reached(one) < reached(now))
    if (behind.length > 0)
      problems.push({
        field: 'state',
        code: 'behind',
        zh: `还有${behind.length}台没有到这一步：${numbers(behind)}`,
        en: `${behind.length} devices have not come so far: ${numbers(behind)}`,
      })
    if (now.state === 'tested' && devices.length !== accepted(now))
      problems.push({
        field: 'quantity',
        code: 'not-registered',
        zh: `合格${accepted(now)}台，只登记了${devices.length}台`,
        en: `${accepted(now)} were accepted, ${devices.length} are registered`,
      })
    return problems
  },
})

const numbers = (devices: readonly Seen[]) =>
  devices
    .slice(0, 5)
    .map(({ fields }) => String(fields.number))
    .join('、')

const goLive = rule('equipment.go-live', {
  zh: '设备全部调试完成才能上线',
  en: 'Live only when all equipment is tested',
  type: 'cutover.campaign',
  reads: { lots: { of: 'equipment.lot', via: 'campaign' } },
  check: (now, { lots = [] }, before) =>
    now.state === 'live' && before?.state !== 'live'
      ? lots
          .filter(({ state }) => state !== 'tested')
          .map(({ fields, state }) => ({
            field: 'requires',
            code: 'equipment',
            zh: `到货批“${String(fields.number)}”还差步骤：${missing(state, 'zh')}`,
            en: `The lot ${String(fields.number)} still lacks: ${missing(state, 'en')}`,
          }))
      : [],
})

const missing = (state: string, language: 'zh' | 'en') =>
  steps
    .slice(STEPS.indexOf(state) + 1)
    .map(step => step[language])
    .join(language === 'zh' ? '、' : ', ')

const workOnKind = rule('equipment.work-kind', {
  zh: '大修改造的类别与设备一致',
  en: 'A work is on the kind that its device is',
  type: 'equipment.work',
  reads: { device: { by: 'device' } },
  check: (now, { device = [] }) =>
    device.some(one => one.fields.kind !== now.fields.kind)
      ? [{ field: 'kind', code: 'other-kind', zh: '与设备登记的类别不同', en: 'is not what the device is' }]
      : [],
})

const total = (payments: readonly Seen[]) => payments.reduce((sum, { fields }) => sum + Number(fields.amount), 0)

const paidFrom = rule('equipment.payment-fund', {
  zh: '支付走项目自己的资金渠道，不超投资',
  en: 'A payment comes from the fund of its project and stays within its budget',
  type: 'equipment.payment',
  reads: {
    project: { by: 'project' },
    others: { of: 'equipment.payment', via: 'project', same: 'project' },
  },
  check(now, { project = [], others = [] }) {
    const problems: RuleProblem[] = []
    for (const { fields } of project) {
      const fund = fundOf(fields.purpose)
      if (now.fields.fund !== fund)
        problems.push({
          field: 'fund',
          code: 'other-fund',
          zh: `这个项目只能用“${funds[fund].zh}”`,
          en: `the project is paid from the ${funds[fund].en}`,
        })
      if (total([now, ...others]) > Number(fields.budget))
        problems.push({ field: 'amount', code: 'beyond', zh: '超过项目投资', en: 'is beyond the budget' })
    }
    return problems
  },
})

const projectFund = rule('equipment.project-fund', {
  zh: '已支付的项目不改资金渠道，投资不少于已支付',
  en: 'A project that paid keeps its fund and covers its payments',
  type: 'equipment.project',
  leaving: true,
  reads: { payments: { of: 'equipment.payment', via: 'project' } },
  check(now, { payments = [] }) {
    const counts = now.status === 'entered' || now.status === 'confirmed'
    const problems: RuleProblem[] = []
    if (payments.some(({ fields }) => fields.fund !== fundOf(now.fields.purpose)))
      problems.push({
        field: 'purpose',
        code: 'other-fund',
        zh: '已用另一渠道资金支付',
        en: 'was paid from the other fund',
      })
    if (total(payments) > (counts ? Number(now.fields.budget) : 0))
      problems.push({ field: 'budget', code: 'paid', zh: '少于已支付的金额', en: 'is less than was paid' })
    return problems
  },
})

export const rules = [deviceSteps, lotSteps, goLive, workOnKind, paidFrom, projectFund]
