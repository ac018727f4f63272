import { afterAll, expect, test } from 'vitest'
import { testStore } from './testing.ts'

const store = await testStore()
afterAll(() => store.close())

test('values are read as days, instants, safe integers and decimal strings', async () => {
  const { rows } =
    await store.pool.query(`SELECT 7::bigint AS count, 1.50::numeric AS amount, '2024-02-29'::date AS day,
    '2024-05-18 09:00:00.123456+08'::timestamptz AS instant, '{1,NULL,3}'::bigint[] AS list, '{"a":[1]}'::jsonb AS json,
    '{2024-01-01}'::date[] AS days, '{"2024-01-01 00:00+00"}'::timestamptz[] AS instants`)
  expect(rows[0]).toEqual({
    count: 7,
    amount: '1.50',
    day: '2024-02-29',
    instant: '2024-05-18T01:00:00.123Z',
    list: [1, null, 3],
    json: { a: [1] },
    days: ['2024-01-01'],
    instants: ['2024-01-01T00:00:00.000Z'],
  })
  await expect(store.pool.query('SELECT 9007199254740993::bigint')).rejects.toThrow(RangeError)
})
