import { z } from 'zod'
import { choice, count, day, decimal, integer, location, money, rows, text } from '../../../kernel/records/fields.ts'
import { type Fields, recordType } from '../../../kernel/records/type.ts'
import type { Words } from '../../../kernel/words.ts'
import { parsePostcode } from '../codes/postcode.ts'

// What people draw up and change: offices, routes with their timetables, sorting plans, tariffs. These are records.

export const officeKinds = {
  branch: { zh: '支局', en: 'Branch' },
  centre: { zh: '邮区中心局', en: 'Sorting centre' },
  airport: { zh: '航空邮件交换站', en: 'Airport office' },
  delivery: { zh: '投递局', en: 'Delivery office' },
} as const

export type OfficeKind = keyof typeof officeKinds

/** Six digits of postcode and two of the office's own. */
export const OFFICE_CODE = /^\d{8}$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

const officeCode = (words: Words) => text({ ...words, max: 8 })

const badOffice = (field: string, code: unknown) =>
  typeof code === 'string' && OFFICE_CODE.test(code) && parsePostcode(code.slice(0, 6)).ok
    ? []
    : [
        {
          field,
          code: 'mail/office-code',
          zh: `局所代码应为6位邮编加2位序号，不能是“${code}”`,
          en: `An office code is a postcode and two digits, not ${code}`,
        },
      ]

const rowsOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value : [])

export const office = recordType('mail.office', {
  title: { zh: '邮政局所', en: 'Mail office' },
  help: {
    zh: '收寄、分拣、转运或投递邮件的局所；归属哪个单位，哪个单位的人就能为它作业',
    en: 'Where mail is accepted, sorted, passed on or delivered; the unit it belongs to works for it',
  },
  day: 'since',
  fields: z.object({
    code: officeCode({ zh: '局所代码', en: 'Office code' }),
    name: text({ zh: '局所名称', en: 'Name', max: 60 }),
    kind: choice(officeKinds, { zh: '类型', en: 'Kind' }),
    since: day({ zh: '启用日期', en: 'In use since' }),
    until: day({ zh: '停用日期', en: 'In use until', future: true }).optional(),
    impc: text({ zh: '互换局代码', en: 'IMPC code', max: 6 }).optional(),
    place: location({ zh: '位置', en: 'Place' }).optional(),
  }),
  key: ['code'],
  columns: ['code', 'name', 'kind', 'since', 'until'],
  check: ({ code }) => badOffice('code', code),
})

export const route = recordType('mail.route', {
  title: { zh: '邮路', en: 'Mail route' },
  help: {
    zh: '沿途局所依次列出，到达时间按发车后的分钟数；每个频次一个发车时间',
    en: 'Offices in the order they are called at, minutes after departure; a departure for each wave',
  },
  day: 'since',
  fields: z.object({
    code: text({ zh: '邮路代号', en: 'Route', max: 20 }),
    name: text({ zh: '邮路名称', en: 'Name', max: 60 }),
    since: day({ zh: '开行日期', en: 'Runs since' }),
    until: day({ zh: '停运日期', en: 'Runs until', future: true }).optional(),
    capacity: count({ zh: '容间（袋）', en: 'Capacity in bags', max: 10_000 }),
    waves: rows(
      {
        wave: integer({ zh: '频次', en: 'Wave', min: 1, max: 9 }),
        departs: text({ zh: '发车时间', en: 'Departs', max: 5 }),
      },
      { zh: '频次', en: 'Waves', max: 9 },
    ),
    stops: rows(
      {
        office: officeCode({ zh: '局所代码', en: 'Office' }),
        arrives: integer({ zh: '到达（发车后分钟）', en: 'Arrives, minutes after departure', min: 0, max: 4_320 }),
        stays: integer({ zh: '停留（分钟）', en: 'Stays, minutes', min: 0, max: 600 }),
        km: decimal({ zh: '距上一站（千米）', en: 'km from the stop before', scale: 1, min: 0, max: 2_000 }),
      },
      { zh: '停靠局所', en: 'Stops', max: 100 },
    ),
  }),
  key: ['code'],
  columns: ['code', 'name', 'capacity', 'since', 'until'],
  check: ({ waves, stops }) => [
    ...rowsOf(stops).flatMap(stop => badOffice('stops', stop.office)),
    ...(rowsOf(stops).length < 2
      ? [{ field: 'stops', code: 'mail/stops', zh: '邮路至少有两个停靠局所', en: 'A route has at least two stops' }]
      : []),
    ...(rowsOf(stops).some((stop, i, all) => i > 0 && !(Number(stop.arrives) >= leaves(all[i - 1]!)))
      ? [
          {
            field: 'stops',
            code: 'mail/timetable',
            zh: '到达时间不能早于上一站的离开时间',
            en: 'A stop cannot be reached before the one before it is left',
          },
        ]
      : []),
    ...(rowsOf(waves).length === 0
      ? [{ field: 'waves', code: 'mail/waves', zh: '邮路至少有一个频次', en: 'A route has at least one wave' }]
      : []),
    ...rowsOf(waves).flatMap(({ departs }) =>
      TIME.test(String(departs))
        ? []
        : [
            {
              field: 'waves',
              code: 'mail/time',
              zh: `发车时间应写作 08:30，不能是“${departs}”`,
              en: `A departure is written 08:30, not ${departs}`,
            },
          ],
    ),
    ...(new Set(rowsOf(waves).map(({ wave }) => wave)).size < rowsOf(waves).length
      ? [{ field: 'waves', code: 'mail/wave-twice', zh: '同一频次列了两次', en: 'A wave is listed twice' }]
      : []),
  ],
})

