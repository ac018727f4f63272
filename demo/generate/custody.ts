import { addDays } from './calendar.ts'
import type { Device } from './devices.ts'
import { randomOf } from './random.ts'
import type { DemoRecord } from './record.ts'

/** What was scrapped was approved before; a stock-taking at one district found what it found. */
export const custody = (all: readonly Device[], today: string): DemoRecord[] => [
  ...disposals(all, today),
  ...stockTaking(all, today),
]

function disposals(all: readonly Device[], today: string): DemoRecord[] {
  const gone = all.filter(
    ({ kind, retiredOn }) =>
      (kind === 'vehicle' || kind === 'atm' || kind === 'server') && retiredOn && retiredOn <= today,
  )
  return gone.map(({ number, org, kind, cost, retiredOn }) => {
    const random = randomOf(`disposal ${number}`)
    return {
      type: 'custody.disposal',
      org,
      enteredAt: 'YZ',
      fields: {
        sort: kind === 'vehicle' ? 'sale' : 'scrap',
        approvedOn: addDays(retiredOn!, -random.int(3, 12)),
        approval: `邮财〔${retiredOn!.slice(0, 4)}〕处字${random.int(10, 99)}号`,
        disposedOn: retiredOn!,
        proceeds: Math.round((cost * random.int(1, 5)) / 10_000) * 100,
      },
      refs: { device: number },
    }
  })
}

function stockTaking(all: readonly Device[], today: string): DemoRecord[] {
  const on = '2025-11-18'
  const district = 'YZ-Q03'
  if (on > today) return []
  const random = randomOf('stock-taking')
  const there = all.filter(
    ({ org, testedOn, retiredOn }) => org === district && testedOn < on && !(retiredOn && retiredOn < on),
  )
  return [
    {
      type: 'custody.take',
      org: district,
      ref: `take ${district}`,
      fields: { title: '2025年设备盘点', from: on, to: addDays(on, 12) },
    },
    ...there
      .filter(() => random.chance(0.985))
      .map(({ number }) => ({
        type: 'custody.count',
        org: district,
        fields: { number, on },
        refs: { take: `take ${district}` },
      })),
  ]
}
