import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { must } from '../result.ts'
import { addDays, type Day, dayOf, fromSerial, serialOf } from './day.ts'
import {
  addWorkingDays,
  calendarOf,
  HOLIDAY_FILE,
  isWorkingDay,
  loadCalendar,
  readTable,
  type WorkingCalendar,
  workingDaysBetween,
} from './working-days.ts'

const on = (text: string) => {
  const [year, month, date] = text.split('-').map(Number) as [number, number, number]
  return dayOf(year, month, date)
}
const emptyFolder = () => mkdtemp(join(tmpdir(), 'yilu-calendar-'))

let calendar: WorkingCalendar
beforeAll(async () => {
  calendar = must(await loadCalendar(await emptyFolder()))
})

/** Day by day from the plain meaning of the words, without arithmetic on serials. */
const isWorked = (value: string) => {
  const weekday = new Date(`${value}T00:00:00Z`).getUTCDay()
  return calendar.work.has(value) || (!calendar.off.has(value) && weekday !== 0 && weekday !== 6)
}

describe('the announced years', () => {
  // As counted for each year: 365 or 366 days less weekends and statutory holidays on weekdays; 2025 has two days more.
  test.each([
    ['2023', 249],
    ['2024', 251],
    ['2025', 248],
    ['2026', 248],
  ])('%s has %i working days', (year, days) => {
    const start = dayOf(Number(year), 1, 1)
    expect(workingDaysBetween(calendar, start, dayOf(Number(year) + 1, 1, 1))).toBe(days)
  })

  test.each([
    ['2024-02-09', true],
    ['2024-02-12', false],
    ['2024-02-18', true],
    ['2025-01-26', true],
    ['2025-10-08', false],
    ['2026-02-23', false],
    ['2026-02-28', true],
    ['2026-10-10', true],
    ['2027-10-01', true], // not announced yet: only weekends are known
  ])('%s is worked: %s', (value, worked) => {
    expect(isWorkingDay(calendar, on(value))).toBe(worked)
  })

  test('weekend days are worked and weekdays off only, so that no line of the table is idle or wrong', () => {
    for (const value of calendar.work) expect([0, 6]).toContain(new Date(value).getUTCDay())
    for (const value of calendar.work) expect(calendar.off.has(value)).toBe(false)
  })
})

describe('counting', () => {
  test('five working days from the eve of the Spring Festival of 2026', () => {
    expect(addWorkingDays(calendar, on('2026-02-13'), 5)).toBe('2026-02-27')
    expect(addWorkingDays(calendar, on('2026-02-27'), -5)).toBe('2026-02-13')
    expect(addWorkingDays(calendar, on('2026-02-16'), 0)).toBe('2026-02-24')
    expect(addWorkingDays(calendar, on('2026-02-14'), 0)).toBe('2026-02-14')
  })

  const days = fc.integer({ min: serialOf(on('2022-11-01')), max: serialOf(on('2027-03-01')) }).map(fromSerial)

  test('agrees with walking day by day', () =>
    fc.assert(
      fc.property(days, fc.integer({ min: -80, max: 80 }), (from, count) => {
        let at: Day = from
        for (let left = Math.abs(count); left > 0; ) {
          at = addDays(at, Math.sign(count))
          if (isWorked(at)) left--
        }
        while (count === 0 && !isWorked(at)) at = addDays(at, 1)
        expect(addWorkingDays(calendar, from, count)).toBe(at)
      }),
    ))

  test('so many days on lie just so many days apart', () =>
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 80 }), (from, count) => {
        const until = addWorkingDays(calendar, from, count)
        expect(workingDaysBetween(calendar, addDays(from, 1), addDays(until, 1))).toBe(count)
        expect(workingDaysBetween(calendar, addDays(until, 1), addDays(from, 1))).toBe(-count)
      }),
    ))
})

describe('a table of the bureau', () => {
  test('replaces the years it has', async () => {
    const folder = await emptyFolder()
    const table = { '2027': { source: '本局', off: ['2027-10-01..2027-10-07'], work: ['2027-10-09'] } }
    await writeFile(join(folder, HOLIDAY_FILE), JSON.stringify(table))
    const own = must(await loadCalendar(folder))
    expect(addWorkingDays(own, on('2027-09-30'), 1)).toBe('2027-10-08')
    expect(isWorkingDay(own, on('2027-10-09'))).toBe(true)
    expect(isWorkingDay(own, on('2026-10-01'))).toBe(false)
  })

  test.each([
    ['not JSON', '{'],
    ['a year in words', '{"next": {"source": "", "off": [], "work": []}}'],
    ['a day in words', '{"2027": {"source": "", "off": ["1 May"], "work": []}}'],
  ])('%s is refused', (_, json) => {
    expect(readTable(json)).toMatchObject({ ok: false, problems: [{ code: 'calendar/table' }] })
  })

  test.each(['2027-02-30', '2027-05-03..2027-05-01'])('%s is refused', off => {
    const table = { '2027': { source: '', off: [off], work: [] } }
    expect(calendarOf(table)).toMatchObject({ ok: false, problems: [{ code: 'calendar/table' }] })
  })
})
