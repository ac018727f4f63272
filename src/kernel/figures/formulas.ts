import type { Registry } from '../registry.ts'
import { must } from '../result.ts'
import { type Expression, parseFormula } from './expression.ts'

const parsed = new WeakMap<Registry, Map<string, Expression>>()

/** The parsed formula of an indicator. The registry was checked at start, so it parses. */
export function formulaOf(registry: Registry, id: string): Expression {
  const known = parsed.get(registry) ?? new Map<string, Expression>()
  parsed.set(registry, known)
  const before = known.get(id)
  if (before) return before
  const indicator = registry.indicators.get(id)
  if (indicator?.kind !== 'formula') throw new Error(`${id} is not a formula`)
  const expression = must(parseFormula(indicator.formula))
  known.set(id, expression)
  return expression
}
