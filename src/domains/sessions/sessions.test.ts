import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Counties, codes, counties } from '../../../test/counties.ts'
import { clerk } from '../../../test/world.ts'
import { gaps } from '../../kernel/awaiting/gaps.ts'
import { explain } from '../../kernel/figures/explain.ts'
import { must } from '../../kernel/result.ts'
import sessions from './index.ts'

let here: Counties
beforeAll(async () => {
  here = await counties(sessions)
})
afterAll(() => here.close())

const study = (heldOn: string, kind = 'study') =>
  here.save('sessions.session', { heldOn, kind, topic: '中央一号文件', attended: 12, notes: 2 })

test('sessions and amounts open to their records', async () => {
  const held = [must(await study('2025-01-10')).id, must(await study('2025-02-10')).id]
  must(await study('2025-02-11', 'discussion'))
  const given = must(
    await here.save('sessions.donation', {
      donatedOn: '2025-05-20',
      purpose: '支援灾区',
      donors: 11,
      amount: 220_000,
      receipt: '0012345',
    }),
  ).id
  const opened = async (indicator: string) => {
    const { value, records } = must(await explain(here.world, clerk, { indicator, org: 'A', period: '2025' }))
    return [value, records.map(({ id, value }) => [id, value]).sort()]
  }
  expect(await opened('sessions.studies')).toEqual([2, held.map(id => [id, 1]).sort()])
  expect(await opened('sessions.donated')).toEqual([220_000, [[given, 220_000]]])
  expect(await here.told('sessions.discussions')).toBe(1)
})

test('one receipt is one donation', async () => {
  const donation = { donatedOn: '2025-06-01', purpose: '助学', donors: 3, amount: 30_000, receipt: '0012346' }
  must(await here.save('sessions.donation', donation))
  expect(codes(await here.save('sessions.donation', donation))).toEqual(['record/duplicate-key'])
  expect(codes(await here.save('sessions.donation', { ...donation, amount: -1, receipt: '9' }))).toEqual([
    'field/negative',
  ])
})

test('a month without study is told', async () => {
  const found = must(await gaps(here.world, clerk, 'A', '2025')).find(one => one.id === 'sessions.monthly-study')!
  expect(found.missing.map(({ what }) => what.zh)).toEqual(['2025年3月', '2025年4月', '2025年5月'])
})
