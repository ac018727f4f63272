import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { BROUGHT } from './devices.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, YEARS } from './record.ts'

/** Plans of each year by kind, contracts for them, two tenders, and the configuration of the dispatch system in three versions. */
export const purchasing = (today: string): DemoRecord[] => [
  ...YEARS.flatMap((year, i) => plans(year, i, today)),
  ...statements(),
  ...configurations(today),
]

function plans(year: number, i: number, today: string): DemoRecord[] {
  return BROUGHT.flatMap(({ kind, model, price, brought }) => {
    const random = randomOf(`plan ${year} ${kind}`)
    const came = brought[i]!
    if (came === 0) return []
    // The last year's plan is not all ordered yet; what was ordered has arrived.
    const quantity = i === 2 ? Math.ceil(came * 1.15) : came
    const plannedOn = dayIn(random, year, EVEN, [1, 1])
    const signedOn = dayIn(random, year, EVEN, [1, 2])
    return [
      {
        type: 'purchasing.plan',
        org: 'YZ',
        fields: {
          number: `购${year}-${kind}`,
          plannedOn,
          kind,
          quantity,
          budget: quantity * price * 105,
          reason: '业务发展和更新需要',
        },
      },
      {
        type: 'purchasing.contract',
        org: 'YZ',
        fields: filled({
          number: `合${year}-${kind}`,
          supplier: random.pick(['枕石自动化厂', '听泉电子厂', '半岭计算机厂', '望星打印设备厂']),
          signedOn: signedOn < plannedOn ? plannedOn : signedOn,
          dueOn: addDays(signedOn, 330),
          items: [{ kind, model, quantity: came, price: price * 100 }],
          deliveredOn: past(addDays(signedOn, 320), today),
        }),
      },
    ]
  })
}

/** Printers and inserters of the statement centre were tendered for. */
const statements = (): DemoRecord[] =>
  (
    [
      ['招2024-01', '帐单打印机采购', '望星打印设备厂', 335_000_000],
      ['招2024-02', '封装机采购', '鹿鸣精密机械厂', 248_000_000],
    ] as const
  ).map(([number, title, winner, price], i) => ({
    type: 'purchasing.tender',
    org: 'YZ-SH',
    state: 'awarded',
    fields: {
      number,
      title,
      openedOn: `2024-04-${16 + i}`,
      bids: [
        { bidder: winner, price, score: 92.4 },
        { bidder: '晴川条码厂', price: Math.round(price * 1.06), score: 85.1 },
        { bidder: '云栖衡器厂', price: Math.round(price * 0.97), score: 80.6 },
      ],
      winner,
    },
  }))

function configurations(today: string): DemoRecord[] {
  const item = (kind: string, model: string, quantity: number, price: number) => ({
    kind,
    model,
    quantity,
    price: price * 100,
  })
  const versions = [
    {
      draftedOn: '2023-11-06',
      state: 'superseded',
      reason: undefined,
      items: [
        item('server', 'FW-2U', 4, 68_000),
        item('terminal', 'ZJ-T3', 48, 6200),
        item('network', 'WL-S24', 10, 8400),
      ],
    },
    {
      draftedOn: '2024-01-15',
      state: 'superseded',
      reason: '服务器改为四路，终端数量按工位核减',
      items: [
        item('server', 'FW-4U', 4, 92_000),
        item('terminal', 'ZJ-T3', 40, 6200),
        item('network', 'WL-S24', 10, 8400),
      ],
    },
    {
      draftedOn: '2024-02-20',
      state: 'approved',
      reason: '增配广域网路由设备',
      items: [
        item('server', 'FW-4U', 4, 92_000),
        item('terminal', 'ZJ-T3', 40, 6200),
        item('network', 'WL-S24', 10, 8400),
        item('network', 'WL-R2', 4, 26_000),
      ],
    },
  ]
  return versions
    .filter(({ draftedOn }) => draftedOn <= today)
    .map(({ draftedOn, state, reason, items }, i) => ({
      type: 'purchasing.configuration',
      org: 'YZ-ZX',
      state,
      fields: filled({
        number: 'PZ-YYZD',
        revision: i + 1,
        title: '邮运指挥调度系统自购设备配置方案',
        draftedOn,
        approvedOn: past(addDays(draftedOn, 8), today),
        reason,
        items,
      }),
    }))
}
