import { Empty, Skeleton, Tooltip } from 'antd'
import { Link } from 'react-router'
import { usePlace, usePlaceQuery } from '../../../../web/src/kit/place.ts'
import { useApi } from '../../../../web/src/kit/query.ts'
import { wordsOf } from '../../../../web/src/kit/words.ts'
import type { Bar } from './bar.ts'
import './gantt.css'
import { at, type Line, lineOf, span, ticks } from './layout.ts'
import { ProjectMap } from './map.tsx'

const useWords = wordsOf('contracts-gantt', {
  zh: {
    none: '本期没有已签合同的项目',
    overdue: '{{n}}个节点逾期',
    planned: '计划{{day}}',
    done: '{{day}}完成',
    late: '逾期未完成',
    map: '项目分布',
    today: '今天',
  },
  en: {
    none: 'No project with a signed contract in this period',
    overdue: '{{n}} milestones overdue',
    planned: 'planned for {{day}}',
    done: 'done on {{day}}',
    late: 'overdue',
    map: 'Where the projects are',
    today: 'Today',
  },
})

export function Screen() {
  const say = useWords()
  const { org, period } = usePlace()
  const { data } = useApi<{ today: string; projects: Bar[] }>('/domains/contracts/gantt', { org, period })
  if (!data) return <Skeleton active />
  if (data.projects.length === 0) return <Empty description={say('none')} />
  const line = lineOf(data.projects, data.today)
  const overdue = data.projects.flatMap(({ milestones }) => milestones.filter(one => one.overdue)).length
  return (
    <>
      {overdue > 0 && <p role="status">{say('overdue', { n: overdue })}</p>}
      <div className="gantt">
        <span />
        <div className="days">
          {ticks(line).map(({ day, year }) => (
            <span key={day} className="tick" style={{ left: `${at(line, day)}%` }}>
              {year}
            </span>
          ))}
        </div>
        {data.projects.map(bar => (
          <Row key={bar.id} bar={bar} line={line} today={data.today} />
        ))}
      </div>
      <ProjectMap projects={data.projects} org={org} title={say('map')} />
    </>
  )
}

function Row({ bar, line, today }: { bar: Bar; line: Line; today: string }) {
  const say = useWords()
  const query = usePlaceQuery()
  const { left, width } = span(line, bar.from, bar.closed ?? bar.until)
  return (
    <>
      <Link className="name" to={`/records/${bar.id}${query}`} title={`${bar.number} ${bar.title}`}>
        {bar.title}
      </Link>
      <div className="days">
        <span className="now" title={say('today')} style={{ left: `${at(line, today)}%` }} />
        <span className={bar.closed ? 'bar closed' : 'bar'} style={{ left: `${left}%`, width: `${width}%` }} />
        {bar.milestones.map(one => {
          const how = one.doneOn ? say('done', { day: one.doneOn }) : one.overdue ? say('late') : ''
          const told = [one.title, say('planned', { day: one.plannedOn }), how].filter(Boolean).join(' · ')
          return (
            <Tooltip key={one.title} title={told}>
              <button
                type="button"
                className={`dot${one.doneOn ? ' done' : one.overdue ? ' overdue' : ''}`}
                style={{ left: `${at(line, one.doneOn ?? one.plannedOn)}%` }}
                aria-label={`${bar.title}: ${told}`}
              />
            </Tooltip>
          )
        })}
      </div>
    </>
  )
}
