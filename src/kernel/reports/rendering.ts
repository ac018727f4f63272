import type { FigureRow } from '../figures/figure.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import type { Actor } from '../people/actor.ts'
import type { Period } from '../period/period.ts'
import type { StoredRecord } from '../records/record.ts'
import { type Failure, fail } from '../result.ts'
import type { Language } from '../words.ts'
import { type Address, addressOf } from './address.ts'
import type { Bindings } from './marks.ts'
import type { Values } from './values.ts'

/** What the tags and filters of one rendering share. */
export interface Rendering {
  readonly ledger: Ledger
  readonly actor: Actor
  readonly org: OrgUnit
  readonly period: Period
  readonly language: Language
  readonly bindings: Bindings
  readonly facts: Facts
  /** Paragraphs that are being told, the outermost first. */
  readonly within: string[]
}

/**
 * What a template has asked for so far. A template is rendered with what is known; what it then lacked is fetched at once,
 * and it is rendered again. So figures need no list beforehand, and all of a round cost one query.
 */
export class Facts {
  private readonly known = new Map<string, number | null>()
  private readonly asked = new Map<string, Address>()
  readonly records = new Map<string, readonly StoredRecord[]>()
  readonly rows = new Map<string, readonly FigureRow[]>()

  value(address: Address): number | null {
    const text = addressOf(address)
    const value = this.known.get(text)
    if (value === undefined) this.asked.set(text, address)
    return value ?? null
  }

  wanted(): Address[] {
    return [...this.asked.values()]
  }

  /** Takes in what was wanted; gives the first refusal. */
  learn({ found, refused }: Values): Failure | undefined {
    for (const [text, value] of found) this.known.set(text, value)
    this.asked.clear()
    return refused.values().next().value
  }

  /** A value that came along with another answer. */
  know(address: Address, value: number | null): void {
    this.known.set(addressOf(address), value)
  }
}

/** A problem travelling through the template engine, which knows only exceptions. */
export class Refusal extends Error {
  readonly refused: Failure
  constructor(refused: Failure) {
    super('refused')
    this.refused = refused
  }
}

/** The refusal or syntax error within what the engine threw; none when it is a bug. */
export function refusalOf(error: unknown): Failure | undefined {
  for (let at = error; at instanceof Error; at = (at as { originalError?: unknown }).originalError)
    if (at instanceof Refusal) return withLine(at.refused, lineOf(error))
  return error instanceof Error &&
    /^(ParseError|RenderError|UndefinedVariableError|TokenizationError|AssertionError)$/.test(error.name)
    ? syntaxProblem(error)
    : undefined
}

const withLine = ({ ok, problems }: Failure, line: number | undefined): Failure => ({
  ok,
  problems: problems.map(problem => (line === undefined ? problem : { ...problem, line })),
})

/** Errors of the engine carry the token they were found at. */
const lineOf = (error: unknown): number | undefined =>
  (error as { token?: { getPosition?: () => number[] } }).token?.getPosition?.()[0]

const MISTAKES: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/undefined filter: ([^,\n]+)/, name => `没有过滤器“${name}”`],
  [/undefined variable: ([^,\n]+)/, name => `没有“${name}”`],
  [/tag "([^"]+)" not found/, name => `没有标签“${name}”`],
  [/tag (?:\{%-?\s*)?([^ ]+).* not closed/, name => `标签“${name}”没有结束`],
  [/output "([^"]+)/, name => `输出“${name}”没有结束`],
  [/(parse|render|memory) (?:length )?limit exceeded/i, () => '模板太长或循环太多'],
]

/** A mistake in a template, with its line. */
export function syntaxProblem(error: Error): Failure {
  const line = lineOf(error)
  const message = error.message.replace(/, line:\d+, col:\d+$/, '')
  const known = MISTAKES.map(([pattern, words]) => {
    const match = pattern.exec(message)
    return match && words(match[1] ?? '')
  }).find(words => words !== null)
  const at =
    line === undefined
      ? { zh: '模板', en: 'The template' }
      : { zh: `模板第${line}行`, en: `Line ${line} of the template` }
  return fail('report/template-syntax', {
    field: 'template',
    ...(line === undefined ? {} : { line }),
    zh: `${at.zh}有误：${known ?? message}`,
    en: `${at.en} has a mistake: ${message}`,
  })
}
