import { Empty, Segmented, Table } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { usePlace } from '../../../../web/src/kit/place.ts'
import { useApi } from '../../../../web/src/kit/query.ts'
import { said, useLanguage, wordsOf } from '../../../../web/src/kit/words.ts'
import { classes, type SeleniumClass } from '../selenium.ts'
import { kinds } from '../topics.ts'

// Where samples were taken and what class their selenium is of; each point and each village opens to samples.

const useWords = wordsOf('samples-map', {
  zh: {
    none: '这段时间没有检测结果',
    map: '检测样品分布图，共{{n}}个样品；按村的数字见下表',
    sample: '{{number}}　{{village}}　{{selenium}}毫克/公斤',
    kind: '样品类别',
    village: '村',
    number: '样品',
    mean: '平均(毫克/公斤)',
    open: '展开',
  },
  en: {
    none: 'No results in this period',
    map: 'Map of {{n}} samples; the table below tells them by village',
    sample: '{{number}}, {{village}}, {{selenium}} mg/kg',
    kind: 'Kind of sample',
    village: 'Village',
    number: 'Samples',
    mean: 'Mean (mg/kg)',
    open: 'Open',
  },
})

interface Sample {
  readonly id: string
  readonly number: string
  readonly village: string
  readonly villageName: string
  readonly lon: number
  readonly lat: number
  readonly selenium: number
  readonly class: SeleniumClass
}

interface Village {
  readonly village: string
  readonly samples: readonly Sample[]
}

type Kind = keyof typeof kinds

const CLASSES = Object.keys(classes) as SeleniumClass[]
const COLOURS: Readonly<Record<SeleniumClass, string>> = {
  deficient: '#b08968',
  marginal: '#d9c27a',
  moderate: '#9ccc8f',
  rich: '#1f7a4d',
  excessive: '#b42318',
  ordinary: '#8aa5c4',
  ungraded: '#9aa3a0',
}

export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const { org, period } = usePlace()
  const [kind, setKind] = useState<Kind>('soil')
  const { data } = useApi<{ samples: Sample[] }>('/domains/samples/map', { org, period, kind })
  if (!data) return null
  const shown = CLASSES.filter(one => data.samples.some(sample => sample.class === one))
  return (
    <>
      <Segmented
        aria-label={say('kind')}
        value={kind}
        onChange={setKind}
        options={(Object.keys(kinds) as Kind[]).map(value => ({ value, label: said(kinds[value], language) }))}
      />
      {data.samples.length === 0 ? (
        <Empty description={say('none')} />
      ) : (
        <>
          <p>
            {shown.map(one => (
              <span key={one} style={{ marginRight: 16, whiteSpace: 'nowrap' }}>
                <span
                  aria-hidden
                  style={{
                    display: 'inline-block',
                    width: 12,
                    height: 12,
                    borderRadius: 6,
                    background: COLOURS[one],
                    marginRight: 4,
                  }}
                />
                {said(classes[one], language)} {data.samples.filter(sample => sample.class === one).length}
              </span>
            ))}
          </p>
          <Points samples={data.samples} />
          <Villages samples={data.samples} shown={shown} />
        </>
      )}
    </>
  )
}

const WIDTH = 900
const MARGIN = 12

function Points({ samples }: { samples: readonly Sample[] }) {
  const say = useWords()
  const go = useNavigate()
  const [west, east] = [Math.min(...samples.map(one => one.lon)), Math.max(...samples.map(one => one.lon))]
  const [south, north] = [Math.min(...samples.map(one => one.lat)), Math.max(...samples.map(one => one.lat))]
  // A degree of longitude is shorter away from the equator.
  const narrowing = Math.cos((((north + south) / 2) * Math.PI) / 180)
  const scale = (WIDTH - 2 * MARGIN) / Math.max((east - west) * narrowing, 0.01)
  const height = Math.max(120, Math.round((north - south) * scale) + 2 * MARGIN)
  return (
    <svg
      role="img"
      aria-label={say('map', { n: samples.length })}
      viewBox={`0 0 ${WIDTH} ${height}`}
      style={{ width: '100%', background: 'var(--paper)', border: '1px solid var(--line)' }}
    >
      {samples.map(one => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the same opens by keyboard, from the table
        <circle
          key={one.id}
          cx={MARGIN + (one.lon - west) * narrowing * scale}
          cy={MARGIN + (north - one.lat) * scale}
          r={5}
          fill={COLOURS[one.class]}
          fillOpacity={0.8}
          style={{ cursor: 'pointer' }}
          onClick={() => go(`/records/${one.id}`)}
        >
          <title>{say('sample', { number: one.number, village: one.villageName, selenium: one.selenium })}</title>
        </circle>
      ))}
    </svg>
  )
}

function Villages({ samples, shown }: { samples: readonly Sample[]; shown: readonly SeleniumClass[] }) {
  const say = useWords()
  const language = useLanguage()
  const byVillage = new Map<string, Sample[]>()
  for (const one of samples) byVillage.set(one.village, [...(byVillage.get(one.village) ?? []), one])
  const villages = [...byVillage]
    .map(([village, list]): Village => ({ village, samples: list }))
    .sort((a, b) => (a.village < b.village ? -1 : 1))
  const mean = ({ samples: list }: Village) => list.reduce((sum, one) => sum + one.selenium, 0) / list.length
  return (
    <Table<Village>
      size="small"
      scroll={{ x: true }}
      rowKey="village"
      dataSource={villages}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      expandable={{
        columnTitle: say('open'),
        expandedRowRender: ({ samples: list }) =>
          list.map(one => (
            <div key={one.id}>
              <Link to={`/records/${one.id}`}>
                {say('sample', {
                  number: one.number,
                  village: said(classes[one.class], language),
                  selenium: one.selenium,
                })}
              </Link>
            </div>
          )),
      }}
      columns={[
        { title: say('village'), render: (_, one) => one.samples[0]?.villageName },
        {
          title: say('number'),
          align: 'right',
          render: (_, one) => one.samples.length,
          sorter: (a, b) => a.samples.length - b.samples.length,
        },
        {
          title: say('mean'),
          align: 'right',
          render: (_, one) => mean(one).toFixed(3),
          sorter: (a, b) => mean(a) - mean(b),
        },
        ...shown.map(name => ({
          title: said(classes[name], language),
          align: 'right' as const,
          render: (_: unknown, one: Village) => one.samples.filter(sample => sample.class === name).length || '',
        })),
      ]}
    />
  )
}
