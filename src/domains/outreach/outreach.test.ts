import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Counties, codes, counties } from '../../../test/counties.ts'
import { clerk } from '../../../test/world.ts'
import { addEvidence } from '../../kernel/evidence/evidence.ts'
import { explain } from '../../kernel/figures/explain.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { confirm } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import outreach from './index.ts'

let here: Counties
beforeAll(async () => {
  here = await counties(outreach)
})
afterAll(() => here.close())

const publish = async (channel: string, outlet: string, items = 1) =>
  must(await here.save('outreach.publicity', { publishedOn: '2025-03-01', channel, outlet, title: '科技下乡', items }))
    .id

test('a film show is an event counted once, and its films beside it', async () => {
  const event = (films?: { film: string; viewers: number }[]) =>
    here.save('outreach.event', {
      heldOn: '2025-04-01',
      kind: 'visit',
      title: '送科技',
      place: '东村',
      experts: 5,
      served: 90,
      films,
    })
  must(await event())
  const shown = must(
    await event([
      { film: '合理使用农药', viewers: 80 },
      { film: '生态家园', viewers: 80 },
    ]),
  ).id
  const told = await Promise.all(
    ['events', 'countryside-visits', 'film-shows', 'films', 'experts'].map(name => here.told(`outreach.${name}`)),
  )
  expect(told).toEqual([2, 2, 1, 2, 10])
  const { records } = must(
    await explain(here.world, clerk, { indicator: 'outreach.film-shows', org: 'A', period: '2025' }),
  )
  expect(records.map(one => one.id)).toEqual([shown])
})

test('items by channel and by outlet add up to the publicity figure', async () => {
  await publish('television', '县电视台')
  await publish('television', '市电视台', 2)
  await publish('banner', '主要街道', 6)
  for (const by of ['channel', 'outlet']) {
    const { value, rows } = must(
      await figure(here.world, clerk, { indicator: 'outreach.publicity-items', org: 'A', period: '2025', by }),
    )
    expect(rows!.reduce((sum, row) => sum + row.value!, 0)).toBe(value)
    expect(value).toBe(9)
  }
})

test('what the media brought is confirmed with its clipping', async () => {
  const id = await publish('newspaper', '县报')
  expect(codes(await confirm(here.world, clerk, id))).toEqual(['outreach.clipping/no-clipping'])
  const stream = (async function* () {
    yield Buffer.from('剪报')
  })()
  must(await addEvidence(here.world, clerk, id, { name: '剪报.txt', stream }))
  must(await confirm(here.world, clerk, id))
  must(await confirm(here.world, clerk, await publish('banner', '主要街道')))
})
