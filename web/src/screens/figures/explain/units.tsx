import { addressOf, type FigureAddress } from '../../../../../src/kernel/reports/address.ts'
import type { Indicator } from '../../../kit/declared.ts'
import { digits, unitOfColumn } from '../../../kit/format.ts'
import { useLanguage } from '../../../kit/words.ts'
import { useNames } from '../names.ts'
import { useExplained } from './address.ts'
import type { Explanation } from './explanation.ts'
import { useWords } from './words.ts'

/** Kinds of indicator whose value is the sum of its units. */
const ADDED = new Set(['count', 'sum', 'stock', 'latest', 'units'])

interface Props {
  readonly figure: FigureAddress
  readonly indicator: Indicator
  readonly explanation: Explanation
}

/** What each unit beneath contributes; that it adds up is computed here, not taken on trust. */
export function Units({ figure, indicator, explanation: { orgs, unit, value } }: Props) {
  const say = useWords()
  const language = useLanguage()
  const names = useNames()
  const { open } = useExplained()
  if (orgs.every(({ code }) => code === figure.org)) return null
  // By code, what is the unit's own last.
  const parts = [...orgs].sort(
    (a, b) => Number(a.code === figure.org) - Number(b.code === figure.org) || (a.code < b.code ? -1 : 1),
  )
  const total = orgs.reduce((sum, one) => sum + (one.value ?? 0), 0)
  return (
    <section>
      <h3>{say('units')}</h3>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{say('unit')}</th>
            <th scope="col" className="number">
              {say('value')} <span className="unit">{unitOfColumn(unit, language)}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ code, value: part }) => {
            const own = code === figure.org
            const { scope: _, ...rest } = figure
            const address = addressOf({ ...rest, org: code, ...(own ? { scope: 'self' as const } : {}) })
            return (
              <tr key={code}>
                <th scope="row">{own ? say('own') : names.org(code)}</th>
                <td className="number">
                  <button type="button" className="plain" onClick={() => open(address)}>
                    {digits(part, unit, language)}
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {ADDED.has(indicator.kind) ? (
        <p className={total === value ? 'agrees' : 'wrong'} data-adds-up={total === value}>
          <span aria-hidden="true">{total === value ? '✓ ' : '✗ '}</span>
          {say(total === value ? 'agrees' : 'differs', { total: digits(total, unit, language) })}
        </p>
      ) : (
        <p className="quiet">{say('notAdded')}</p>
      )}
    </section>
  )
}
