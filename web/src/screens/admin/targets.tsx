import { Button, Select, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { useDomains, useIndicators, useOrgs } from '../../kit/declared.ts'
import { orgName, today } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { periodText } from '../../shell/place-picker.tsx'
import { useAct } from './act.ts'
import { Refusal } from './parts.tsx'
import { type Target, TargetGrid } from './target-grid.tsx'
import { useWords } from './targets-words.ts'

/** Columns of the grid: the unit itself and those right beneath it. */
const MOST_UNITS = 24

/** Planned figures of a unit and those beneath it, set in one grid for the period chosen above. */
export default function Targets() {
  const say = useWords()
  const language = useLanguage()
  const { org, period } = usePlace()
  const orgs = useOrgs()
  const indicators = useIndicators()
  const domains = useDomains()
  const { data } = useApi<{ targets: Target[] }>('/targets', { org, period })
  const { act, problem, waiting } = useAct()
  const [added, setAdded] = useState<readonly string[]>([])
  const [entered, setEntered] = useState<ReadonlyMap<string, Target>>(new Map())
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set())
  const units = useMemo(
    () => [
      org,
      ...(orgs ?? [])
        .filter(one => one.parent === org && one.closed > today())
        .map(({ code }) => code)
        .sort()
        .slice(0, MOST_UNITS),
    ],
    [orgs, org],
  )
  if (!data || !indicators) return <Skeleton active title={false} />
  // Targets of a narrowed indicator (by level, by crop) come from the API and plans; the grid shows whole ones.
  const whole = data.targets.filter(
    one => one.period === period && Object.keys(one.where ?? {}).length === 0 && units.includes(one.org),
  )
  const rows = indicators.filter(
    ({ indicator }) => added.includes(indicator) || whole.some(one => one.indicator === indicator),
  )
  async function save() {
    const targets = [...entered.values()]
    if (!(await act('/targets', { method: 'PUT', body: { targets } }, say('saved', { n: targets.length }), '/targets')))
      return
    setEntered(new Map())
  }
  const drop = () => {
    setEntered(new Map())
    setWrong(new Set())
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+S is another way for what the button does
    <div
      onKeyDown={event => {
        if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return
        event.preventDefault()
        if (entered.size > 0 && wrong.size === 0) void save()
      }}
    >
      <div className="toolbar">
        <strong>
          {orgName(orgs, org, language)} · {periodText(period, language)}
        </strong>
        <Select
          aria-label={say('add')}
          placeholder={say('add')}
          style={{ width: 260 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={null}
          options={domains?.map(({ domain, title }) => ({
            label: said(title, language),
            options: indicators
              .filter(one => one.domain === domain && !rows.includes(one))
              .map(one => ({ value: one.indicator, label: said(one.title, language) })),
          }))}
          onChange={(indicator: string | null) => indicator && setAdded([...added, indicator])}
        />
        <Button
          type="primary"
          loading={waiting}
          disabled={entered.size === 0 || wrong.size > 0}
          onClick={() => void save()}
        >
          {entered.size > 0 ? say('saveN', { n: entered.size }) : say('save')}
        </Button>
        {(entered.size > 0 || wrong.size > 0) && <Button onClick={drop}>{say('drop')}</Button>}
      </div>
      <Refusal problem={problem} />
      {rows.length === 0 ? (
        <p className="quiet">{say('none')}</p>
      ) : (
        <TargetGrid
          rows={rows}
          units={units}
          period={period}
          targets={whole}
          entered={entered}
          onEnter={(cell, target) => {
            const next = new Map(entered)
            if (target) next.set(cell, target)
            else next.delete(cell)
            setEntered(next)
          }}
          onWrong={(cell, isWrong) => {
            if (wrong.has(cell) === isWrong) return
            const next = new Set(wrong)
            if (isWrong) next.add(cell)
            else next.delete(cell)
            setWrong(next)
          }}
        />
      )}
      <p className="quiet">{say('help')}</p>
    </div>
  )
}
