import { Alert, Empty, Select, Table } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Record_ } from '../../../../web/src/kit/declared.ts'
import { usePlace } from '../../../../web/src/kit/place.ts'
import { useApi } from '../../../../web/src/kit/query.ts'
import { said, useLanguage, wordsOf } from '../../../../web/src/kit/words.ts'
import { traits } from '../topics.ts'

// How the plots of a trial lie, what was measured on each, and whether its treatments differ.

const useWords = wordsOf('trials-plots', {
  zh: {
    trial: '试验',
    trait: '指标',
    none: '本单位还没有画了小区的试验',
    map: '小区图：上北，格内为小区号、处理和测定值',
    plot: '小区{{number}}',
    source: '变异来源',
    df: '自由度',
    ss: '平方和',
    ms: '均方',
    treatments: '处理间',
    blocks: '区组间',
    error: '误差',
    total: '总变异',
    treatment: '处理',
    n: '小区数',
    mean: '平均',
    deviation: '标准差',
    letters: '差异',
    lsd: 'LSD({{alpha}})={{lsd}}。有相同字母的处理之间差异不显著。',
    open: '打开记录',
  },
  en: {
    trial: 'Trial',
    trait: 'Trait',
    none: 'No trial with plots at this unit yet',
    map: 'Plots, north above; in each its number, treatment and value',
    plot: 'Plot {{number}}',
    source: 'Source',
    df: 'df',
    ss: 'Sum of squares',
    ms: 'Mean square',
    treatments: 'Treatments',
    blocks: 'Blocks',
    error: 'Error',
    total: 'Total',
    treatment: 'Treatment',
    n: 'Plots',
    mean: 'Mean',
    deviation: 'Deviation',
    letters: 'Groups',
    lsd: 'LSD({{alpha}}) = {{lsd}}. Treatments that share a letter do not differ significantly.',
    open: 'Open the record',
  },
})

interface Plot {
  readonly number: number
  readonly treatment: string
  readonly row: number
  readonly column: number
}

interface Source {
  readonly source: 'treatments' | 'blocks' | 'error' | 'total'
  readonly df: number
  readonly ss: number
  readonly ms?: number
  readonly f?: number
  readonly p?: number
}

interface Treatment {
  readonly code: string
  readonly name: string
  readonly n: number
  readonly mean: number
  readonly deviation?: number
  readonly letters: string
}

interface Analysis {
  readonly test: { readonly zh: string; readonly en: string }
  readonly alpha: number
  readonly lsd: number
  readonly sources: readonly Source[]
  readonly treatments: readonly Treatment[]
}

type Trait = keyof typeof traits

export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const { org } = usePlace()
  const [chosen, setChosen] = useState<string>()
  const [trait, setTrait] = useState<Trait>('yield')
  const list = useApi<{ records: Record_[] }>('/types/trials.trial/records', { org, limit: 200 })
  const drawn = (list.data?.records ?? []).filter(({ fields }) => plotsOf(fields).length > 0)
  const trial = drawn.find(one => one.id === chosen) ?? drawn[0]
  const values = useApi<{ records: Record_[] }>(
    trial && '/types/trials.measurement/records',
    trial && { 'filter[trial]': trial.id, 'filter[trait]': trait, limit: 1 },
  )
  const analysis = useApi<Analysis>(trial && '/domains/trials/analysis', trial && { org, trial: trial.id, trait })
  if (list.data && !trial) return <Empty description={say('none')} />
  if (!trial) return null
  const measured = new Map(valuesOf(values.data?.records[0]?.fields).map(one => [one.plot, one.value]))
  return (
    <>
      <p>
        <Select
          aria-label={say('trial')}
          style={{ minWidth: 240, maxWidth: '100%' }}
          value={trial.id}
          onChange={setChosen}
          options={drawn.map(({ id, fields }) => ({ value: id, label: `${fields.number} ${fields.title}` }))}
        />{' '}
        <Select
          aria-label={say('trait')}
          style={{ minWidth: 140 }}
          value={trait}
          onChange={setTrait}
          options={(Object.keys(traits) as Trait[]).map(value => ({ value, label: said(traits[value], language) }))}
        />{' '}
        <Link to={`/records/${trial.id}`}>{say('open')}</Link>
      </p>
      <PlotMap plots={plotsOf(trial.fields)} measured={measured} />
      {analysis.error ? (
        <Alert type="info" showIcon title={said(analysis.error.problems[0], language)} />
      ) : (
        analysis.data && <Result {...analysis.data} />
      )}
    </>
  )
}

