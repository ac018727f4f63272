import { Button, Table } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { usePlace, usePlaceQuery } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { useMay } from '../../kit/session.tsx'
import { Draft } from './draft.tsx'
import { useWords } from './words.ts'

export interface Expected {
  readonly form: string
  readonly name: string
  readonly org: string
  readonly orgName: string
  readonly period: string
  readonly dueOn: string
  readonly state: 'due' | 'soon' | 'late' | 'submitted' | 'returned' | 'approved'
  readonly timely: boolean | null
  readonly id: string | null
  readonly remark: string | null
  readonly answers: boolean
  readonly decides: boolean
}

/** Returns asked of the unit and those beneath it: what is there, what is late, what is to be decided. */
export function Screen() {
  const say = useWords()
  const { org } = usePlace()
  const place = usePlaceQuery()
  const mayConfirm = useMay('confirm')
  const [chosen, setChosen] = useState<Expected>()
  const { data } = useApi<{ returns: Expected[]; total: number }>('/domains/returns/list', { org })
  const all = data?.returns ?? []
  const made = all.filter(one => one.timely !== null)
  return (
    <>
      <h1>{say('title')}</h1>
      <div className="toolbar">
        <span>
          {say('summary', {
            n: data?.total ?? 0,
            made: made.length,
            timely: made.filter(one => one.timely).length,
            late: all.filter(one => one.state === 'late').length,
          })}
        </span>
        {mayConfirm && <Link to={`/ledger/returns.form/new${place}`}>{say('write')}</Link>}
      </div>
      <Table<Expected>
        size="small"
        loading={!data}
        rowKey={one => `${one.form} ${one.org} ${one.period}`}
        dataSource={all}
        scroll={{ x: 'max-content' }}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: say('period'), dataIndex: 'period' },
          { title: say('name'), dataIndex: 'name' },
          { title: say('unit'), dataIndex: 'orgName' },
          { title: say('due'), dataIndex: 'dueOn' },
          {
            title: say('state'),
            render: (_, one) => (
              <span className={one.state === 'late' ? 'late' : undefined}>
                {say(one.state === 'due' ? 'waiting' : one.state)}
                {one.timely !== null && ` · ${say(one.timely ? 'onTime' : 'wasLate')}`}
                {one.state === 'returned' && ` · ${one.remark}`}
              </span>
            ),
          },
          {
            title: '',
            render: (_, one) => (
              <Button size="small" onClick={() => setChosen(one)}>
                {say(one.answers && (one.id === null || one.state === 'returned') ? 'fill' : 'look')}
              </Button>
            ),
          },
        ]}
      />
      {chosen && <Draft of={chosen} close={() => setChosen(undefined)} />}
    </>
  )
}
