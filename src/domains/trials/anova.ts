import { fail, ok, type Result } from '../../kernel/result.ts'
import { fTail, tCritical } from './distribution.ts'

// Whether treatments differ: analysis of variance of plots laid out at random, or at random within blocks.
// Source: Snedecor and Cochran, Statistical Methods; 莫惠栋《农业试验统计》.

/** A source of variation. `f` and `p` are missing where nothing is tested: the error, the whole. */
export interface Source {
  readonly source: 'treatments' | 'blocks' | 'error' | 'total'
  readonly df: number
  readonly ss: number
  readonly ms?: number
  readonly f?: number
  readonly p?: number
}

export interface Treatment {
  readonly code: string
  readonly n: number
  readonly mean: number
  /** Of the observations about their mean; missing with one observation. */
  readonly deviation?: number
  /** Treatments that share a letter do not differ by more than the least significant difference. */
  readonly letters: string
}

export interface Analysis {
  readonly design: 'random' | 'blocks'
  readonly sources: readonly Source[]
  /** Largest mean first. */
  readonly treatments: readonly Treatment[]
  readonly alpha: number
  /** Of two treatments with as many plots as the smallest has. */
  readonly lsd: number
}

export interface Observation {
  readonly treatment: string
  readonly block?: string
  readonly value: number
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const meanOf = (values: readonly number[]) => sum(values) / values.length
const squares = (values: readonly number[]) => {
  const mean = meanOf(values)
  return sum(values.map(value => (value - mean) ** 2))
}

/** What differences of sums leave behind where there is no variation at all. */
const EXACT = 1e-12

/**
 * Plots laid out completely at random.
 * @returns `trials/treatments` with less than two treatments, `trials/plots` with no treatment repeated
 */
export function oneWay(observations: readonly Observation[], alpha = 0.05): Result<Analysis> {
  const groups = grouped(observations, one => one.treatment)
  const enough = comparable(groups, observations)
  if (!enough.ok) return enough
  const total = squares(observations.map(one => one.value))
  const error = sum([...groups.values()].map(group => squares(group.map(one => one.value))))
  const within = observations.length - groups.size
  const sources = tested(
    [{ source: 'treatments', df: groups.size - 1, ss: Math.max(0, total - error) }],
    { df: within, ss: error },
    { df: observations.length - 1, ss: total },
  )
  return ok(compared('random', groups, sources, alpha))
}

/**
 * Randomised complete blocks: each treatment once in each block.
 * @returns the problems of `oneWay`, or `trials/blocks` where a block lacks a treatment or has it twice
 */
export function randomisedBlocks(observations: readonly Observation[], alpha = 0.05): Result<Analysis> {
  const groups = grouped(observations, one => one.treatment)
  const blocks = grouped(observations, one => one.block ?? '')
  const enough = comparable(groups, observations)
  if (!enough.ok) return enough
  for (const [block, list] of blocks) {
    const present = new Set(list.map(one => one.treatment))
    if (block === '' || present.size !== groups.size || list.length !== groups.size) return incomplete(block)
  }
  if (blocks.size < 2) return incomplete([...blocks.keys()][0] ?? '')
  const grand = meanOf(observations.map(one => one.value))
  const between = (parts: ReadonlyMap<string, readonly Observation[]>) =>
    sum([...parts.values()].map(part => part.length * (meanOf(part.map(one => one.value)) - grand) ** 2))
  const total = squares(observations.map(one => one.value))
  const treatments = between(groups)
  const byBlock = between(blocks)
  const left = total - treatments - byBlock
  const sources = tested(
    [
      { source: 'treatments', df: groups.size - 1, ss: treatments },
      { source: 'blocks', df: blocks.size - 1, ss: byBlock },
    ],
    { df: (groups.size - 1) * (blocks.size - 1), ss: left > EXACT * total ? left : 0 },
    { df: observations.length - 1, ss: total },
  )
  return ok(compared('blocks', groups, sources, alpha))
}

function grouped(observations: readonly Observation[], by: (one: Observation) => string) {
  const groups = new Map<string, Observation[]>()
  for (const one of observations) {
    const group = groups.get(by(one))
    if (group) group.push(one)
    else groups.set(by(one), [one])
  }
  return groups
}

function comparable(groups: ReadonlyMap<string, unknown>, observations: readonly Observation[]): Result<true> {
  if (groups.size < 2)
    return fail('trials/treatments', { zh: '至少要有两个处理的测定值', en: 'At least two treatments must be measured' })
  if (observations.length <= groups.size)
    return fail('trials/plots', {
      zh: '每个处理只有一个小区，没有重复，不能检验',
      en: 'With one plot for each treatment nothing can be tested',
    })
  return ok(true)
}

const incomplete = (block: string) =>
  fail('trials/blocks', {
    block,
    zh: `区组“${block}”里不是每个处理各一个测定值，不能按随机区组分析`,
    en: `Block ${JSON.stringify(block)} does not have each treatment once; it cannot be analysed in blocks`,
  })

type Part = Pick<Source, 'df' | 'ss'>

function tested(parts: readonly (Part & Pick<Source, 'source'>)[], error: Part, total: Part): Source[] {
  const meanError = error.ss / error.df
  return [
    ...parts.map(({ source, df, ss }): Source => {
      const ms = ss / df
      const f = ms === 0 ? 0 : ms / meanError
      return { source, df, ss, ms, f, p: fTail(f, df, error.df) }
    }),
    { source: 'error', ...error, ms: meanError },
    { source: 'total', ...total },
  ]
}

function compared(
  design: Analysis['design'],
  groups: ReadonlyMap<string, readonly Observation[]>,
  sources: readonly Source[],
  alpha: number,
): Analysis {
  const error = sources.find(one => one.source === 'error')!
  const fewest = Math.min(...[...groups.values()].map(group => group.length))
  const lsd = tCritical(alpha, error.df) * Math.sqrt((2 * error.ms!) / fewest)
  const treatments = [...groups]
    .map(([code, group]) => {
      const values = group.map(one => one.value)
      const deviation = values.length > 1 ? Math.sqrt(squares(values) / (values.length - 1)) : undefined
      return { code, n: values.length, mean: meanOf(values), ...(deviation === undefined ? {} : { deviation }) }
    })
    .sort((a, b) => b.mean - a.mean)
  const marks = letters(
    treatments.map(one => one.mean),
    lsd,
  )
  return { design, sources, treatments: treatments.map((one, i) => ({ ...one, letters: marks[i]! })), alpha, lsd }
}

/**
 * Marks means, largest first: two share a letter exactly when they differ by no more than `least`. Each letter stands for
 * one longest run of means that do not differ.
 */
export function letters(means: readonly number[], least: number): string[] {
  const marks = means.map(() => '')
  let letter = 0
  let reached = -1
  for (const [from, mean] of means.entries()) {
    const beyond = means.findIndex((other, i) => i > from && mean - other > least)
    const last = beyond === -1 ? means.length - 1 : beyond - 1
    if (last <= reached) continue
    for (let i = from; i <= last; i++) marks[i] += letterAt(letter)
    letter++
    reached = last
  }
  return marks
}

const letterAt = (i: number): string =>
  i < 26 ? String.fromCharCode(97 + i) : `${letterAt(Math.floor(i / 26) - 1)}${letterAt(i % 26)}`
