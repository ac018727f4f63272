import { Empty, Progress, Skeleton, Table, Tag } from 'antd'
import { usePlace } from '../../../../web/src/kit/place.ts'
import { useApi } from '../../../../web/src/kit/query.ts'
import { wordsOf } from '../../../../web/src/kit/words.ts'

// The command room: runs, offices, alarms. It follows every scan, and asks again each half minute, for a run turns late by
// time alone.

const useWords = wordsOf('mail-board', {
  zh: {
    none: '今天没有趟车',
    alarms: '告警',
    quiet: '没有告警',
    runs: '趟车',
    offices: '局所',
    run: '趟车',
    state: '状态',
    at: '已到',
    next: '下一站',
    due: '应离',
    load: '装载',
    office: '局所',
    items: '在手邮件',
    bags: '待交总包',
    unopened: '待拆总包',
    shift: '上次交班',
    planned: '未发',
    held: '缓发',
    running: '在途',
    late: '晚点{{n}}分',
    done: '到终点',
    closed: '已结束',
    'late-run': '趟车晚点',
    overload: '超容间',
    'custody-gap': '交接缺失',
    'double-custody': '重复保管',
    'no-origin': '无收寄信息',
    'handover-differs': '交接清单不一致',
    'handover-half': '交接只有一方签名',
    quarantine: '待处理扫描',
    'note-overdue': '验单逾期',
    'stale-bags': '总包滞留超过一天',
  },
  en: {
    none: 'No runs today',
    alarms: 'Alarms',
    quiet: 'No alarms',
    runs: 'Runs',
    offices: 'Offices',
    run: 'Run',
    state: 'State',
    at: 'Last at',
    next: 'Next',
    due: 'Leaves there',
    load: 'Load',
    office: 'Office',
    items: 'Items on hand',
    bags: 'Bags to hand over',
    unopened: 'Bags to open',
    shift: 'Shift closed',
    planned: 'planned',
    held: 'held',
    running: 'under way',
    late: '{{n}} min late',
    done: 'at its end',
    closed: 'closed',
    'late-run': 'Runs late',
    overload: 'Overloaded',
    'custody-gap': 'Handover missing',
    'double-custody': 'Two custodians',
    'no-origin': 'Never accepted',
    'handover-differs': 'Lists differ',
    'handover-half': 'Signed by one side only',
    quarantine: 'Scans in quarantine',
    'note-overdue': 'Notes overdue',
    'stale-bags': 'Bags for over a day',
  },
})

type State = 'planned' | 'held' | 'running' | 'late' | 'done' | 'closed'
type Alarm =
  | 'late-run'
  | 'overload'
  | 'custody-gap'
  | 'double-custody'
  | 'no-origin'
  | 'handover-differs'
  | 'handover-half'
  | 'quarantine'
  | 'note-overdue'
  | 'stale-bags'

interface Board {
  readonly at: string
  readonly runs: readonly {
    readonly run: string
    readonly state: State
    readonly at: string | null
    readonly next: string | null
    readonly due: string | null
    readonly late: number
    readonly load: number
    readonly capacity: number
  }[]
  readonly offices: readonly {
    readonly office: string
    readonly name: string
    readonly items: number
    readonly bags: number
    readonly unopened: number
    readonly shift: string | null
  }[]
  readonly alarms: readonly { readonly kind: Alarm; readonly count: number; readonly which: readonly string[] }[]
  readonly names: Readonly<Record<string, string>>
}

const COLOURS: Readonly<Record<State, string>> = {
  planned: 'default',
  held: 'gold',
  running: 'blue',
  late: 'red',
  done: 'green',
  closed: 'default',
}

/** The time of day in Shanghai. */
const clock = (instant: string | null) =>
  instant === null ? '' : new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(11, 16)

export function Screen() {
  const say = useWords()
  const { org } = usePlace()
  const { data } = useApi<Board>('/domains/mail/board', { org }, { refetchInterval: 30_000 })
  if (!data) return <Skeleton active />
  const name = (code: string | null) => (code === null ? '' : (data.names[code] ?? code))
  return (
    <>
      <h2>{say('alarms')}</h2>
      {data.alarms.length === 0 && <p className="quiet">{say('quiet')}</p>}
      <ul className="plain-list">
        {data.alarms.map(({ kind, count, which }) => (
          <li key={kind}>
            <Tag color="red">{count}</Tag> {say(kind)} <span className="quiet">{which.slice(0, 5).join(' · ')}</span>
          </li>
        ))}
      </ul>
      <h2>{say('runs')}</h2>
      {data.runs.length === 0 ? (
        <Empty description={say('none')} />
      ) : (
        <Table
          size="small"
          rowKey="run"
          pagination={false}
          dataSource={[...data.runs]}
          columns={[
            { title: say('run'), dataIndex: 'run' },
            {
              title: say('state'),
              dataIndex: 'state',
              render: (state: State, { late }) => <Tag color={COLOURS[state]}>{say(state, { n: late })}</Tag>,
            },
            { title: say('at'), dataIndex: 'at', render: name },
            { title: say('next'), dataIndex: 'next', render: name },
            { title: say('due'), dataIndex: 'due', render: clock },
            {
              title: say('load'),
              dataIndex: 'load',
              render: (load: number, { capacity }) => (
                <Progress
                  size="small"
                  percent={Math.min(100, Math.round((load * 100) / Math.max(1, capacity)))}
                  format={() => `${load}/${capacity}`}
                  status={load > capacity ? 'exception' : 'normal'}
                />
              ),
            },
          ]}
        />
      )}
      <h2>{say('offices')}</h2>
      <Table
        size="small"
        rowKey="office"
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={[...data.offices]}
        columns={[
          { title: say('office'), dataIndex: 'name' },
          { title: say('items'), dataIndex: 'items', align: 'right' },
          { title: say('bags'), dataIndex: 'bags', align: 'right' },
          { title: say('unopened'), dataIndex: 'unopened', align: 'right' },
          { title: say('shift'), dataIndex: 'shift', render: clock },
        ]}
      />
    </>
  )
}
