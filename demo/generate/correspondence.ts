import { addDays, daysIn, past } from './calendar.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled } from './record.ts'

const BODIES = [
  { org: 'KJ', series: '示科发', above: '省科技厅', issued: 16, received: 14 },
  { org: 'KJ-A', series: '甲科字', above: '市科技局', issued: 12, received: 10 },
  { org: 'KJ-C', series: '丙科发', above: '州科技局', issued: 10, received: 9 },
  { org: 'YZ', series: '邮科', above: '国家局', issued: 14, received: 12 },
] as const

const OUT = [
  ['关于组织申报科技计划项目的通知', 'notice'],
  ['关于开展科技活动周的通知', 'notice'],
  ['关于项目资金使用情况的报告', 'report'],
  ['关于召开工作会议的通知', 'notice'],
  ['关于增加科技经费的请示', 'request'],
  ['关于商请派出专家的函', 'letter'],
] as const

const IN = [
  ['关于报送半年工作总结的通知', 'notice', 'urgent'],
  ['关于印发项目管理办法的通知', 'notice', 'normal'],
  ['关于开展监督检查的通知', 'notice', 'urgent'],
  ['关于征求意见的函', 'letter', 'normal'],
] as const

/** Two years of documents out and in of four bodies, each series from number 1 without a gap. */
export function correspondence(today: string): DemoRecord[] {
  return BODIES.flatMap(({ org, series, above, issued, received }) =>
    [2024, 2025].flatMap(year => {
      const random = randomOf(`documents ${org} ${year}`)
      const out = daysIn(random, year, issued).filter(day => day <= today)
      const came = daysIn(random, year, received).filter(day => day <= today)
      return [
        ...out.map((issuedOn, i): DemoRecord => {
          const [title, kind] = OUT[i % OUT.length]!
          return {
            type: 'correspondence.outgoing',
            org,
            fields: { series: `${series}〔${year}〕`, number: i + 1, title, kind, issuedOn, recipients: '各有关单位' },
          }
        }),
        ...came.map((receivedOn, i): DemoRecord => {
          const [title, kind, urgency] = IN[i % IN.length]!
          const readOn = past(addDays(receivedOn, 2), today)
          const doneOn = past(addDays(receivedOn, random.int(3, 12)), today)
          return {
            type: 'correspondence.incoming',
            org,
            state: doneOn ? 'done' : 'received',
            fields: filled({
              year,
              number: i + 1,
              symbol: `${above.slice(0, 2)}发〔${year}〕${20 + i * 3}号`,
              from: above,
              title,
              kind,
              urgency,
              receivedOn,
              dueOn: urgency === 'urgent' ? addDays(receivedOn, 10) : undefined,
              circulation: [
                filled({ to: '主要负责人', sentOn: receivedOn, readOn, opinion: readOn && '请业务科室办理' }),
              ],
              doneOn,
            }),
          }
        }),
      ]
    }),
  )
}
