import type { Fields } from '../../kernel/records/type.ts'
import type { Words } from '../../kernel/words.ts'

// What a trial's plan says of its plots, and what a plan cannot say.

export interface Plot {
  readonly number: number
  readonly treatment: string
  readonly block?: number
  /** Place on the plan, from the north-west corner, from 1. */
  readonly row: number
  readonly column: number
}

interface Treatment {
  readonly code: string
  readonly name: string
}

type Problem = Words & { readonly field: string; readonly code: string }

// The type's own schema has checked these rows.
export const plotsOf = (fields: Fields) => (fields.plots ?? []) as readonly Plot[]
export const treatmentsOf = (fields: Fields) => (fields.treatments ?? []) as readonly Treatment[]

const repeated = <T>(values: readonly T[]) => values.filter((value, i) => values.indexOf(value) !== i)

/** What a trial's plan contradicts itself in. */
export function planProblems(fields: Fields): Problem[] {
  const plots = plotsOf(fields)
  const codes = treatmentsOf(fields).map(one => one.code)
  const problem = (field: string, code: string, zh: string, en: string): Problem => ({ field, code, zh, en })
  const found: Problem[] = []
  const twice = repeated(codes)
  if (twice.length > 0)
    found.push(
      problem('treatments', 'treatment-twice', `处理“${twice[0]}”写了两次`, `Treatment ${twice[0]} stands twice`),
    )
  const numbers = repeated(plots.map(one => one.number))
  if (numbers.length > 0)
    found.push(problem('plots', 'plot-twice', `小区${numbers[0]}写了两次`, `Plot ${numbers[0]} stands twice`))
  const places = repeated(plots.map(one => `${one.row}-${one.column}`))
  if (places.length > 0)
    found.push(
      problem('plots', 'place-twice', `两个小区都在${places[0]}(行-列)`, `Two plots lie at row-column ${places[0]}`),
    )
  const unknown = plots.find(one => !codes.includes(one.treatment))
  if (unknown)
    found.push(
      problem(
        'plots',
        'treatment-unknown',
        `小区${unknown.number}的处理“${unknown.treatment}”不在处理表里`,
        `The treatment ${unknown.treatment} of plot ${unknown.number} is not in the list`,
      ),
    )
  if (fields.design === 'blocks') {
    const block = [...new Set(plots.map(one => one.block))].find(number => {
      const list = plots.filter(one => one.block === number).map(one => one.treatment)
      return number === undefined || list.length !== codes.length || new Set(list).size !== codes.length
    })
    if (plots.some(one => one.block === undefined) || block !== undefined)
      found.push(
        problem(
          'plots',
          'incomplete-block',
          `区组${block ?? '未填'}：每个处理应当正好一个小区`,
          `Block ${block ?? 'not given'}: each treatment must have exactly one plot in it`,
        ),
      )
  }
  return found
}