const leaves = (stop: Fields) => Number(stop.arrives) + Number(stop.stays)

export const plan = recordType('mail.plan', {
  title: { zh: '封发关系', en: 'Sorting plan' },
  help: {
    zh: '一个局所按邮编段把邮件封往哪个局所；生效日期最近的一版有效',
    en: 'To which office an office closes mail, by ranges of postcodes; the version that took effect last holds',
  },
  day: 'since',
  fields: z.object({
    office: officeCode({ zh: '局所代码', en: 'Office' }),
    version: integer({ zh: '版本', en: 'Version', min: 1, max: 9_999 }),
    since: day({ zh: '生效日期', en: 'In effect since', future: true }),
    ranges: rows(
      {
        from: text({ zh: '起始邮编', en: 'From postcode', max: 6 }),
        to: text({ zh: '终止邮编', en: 'To postcode', max: 6 }),
        next: officeCode({ zh: '封往局所', en: 'Closed to' }),
      },
      { zh: '邮编段', en: 'Ranges', max: 1_000 },
    ),
  }),
  key: ['office', 'version'],
  columns: ['office', 'version', 'since'],
  check: ({ office: of, ranges }) => [
    ...badOffice('office', of),
    ...rowsOf(ranges).flatMap(range => badOffice('ranges', range.next)),
    ...rangeProblems(rowsOf(ranges)),
  ],
})

function rangeProblems(ranges: readonly Fields[]) {
  const problem = (code: string, zh: string, en: string) => [{ field: 'ranges', code: `mail/${code}`, zh, en }]
  const parts = ranges.map(({ from, to }) => ({ from: String(from), to: String(to) }))
  const bad = parts.find(({ from, to }) => !/^\d{6}$/.test(from) || !/^\d{6}$/.test(to) || from > to)
  if (bad)
    return problem(
      'range',
      `邮编段“${bad.from}—${bad.to}”应为两个6位邮编，前者不大于后者`,
      `${bad.from}–${bad.to} is no range of six-digit postcodes`,
    )
  const sorted = parts.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const twice = sorted.find(({ from }, i) => i > 0 && from <= sorted[i - 1]!.to)
  return twice
    ? problem('overlap', `邮编“${twice.from}”落在两个邮编段里`, `The postcode ${twice.from} lies in two ranges`)
    : []
}

export const tariff = recordType('mail.tariff', {
  title: { zh: '内部结算标准', en: 'Settlement tariff' },
  day: 'since',
  fields: z.object({
    version: integer({ zh: '版本', en: 'Version', min: 1, max: 9_999 }),
    since: day({ zh: '执行日期', en: 'In effect since', future: true }),
    carrying: money({ zh: '运输（每袋百千米）', en: 'Carrying a bag 100 km' }),
    handling: money({ zh: '处理（每件）', en: 'Handling an item' }),
  }),
  key: ['version'],
})
