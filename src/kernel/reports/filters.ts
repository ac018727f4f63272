import type { Context, Liquid } from 'liquidjs'
import { isConvertible, unitNamed, unitOf } from '../figures/units.ts'
import type { Style } from '../figures/wording.ts'
import { lastYear, nextYear, type Period } from '../period/period.ts'
import { fail } from '../result.ts'
import type { FigureAddress } from './address.ts'
import { FigureDrop, NumberDrop } from './figure-drop.ts'
import { Refusal, type Rendering } from './rendering.ts'

export const renderingOf = (context: Context): Rendering => (context.globals as { rendering: Rendering }).rendering

function figureIn(value: unknown, filter: string): FigureDrop {
  if (value instanceof FigureDrop) return value
  throw new Refusal(
    fail('report/not-a-figure', {
      field: 'template',
      filter,
      zh: `“${filter}”只能用在数字后面`,
      en: `${filter} can only follow a figure`,
    }),
  )
}

/** The filters of a template: how a figure is written, and which figure is meant. */
export function registerFilters(engine: Liquid): void {
  const filter = (name: string, change: (figure: FigureDrop, ...given: unknown[]) => unknown) =>
    engine.registerFilter(name, (value: unknown, ...given: unknown[]) => change(figureIn(value, name), ...given))

  filter('about', (figure, round) =>
    figure.styled({ form: 'about', ...(round === undefined ? {} : { round: rounding(round) }) }),
  )
  filter('more', (figure, word) => figure.styled({ form: 'about', more: moreWord(word) }))
  filter('in', (figure, unit) => figure.styled({ in: unitFor(figure, unit) }))
  filter('digits', (figure, most) => figure.styled({ digits: digitsOf(most) }))
  filter('classifier', (figure, word) => figure.styled({ classifier: String(word) }))

  filter('where', (figure, dimension, value) =>
    figure.at({ where: { ...figure.address.where, [String(dimension)]: String(value) } }),
  )
  filter('own', figure => figure.at({ scope: 'self' }))
  filter('last_year', figure => figure.at({ period: lastYear(periodIn(figure)).text }))
  filter('target', figure => figure.at({ as: 'target' }))
  filter('next_target', figure => figure.at({ as: 'target', period: nextYear(periodIn(figure)).text }))
  filter('attainment', figure =>
    figure.at({ as: 'attainment' }).styled({ in: undefined, form: undefined, classifier: undefined }),
  )
  filter('compared', (figure, by, against) => compared(figure, by, against))
  refuseArithmetic(engine)
}

/** Digits after the point. */
const digitsOf = (most: unknown): number => Math.min(6, Math.max(0, Math.trunc(Number(most) || 0)))

const ARITHMETIC = 'plus minus times divided_by modulo abs ceil floor round at_least at_most sum'.split(' ')

/** A figure that a template computed would be bound to nothing: formulas are declared, not written into reports. */
function refuseArithmetic(engine: Liquid): void {
  for (const name of ARITHMETIC) {
    const original = engine.filters[name]
    if (typeof original !== 'function') throw new Error(`the engine has no filter ${name}`)
    engine.registerFilter(name, function (...given: unknown[]) {
      if (given.some(one => one instanceof FigureDrop || one instanceof NumberDrop))
        throw new Refusal(
          fail('report/computed', {
            field: 'template',
            filter: name,
            zh: '数字不能在模板里另行计算，请声明为公式指标',
            en: 'A template cannot compute with figures; declare a formula indicator',
          }),
        )
      return original.apply(this, given as Parameters<typeof original>)
    })
  }
}

/** All figures of a template are of its period, whatever filters have made of it. */
const periodIn = ({ rendering }: FigureDrop): Period => rendering.period

/** `compared`, `compared: 'percent'`, `compared: 'both', 'previous'`: 比上年增加16万元，同比增长11.6%. Each part is bound. */
function compared(figure: FigureDrop, by: unknown = 'amount', than?: unknown): string {
  const against: Pick<FigureAddress, 'against'> = than === 'previous' ? { against: 'previous' } : {}
  const told = (as: 'difference' | 'growth') => figure.at({ as, ...against })
  const difference = told('difference')
  const growth = told('growth')
  // Without a base there is no growth, and points of a percentage have none.
  const hasGrowth = growth.value !== null && unitOf(difference.binding().unit).measure !== 'ratio'
  if (by === 'percent') return String((hasGrowth ? growth : difference).valueOf())
  if (by === 'both' && hasGrowth && difference.value !== 0)
    return `${difference.valueOf()}${figure.rendering.language === 'zh' ? '，' : ', '}${growth.valueOf()}`
  return String(difference.valueOf())
}

const ROUNDINGS = ['tens', 'hundreds', 'thousands', 'wan', 'yi'] as const

function rounding(given: unknown): Style['round'] {
  const known = ROUNDINGS.find(one => one === given)
  if (known) return known
  throw new Refusal(argument('about', given, ROUNDINGS))
}

const MORE = ['多', '余', ''] as const

function moreWord(given: unknown): Style['more'] {
  const known = MORE.find(one => one === given)
  if (known !== undefined) return known
  throw new Refusal(argument('more', given, MORE))
}

const argument = (filter: string, given: unknown, allowed: readonly string[]) =>
  fail('report/filter-argument', {
    field: 'template',
    filter,
    value: String(given),
    zh: `“${filter}”后面只能写${allowed.map(one => `“${one}”`).join('、')}`,
    en: `${filter} takes one of ${allowed.join(', ')}`,
  })

function unitFor({ rendering, address }: FigureDrop, given: unknown): string {
  const unit = unitNamed(String(given))
  if (!unit.ok) throw new Refusal(unit)
  const declared = unitOf(rendering.ledger.registry.indicators.get(address.indicator)!.unit)
  if (isConvertible(declared, unit.value)) return unit.value.id
  throw new Refusal(
    fail('unit/mismatch', {
      field: 'template',
      value: String(given),
      zh: `“${declared.zh || declared.id}”不能换算成“${String(given)}”`,
      en: `${declared.id} cannot be told in ${String(given)}`,
    }),
  )
}
