import { useMemo } from 'react'
import { lastYear, months, parsePeriod, previous } from '../../../../src/kernel/period/period.ts'
import { type Indicator, useIndicators } from '../../kit/declared.ts'
import { type FigureRequest, useFigures } from '../../kit/figures.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { type Grid, gridOf, heatRows, whereOf } from './grids.ts'
import { useNames } from './names.ts'
import type { View } from './view.ts'
import { useWords } from './words.ts'

/** The period a view is compared with; undefined when it is not, or cannot be. */
export function comparedPeriod({ period, compare, as }: View): string | undefined {
  const parsed = parsePeriod(period)
  if (!compare || as === 'heat' || !parsed.ok) return undefined
  if (compare === 'last-year') return lastYear(parsed.value).text
  if (compare === 'previous') return previous(parsed.value).text
  const other = parsePeriod(compare)
  return other.ok ? other.value.text : undefined
}

export const canBreakDown = ({ dimensions }: Indicator, by: string | undefined): boolean =>
  by === undefined || by === 'month' || by === 'org' || dimensions.includes(by)

/** What the address asks for, as rows and columns. */
export function useGrid(view: View) {
  const say = useWords()
  const language = useLanguage()
  const names = useNames()
  const indicators = useIndicators()
  const chosen = useMemo(
    () => view.indicators.flatMap(id => indicators?.find(({ indicator }) => indicator === id) ?? []),
    [view, indicators],
  )
  const able = useMemo(() => chosen.filter(one => canBreakDown(one, view.by)), [chosen, view])
  const before = comparedPeriod(view)
  const asked = questions(view, able, before)
  const found = useFigures(asked)
  const figures = found.data?.figures
  const [change, indicator] = [say('change'), say('indicator')]
  // A chart is drawn anew when its grid is another one.
  const grid = useMemo((): Grid | undefined => {
    if (!figures || able.length === 0) return undefined
    const without = chosen.filter(one => !able.includes(one))
    const title = (one: Indicator) => said(one.title, language)
    return gridOf({ view, able, without, figures, before, names, title, words: { change, indicator } })
  }, [figures, view, able, chosen, before, names, language, change, indicator])
  return { grid, chosen, able, before, error: found.error, waiting: found.isFetching }
}

/** Months across at most, so that a heat map stays legible. */
const MOST_MONTHS = 36

function questions(view: View, able: readonly Indicator[], before: string | undefined): FigureRequest[] {
  const { org, period, by } = view
  const plain = (one: Indicator) => ({ indicator: one.indicator, org, where: whereOf(view, one) })
  if (view.as === 'heat') {
    const parsed = parsePeriod(period)
    const across = parsed.ok ? months(parsed.value).slice(0, MOST_MONTHS) : []
    return able
      .slice(0, 1)
      .flatMap(one => across.map(({ text }) => ({ ...plain(one), period: text, by: heatRows(view) })))
  }
  const periods = before === undefined ? [period] : [period, before]
  return able.flatMap(one =>
    periods.map(text => ({ ...plain(one), period: text, ...(by === undefined ? {} : { by }) })),
  )
}
