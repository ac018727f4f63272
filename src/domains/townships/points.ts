// The 100 points of a village officer: what was done counts by fixed points, each aspect up to its most.

export const aspects = {
  training: { zh: '技术宣传培训', en: 'Publicity and training', most: 30 },
  trials: { zh: '新技术引进试验示范', en: 'Introductions and trials', most: 25 },
  execution: { zh: '工作落实', en: 'Execution', most: 20 },
  service: { zh: '服务职能及效果', en: 'Service and effect', most: 25 },
} as const

export type Aspect = keyof typeof aspects

/** What may be told of a quarter, with the points of one. */
export const tasks = {
  course: { zh: '组织培训(次)', en: 'Course held', aspect: 'training', each: 6 },
  publicity: { zh: '宣传栏、广播(期)', en: 'Issue of publicity', aspect: 'training', each: 3 },
  introduction: { zh: '引进新技术新品种(项)', en: 'Introduction', aspect: 'trials', each: 5 },
  demonstration: { zh: '试验示范点(个)', en: 'Demonstration site', aspect: 'trials', each: 8 },
  meeting: { zh: '参加例会(次)', en: 'Meeting attended', aspect: 'execution', each: 4 },
  report: { zh: '按时报送信息(条)', en: 'Report in time', aspect: 'execution', each: 2 },
  visit: { zh: '入户服务(户次)', en: 'Visit to a household', aspect: 'service', each: 1 },
  solved: { zh: '解决实际问题(个)', en: 'Problem solved', aspect: 'service', each: 5 },
} as const satisfies Readonly<Record<string, { zh: string; en: string; aspect: Aspect; each: number }>>

export interface Done {
  readonly task: keyof typeof tasks
  readonly quantity: number
}

/** Points of one aspect. */
export function aspectPoints(aspect: Aspect, done: readonly Done[]): number {
  const earned = done
    .filter(({ task }) => tasks[task].aspect === aspect)
    .reduce((sum, { task, quantity }) => sum + tasks[task].each * quantity, 0)
  return Math.min(earned, aspects[aspect].most)
}

/** Points of all aspects, at most 100. */
export const points = (done: readonly Done[]): number =>
  (Object.keys(aspects) as Aspect[]).reduce((sum, aspect) => sum + aspectPoints(aspect, done), 0)

/** Places by points: equal points share a place, and as many places after it stay empty (1, 2, 2, 4). */
export const ranked = <T extends { readonly points: number }>(list: readonly T[]): (T & { rank: number })[] =>
  list
    .map(one => ({ ...one, rank: 1 + list.filter(other => other.points > one.points).length }))
    .sort((a, b) => a.rank - b.rank)
