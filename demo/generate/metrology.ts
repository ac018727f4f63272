import { branches, parentOf } from '../orgs.ts'
import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { personName } from './names.ts'
import { type Random, randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

interface Scale {
  readonly number: string
  readonly org: string
  readonly boughtOn: string
  inServiceOn: string
  scrappedOn?: string
  /** What the station did with it, in order. */
  readonly verifications: Verification[]
}

interface Verification {
  readonly sort: 'periodic' | 'spot' | 'initial'
  readonly on: string
  readonly validUntil?: string
}

interface Year {
  readonly year: number
  readonly bought: number
  readonly scrapped: number
  /** In service at the start of the year and not brought to the station in it. */
  readonly missed: number
  readonly spot: number
}

/** Scales in service before the first year told of. */
const BEFORE = 2360

/** 2024 as published: the 2517 in service are all verified, 252 of them looked at again, 241 bought. */
const YEARS: readonly Year[] = [
  { year: 2023, bought: 190, scrapped: 33, missed: 0, spot: 231 },
  { year: 2024, bought: 241, scrapped: 45, missed: 0, spot: 252 },
  { year: 2025, bought: 205, scrapped: 51, missed: 13, spot: 271 },
]

const VERIFIERS = 9

/** The day the station comes to a branch: each year a little earlier, so that nothing lapses between two visits. */
function visitOn(branch: string, year: number): string {
  const random = randomOf(`rota ${branch}`)
  let on = dayIn(random, 2023, EVEN, [3, 10])
  for (let y = 2023; y < year; y++) on = addDays(on, 365 - random.int(1, 8))
  return on
}

function scales(random: Random): Scale[] {
  const all: Scale[] = []
  const buy = (org: string, boughtOn: string) => {
    const inServiceOn = addDays(boughtOn, 12)
    all.push({
      number: `DZC-${String(all.length + 1).padStart(5, '0')}`,
      org,
      boughtOn,
      inServiceOn,
      verifications: [{ sort: 'initial', on: addDays(inServiceOn, -1), validUntil: addDays(inServiceOn, 364) }],
    })
  }
  for (let i = 0; i < BEFORE; i++) {
    const org = random.pick(branches)
    const once = randomOf(`scales ${org}`)
    buy(org, dayIn(once, once.int(2016, 2021)))
  }
  for (const { year, bought, scrapped, missed, spot } of YEARS) {
    const inService = random.shuffled(all.filter(scale => !scale.scrappedOn))
    const brought = inService.slice(missed)
    for (const scale of brought) {
      const on = visitOn(scale.org, year)
      scale.verifications.push({ sort: 'periodic', on, validUntil: addDays(on, 365) })
    }
    const looked = random.shuffled(branches).flatMap(branch => brought.filter(scale => scale.org === branch))
    for (const scale of looked.slice(0, spot))
      scale.verifications.push({ sort: 'spot', on: dayIn(randomOf(`spot ${scale.org} ${year}`), year, EVEN, [11, 12]) })
    const scrapping = dayIn(random, year, EVEN, [11, 12])
    for (const scale of brought.slice(-scrapped)) scale.scrappedOn = scrapping
    for (let i = 0; i < bought; i++) {
      // Bought after the year's visit: the initial verification holds until the next.
      const org = random.pick(branches)
      buy(org, addDays(visitOn(org, year), 20))
    }
  }
  return all
}

function recordsOf(random: Random, scale: Scale, verifiers: readonly string[], today: string): DemoRecord[] {
  const { number, org, boughtOn, inServiceOn } = scale
  const scrappedOn = scale.scrappedOn && past(scale.scrappedOn, today)
  // What came before the years told of is left out, but for what put the scale into service.
  const told = scale.verifications.filter(({ on, sort }) => on >= '2023' || sort === 'initial')
  const validated = scale.verifications.filter(({ validUntil }) => validUntil)
  return [
    {
      type: 'metrology.instrument',
      org,
      ref: number,
      after: [`${number} initial`],
      fields: filled({
        number,
        kind: 'electronic-scale',
        model: random.pick(['DZ-15', 'DZ-30', 'DZ-60']),
        maker: random.pick(['云栖衡器厂', '晴川衡器厂']),
        capacity: random.pick([15_000, 30_000, 60_000]),
        boughtOn,
        inServiceOn: past(inServiceOn, today),
        scrappedOn,
      }),
    },
    ...told.map(({ sort, on, validUntil }, i): DemoRecord => {
      const renewal = validated.find(other => other.on > on)?.on ?? scale.scrappedOn
      return {
        type: 'metrology.verification',
        // The district brings its branches' scales to the station's people, and enters what they find.
        org: parentOf(org),
        ...(sort === 'initial' ? { ref: `${number} initial`, after: [verifiers[0]!] } : { after: [number] }),
        fields: filled({
          number,
          kind: 'electronic-scale',
          sort,
          verifiedOn: on,
          result: random.weighted({ passed: 962, adjusted: 34, failed: sort === 'initial' ? 0 : 4 }),
          certificate: `${on.slice(0, 4)}-${number.slice(4)}-${i + 1}`,
          verifier: random.pick(verifiers),
          validUntil,
          renewedOn: validUntil && renewal && past(renewal, today),
        }),
      }
    }),
  ]
}

/** Who may verify: each number is a name by which other records refer to it. */
const qualifications = (random: Random): DemoRecord[] =>
  Array.from({ length: VERIFIERS }, (_, i) => ({
    type: 'metrology.qualification',
    org: 'YZ-JL',
    ref: `JD-${String(i + 1).padStart(3, '0')}`,
    fields: {
      number: `JD-${String(i + 1).padStart(3, '0')}`,
      name: personName(random),
      kinds: ['electronic-scale', 'postal-scale'],
      issuedOn: addDays('2015-06-01', i * 9),
      validUntil: addDays('2026-12-05', i * 40),
    },
  }))

export const metrology: Generator = today => {
  const random = randomOf('metrology')
  const all = scales(random)
  const qualified = qualifications(random)
  const verifiers = qualified.map(({ ref }) => ref!)
  return [...qualified, ...all.flatMap(scale => recordsOf(random, scale, verifiers, today))]
}
