import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'
import { addDays, type Day, day, daysBetween, serialOf } from './day.ts'

// Working days of China: Monday to Friday, but for the holidays and the weekend days worked in their stead that the State
// Council announces for each year. A year that is not in the table knows weekends only.

const range = z.string().regex(/^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/)
const holidayTable = z.record(
  z.string().regex(/^\d{4}$/),
  z.strictObject({ source: z.string(), off: z.array(range), work: z.array(range) }),
)

/** By year: days off (a day, or first..last) and weekend days that are worked. */
export type HolidayTable = z.infer<typeof holidayTable>

export interface WorkingCalendar {
  readonly off: ReadonlySet<string>
  readonly work: ReadonlySet<string>
}

/** What a bureau puts into its data directory to replace or add years. */
export const HOLIDAY_FILE = 'holidays.json'

/** The calendar that ships with the program, with the years of `holidays.json` in the data directory in their stead. */
export async function loadCalendar(dataDir: string): Promise<Result<WorkingCalendar>> {
  const shipped = await readFile(new URL('./holidays.json', import.meta.url), 'utf8')
  const own = await readFile(join(dataDir, HOLIDAY_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  const tables = [readTable(shipped), readTable(own)]
  const wrong = tables.find(table => !table.ok)
  if (wrong && !wrong.ok) return wrong
  return calendarOf(Object.assign({}, ...tables.map(table => (table.ok ? table.value : {}))) as HolidayTable)
}

export function readTable(json: string): Result<HolidayTable> {
  try {
    const read = holidayTable.safeParse(JSON.parse(json))
    if (read.success) return ok(read.data)
    return badTable(read.error.issues[0]!.path.join('.'))
  } catch {
    return badTable('JSON')
  }
}

const badTable = (where: string) =>
  fail('calendar/table', {
    field: where,
    zh: `节假日表（${HOLIDAY_FILE}）有误：${where}`,
    en: `The table of holidays (${HOLIDAY_FILE}) is wrong at ${where}`,
  })

/** @returns the calendar, or `calendar/table` when a range of it holds no days */
export function calendarOf(table: HolidayTable): Result<WorkingCalendar> {
  const off = new Set<string>()
  const work = new Set<string>()
  for (const [year, one] of Object.entries(table))
    for (const [days, ranges] of [
      [off, one.off],
      [work, one.work],
    ] as const)
      for (const text of ranges) {
        const [first, last = first] = text.split('..').map(part => day(part))
        if (!first?.ok || !last?.ok || last.value < first.value) return badTable(`${year}: ${text}`)
        for (let at = first.value; at <= last.value; at = addDays(at, 1)) days.add(at)
      }
  return ok({ off, work })
}

// 1970-01-01, serial 0, was a Thursday; Saturday and Sunday are 2 and 3 days on.
const isWeekend = (value: Day) => [2, 3].includes(((serialOf(value) % 7) + 7) % 7)

export const isWorkingDay = ({ off, work }: WorkingCalendar, value: Day): boolean =>
  work.has(value) || (!off.has(value) && !isWeekend(value))

/**
 * The working day so many working days on, the day itself not counted; back when negative. With 0 the day itself when it
 * is worked, else the next that is: a deadline on a holiday moves to the day after it.
 */
export function addWorkingDays(calendar: WorkingCalendar, from: Day, count: number): Day {
  const step = count < 0 ? -1 : 1
  let left = Math.abs(count)
  let at = from
  if (left === 0) while (!isWorkingDay(calendar, at)) at = addDays(at, 1)
  while (left > 0) {
    at = addDays(at, step)
    if (isWorkingDay(calendar, at)) left--
  }
  return at
}

/** How many working days lie in [from, until); negative when until comes first. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Day, until: Day): number {
  if (until < from) return -workingDaysBetween(calendar, until, from)
  let count = 0
  for (let i = 0, all = daysBetween(from, until); i < all; i++) if (isWorkingDay(calendar, addDays(from, i))) count++
  return count
}
