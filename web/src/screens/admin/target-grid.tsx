import { Checkbox } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { parseQuantity, unitOf } from '../../../../src/kernel/figures/units.ts'
import { tableUnit } from '../../../../src/kernel/figures/wording.ts'
import { type Indicator, useOrgs } from '../../kit/declared.ts'
import { digits, orgName, unitOfColumn } from '../../kit/format.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './targets-words.ts'

export interface Target {
  readonly indicator: string
  readonly org: string
  readonly period: string
  /** In the base unit of the indicator. */
  readonly value: number
  readonly where?: Readonly<Record<string, string>>
  readonly prorated?: boolean
}

export const cellOf = (indicator: string, org: string): string => `${indicator} ${org}`

interface Props {
  readonly rows: readonly Indicator[]
  readonly units: readonly string[]
  readonly period: string
  readonly targets: readonly Target[]
  /** Changed and not saved yet, by cell. */
  readonly entered: ReadonlyMap<string, Target>
  readonly onEnter: (cell: string, target: Target | undefined) => void
  readonly onWrong: (cell: string, isWrong: boolean) => void
}

/** Indicators down, org units across; arrows go from cell to cell. */
export function TargetGrid({ rows, units, period, targets, entered, onEnter, onWrong }: Props) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  return (
    <div className="scroll">
      <table className="figures targets" onKeyDown={step}>
        <thead>
          <tr>
            <th scope="col">{say('indicator')}</th>
            {units.map(org => (
              <th key={org} scope="col" className="number">
                {orgName(orgs, org, language)}
              </th>
            ))}
            <th scope="col">{say('prorated')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((indicator, r) => {
            const own = (org: string) => targets.find(one => one.indicator === indicator.indicator && one.org === org)
            const isProrated = units.some(
              org => (entered.get(cellOf(indicator.indicator, org)) ?? own(org))?.prorated === true,
            )
            return (
              <tr key={indicator.indicator}>
                <th scope="row">
                  {said(indicator.title, language)}{' '}
                  <span className="quiet unit">{unitOfColumn(indicator.unit, language)}</span>
                </th>
                {units.map((org, c) => {
                  const cell = cellOf(indicator.indicator, org)
                  return (
                    <Cell
                      key={org}
                      at={`${r} ${c}`}
                      unit={indicator.unit}
                      label={`${said(indicator.title, language)} ${orgName(orgs, org, language)}`}
                      saved={own(org)?.value}
                      entered={entered.get(cell)?.value}
                      onWrong={isWrong => onWrong(cell, isWrong)}
                      onValue={value =>
                        onEnter(
                          cell,
                          value === undefined
                            ? undefined
                            : { indicator: indicator.indicator, org, period, value, prorated: isProrated },
                        )
                      }
                    />
                  )
                })}
                <td>
                  <Checkbox
                    aria-label={`${say('prorated')} ${said(indicator.title, language)}`}
                    checked={isProrated}
                    onChange={({ target: { checked } }) => {
                      for (const org of units) {
                        const cell = cellOf(indicator.indicator, org)
                        const held = entered.get(cell) ?? own(org)
                        if (held) onEnter(cell, { ...held, period, prorated: checked })
                      }
                    }}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface CellProps {
  readonly at: string
  readonly unit: string
  readonly label: string
  readonly saved: number | undefined
  readonly entered: number | undefined
  readonly onValue: (value: number | undefined) => void
  readonly onWrong: (isWrong: boolean) => void
}

function Cell({ at, unit, label, saved, entered, onValue, onWrong }: CellProps) {
  const language = useLanguage()
  const say = useWords()
  const [typed, setTyped] = useState<string>()
  const [wrong, setWrong] = useState<string>()
  const value = entered ?? saved
  const put = (text: string) => {
    setTyped(text)
    const problem = read(text)
    setWrong(problem)
    onWrong(problem !== undefined)
  }
  function read(text: string): string | undefined {
    if (text.trim() === '') {
      onValue(undefined)
      return saved === undefined ? undefined : say('notEmpty')
    }
    const parsed = parseQuantity(text, unitOf(unit), tableUnit(unit))
    if (!parsed.ok) return said(parsed.problems[0], language)
    if (parsed.value < 0) return say('notNegative')
    onValue(parsed.value === saved ? undefined : parsed.value)
    return undefined
  }
  return (
    <td className={entered === undefined ? 'number' : 'number changed'}>
      <input
        data-at={at}
        className={wrong ? 'cell bad' : 'cell'}
        inputMode="decimal"
        aria-label={label}
        aria-invalid={wrong !== undefined}
        title={wrong}
        value={typed ?? (value === undefined ? '' : digits(value, unit, language))}
        onChange={({ target }) => put(target.value)}
        onFocus={({ target }) => target.select()}
        onBlur={() => {
          if (wrong === undefined) setTyped(undefined)
        }}
      />
      {wrong && (
        <span className="wrong" role="alert">
          {wrong}
        </span>
      )}
    </td>
  )
}

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Enter: [1, 0],
}

/** Up, down and Enter go to the cell above or beneath; left and right stay with the text of the cell. */
function step(event: KeyboardEvent<HTMLTableElement>): void {
  const by = STEPS[event.key]
  const from = event.target instanceof HTMLInputElement ? event.target.dataset.at?.split(' ').map(Number) : undefined
  if (!by || !from) return
  const next = event.currentTarget.querySelector<HTMLInputElement>(
    `[data-at="${from[0]! + by[0]} ${from[1]! + by[1]}"]`,
  )
  if (!next) return
  event.preventDefault()
  next.focus()
}
