import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { type Random, randomOf } from './random.ts'
import type { DemoRecord, Generator } from './record.ts'

const NOMINATED = [
  ['山区水稻集中育秧', '甲县农业技术推广中心'],
  ['荔枝保鲜包装', '甲县热作站'],
  ['对虾病害快速检测', '甲县水产技术站'],
  ['乡镇慢性病随访管理', '甲县人民医院'],
] as const

function marks(random: Random) {
  return {
    need: random.int(14, 20),
    novelty: random.int(14, 24),
    method: random.int(15, 24),
    team: random.int(9, 15),
    funds: random.int(8, 14),
  }
}

/** Nominations of county A for its prizes, judged by three experts each; those of 2025 are still before the public. */
function nominations(year: number, today: string): DemoRecord[] {
  return NOMINATED.flatMap(([title, body], i) => {
    const random = randomOf(`nomination ${year} ${title}`)
    const ref = `nomination:${year}:${i}`
    const nominatedOn = dayIn(random, year, EVEN, [10, 10])
    const reviewedOn = past(addDays(nominatedOn, 14), today)
    const isPublic = addDays(nominatedOn, 16) <= today && i < 3
    return [
      {
        type: 'awards.nomination',
        org: 'KJ-A',
        ref,
        fields: {
          title: `${title}(${year})`,
          kind: 'progress',
          proposed: i === 0 ? 'second' : 'third',
          year,
          nominatedOn,
          body,
        },
        ...(isPublic && {
          later: [
            {
              state: 'publicised',
              fields: { publicFrom: addDays(nominatedOn, 16), publicUntil: addDays(nominatedOn, 26) },
            },
          ],
        }),
      },
      ...(reviewedOn
        ? [0, 1, 2].map(
            (expert): DemoRecord => ({
              type: 'reviews.review',
              org: 'KJ-A',
              refs: { nomination: ref, expert: `expert:KJ-A:${(i + expert) % 6}` },
              fields: { reviewedOn, ...marks(random), verdict: random.weighted({ support: 7, revise: 3 }) },
            }),
          )
        : []),
    ]
  })
}

export const reviews: Generator = today => [2024, 2025].flatMap(year => nominations(year, today))