// The ledger has checked the rows of both.
const plotsOf = (fields: Readonly<Record<string, unknown>>) => (fields.plots ?? []) as readonly Plot[]
const valuesOf = (fields: Readonly<Record<string, unknown>> | undefined) =>
  (fields?.values ?? []) as readonly { readonly plot: number; readonly value: number }[]

const SIDE = 84
const HEIGHT = 62

function PlotMap({ plots, measured }: { plots: readonly Plot[]; measured: ReadonlyMap<number, number> }) {
  const say = useWords()
  const codes = [...new Set(plots.map(one => one.treatment))].sort()
  const rows = Math.max(...plots.map(one => one.row))
  const columns = Math.max(...plots.map(one => one.column))
  return (
    <div style={{ overflowX: 'auto' }}>
      <svg
        role="img"
        aria-label={say('map')}
        viewBox={`0 0 ${columns * SIDE} ${rows * HEIGHT}`}
        style={{ width: '100%', maxWidth: columns * SIDE, minWidth: Math.min(320, columns * 60) }}
      >
        {plots.map(({ number, treatment, row, column }) => {
          const [x, y] = [(column - 1) * SIDE, (row - 1) * HEIGHT]
          return (
            <g key={number}>
              <title>{say('plot', { number })}</title>
              <rect
                x={x + 1}
                y={y + 1}
                width={SIDE - 2}
                height={HEIGHT - 2}
                fill={tint(codes.indexOf(treatment), codes.length)}
                stroke="var(--quiet)"
              />
              <text x={x + 6} y={y + 16} fontSize="11" fill="#1b2422">
                {number}
              </text>
              <text x={x + SIDE / 2} y={y + 32} fontSize="16" fontWeight="600" textAnchor="middle" fill="#1b2422">
                {treatment}
              </text>
              <text x={x + SIDE / 2} y={y + 50} fontSize="12" textAnchor="middle" fill="#1b2422">
                {measured.get(number) ?? ''}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}

/** Light tints, on which dark letters read well in either scheme. */
const tint = (index: number, count: number) => `hsl(${Math.round((360 * index) / Math.max(1, count))} 55% 84%)`

const round = (value: number | undefined, digits: number) => (value === undefined ? '' : value.toFixed(digits))

function Result({ test, alpha, lsd, sources, treatments }: Analysis) {
  const say = useWords()
  const language = useLanguage()
  return (
    <>
      <h2>{said(test, language)}</h2>
      <Table<Source>
        size="small"
        pagination={false}
        scroll={{ x: true }}
        rowKey="source"
        dataSource={[...sources]}
        columns={[
          { title: say('source'), render: (_, one) => say(one.source) },
          { title: say('df'), dataIndex: 'df', align: 'right' },
          { title: say('ss'), render: (_, one) => round(one.ss, 3), align: 'right' },
          { title: say('ms'), render: (_, one) => round(one.ms, 3), align: 'right' },
          { title: 'F', render: (_, one) => round(one.f, 3), align: 'right' },
          {
            title: 'p',
            align: 'right',
            render: (_, one) =>
              one.p !== undefined && one.p < alpha ? <strong>{round(one.p, 4)}</strong> : round(one.p, 4),
          },
        ]}
      />
      <Table<Treatment>
        size="small"
        pagination={false}
        scroll={{ x: true }}
        rowKey="code"
        dataSource={[...treatments]}
        columns={[
          { title: say('treatment'), render: (_, one) => `${one.code} ${one.name}` },
          { title: say('n'), dataIndex: 'n', align: 'right' },
          { title: say('mean'), render: (_, one) => round(one.mean, 2), align: 'right' },
          { title: say('deviation'), render: (_, one) => round(one.deviation, 2), align: 'right' },
          { title: say('letters'), dataIndex: 'letters' },
        ]}
      />
      <p className="quiet">{say('lsd', { alpha, lsd: lsd.toFixed(2) })}</p>
    </>
  )
}
