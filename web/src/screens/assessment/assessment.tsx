import { Button, Input, Select, Skeleton, Table } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { digits } from '../../kit/format.ts'
import { usePlace, usePlaceQuery } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { useMay } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { useAct } from '../admin/act.ts'
import { Refusal } from '../admin/parts.tsx'
import { ItemTable } from './items.tsx'
import type { Scheme, Standing, UnitStanding } from './standing.ts'
import { useWords } from './words.ts'

const STAGES = { new: 'stageNew', open: 'stageOpen', published: 'stagePublished', final: 'stageFinal' } as const
const NEXT = { new: 'open', open: 'publish', published: 'conclude' } as const
const DONE = { open: 'opened', publish: 'published', conclude: 'concluded' } as const

const periodFor = (cycle: string, year: string) =>
  ({ year, half: `${year}-H1`, quarter: `${year}-Q1`, month: `${year}-01` })[cycle] ?? year

/** Schemes of the unit with scores and ranks, each opening to its items; and the targets that lag behind. */
export function Screen() {
  const say = useWords()
  const { org, period } = usePlace()
  const place = usePlaceQuery()
  const mayEnter = useMay('enter')
  const [query, setQuery] = useSearchParams()
  const { data } = useApi<{ schemes: Scheme[] }>('/domains/assessment/schemes', { org })
  if (!data) return <Skeleton active />
  const chosen = data.schemes.find(one => one.scheme === query.get('scheme')) ?? data.schemes[0]
  const of = query.get('of') ?? chosen?.periods[0] ?? periodFor(chosen?.cycle ?? 'year', period.slice(0, 4))
  const go = (scheme: string, to?: string) =>
    setQuery(before => {
      const next = new URLSearchParams(before)
      next.set('scheme', scheme)
      if (to === undefined) next.delete('of')
      else next.set('of', to)
      return next
    })
  return (
    <>
      <h1>{say('title')}</h1>
      <div className="toolbar">
        {data.schemes.length === 0 && <p className="quiet">{say('none')}</p>}
        {chosen && (
          <>
            <Select
              aria-label={say('schemes')}
              style={{ minWidth: 240 }}
              value={chosen.scheme}
              onChange={scheme => go(scheme)}
              options={data.schemes.map(({ scheme, name, orgName }) => ({
                value: scheme,
                label: `${name} · ${orgName}`,
              }))}
            />
            <Input
              key={of}
              aria-label={say('period')}
              style={{ width: 120 }}
              defaultValue={of}
              onPressEnter={event => go(chosen.scheme, event.currentTarget.value.trim())}
              onBlur={event => event.target.value.trim() !== of && go(chosen.scheme, event.target.value.trim())}
            />
          </>
        )}
        {mayEnter && <Link to={`/ledger/assessment.scheme/new${place}`}>{say('write')}</Link>}
      </div>
      {chosen && <Scores org={org} scheme={chosen} period={of} />}
      <BehindTargets org={org} />
      <Use org={org} period={period} />
    </>
  )
}

function Scores({ org, scheme, period }: { org: string; scheme: Scheme; period: string }) {
  const say = useWords()
  const { act, problem, waiting } = useAct()
  const asked = { org, scheme: scheme.scheme, period }
  const { data, error } = useApi<Standing>('/domains/assessment/standing', asked)
  if (error) return <Refusal problem={error.problems[0]} />
  if (!data) return <Skeleton active />
  const next = data.stage === 'final' ? undefined : NEXT[data.stage]
  const units = [...data.units].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || (a.org < b.org ? -1 : 1))
  return (
    <section aria-label={data.name}>
      <div className="toolbar">
        <strong>{say(STAGES[data.stage])}</strong>
        {data.decides && next && (
          <Button
            loading={waiting}
            onClick={() =>
              act(`/domains/assessment/${next}`, { body: asked }, say(DONE[next]), '/domains/assessment', '/awaiting')
            }
          >
            {say(next)}
          </Button>
        )}
      </div>
      <Refusal problem={problem} />
      <Table<UnitStanding>
        size="small"
        rowKey="org"
        dataSource={units}
        scroll={{ x: 'max-content' }}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        expandable={{
          defaultExpandedRowKeys: units.length === 1 ? [units[0]!.org] : [],
          expandedRowRender: unit => <ItemTable standing={data} unit={unit} />,
        }}
        columns={[
          { title: say('rank'), dataIndex: 'rank', align: 'right', render: (rank: number | null) => rank ?? '—' },
          { title: say('unit'), dataIndex: 'name' },
          {
            title: say('score'),
            align: 'right',
            render: (_, one) => (
              <>
                {one.score?.toFixed(data.digits) ?? '—'}
                {one.now !== null && <span className="quiet"> {say('now', { n: one.now.toFixed(data.digits) })}</span>}
              </>
            ),
          },
          {
            title: say('vetoed'),
            render: (_, one) => one.vetoes.length > 0 && <span className="late">{one.vetoes.join('、')}</span>,
          },
        ]}
      />
    </section>
  )
}

interface Behind {
  readonly indicator: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly unit: string
  readonly org: string
  readonly orgName: string
  readonly period: string
  readonly target: number
  readonly value: number | null
  readonly expected: number
  readonly gap: number
  readonly daysLeft: number
}

function BehindTargets({ org }: { org: string }) {
  const say = useWords()
  const language = useLanguage()
  const { data } = useApi<{ day: string; targets: Behind[] }>('/domains/assessment/behind', { org })
  const column = (title: string, of: (one: Behind) => number | null) => ({
    title,
    align: 'right' as const,
    render: (_: unknown, one: Behind) => digits(of(one), one.unit, language),
  })
  return (
    <section aria-labelledby="behind">
      <h2 id="behind">{say('behind')}</h2>
      {data?.targets.length === 0 ? (
        <p className="quiet">{say('noneBehind')}</p>
      ) : (
        <Table<Behind>
          size="small"
          rowKey={one => `${one.org} ${one.indicator} ${one.period}`}
          dataSource={data?.targets ?? []}
          scroll={{ x: 'max-content' }}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            { title: say('item'), render: (_, one) => said(one.title, language) },
            { title: say('unit'), dataIndex: 'orgName' },
            column(say('target'), one => one.target),
            column(say('reached'), one => one.value),
            column(say('expected'), one => one.expected),
            column(say('gap'), one => one.gap),
            { title: say('daysLeft'), dataIndex: 'daysLeft', align: 'right' },
          ]}
        />
      )}
    </section>
  )
}

interface Rate {
  readonly part: number
  readonly whole: number
}
type UseOfUnit = { readonly org: string; readonly name: string } & Readonly<
  Record<'online' | 'accuracy' | 'timely', Rate>
>

/** The three rates, each with numerator and denominator. */
function Use({ org, period }: { org: string; period: string }) {
  const say = useWords()
  const [open, setOpen] = useState(false)
  const { data } = useApi<{ units: UseOfUnit[] }>(open ? '/domains/assessment/use' : undefined, { org, period })
  const column = (name: 'online' | 'accuracy' | 'timely') => ({
    title: say(name),
    align: 'right' as const,
    render: (_: unknown, one: UseOfUnit) => {
      const { part, whole } = one[name]
      return whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)}% (${part}/${whole})`
    },
  })
  return (
    <details onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{say('use')}</summary>
      <Table<UseOfUnit>
        size="small"
        rowKey="org"
        loading={open && !data}
        dataSource={data?.units ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[{ title: say('unit'), dataIndex: 'name' }, column('online'), column('accuracy'), column('timely')]}
      />
    </details>
  )
}
