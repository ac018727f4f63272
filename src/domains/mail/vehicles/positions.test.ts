import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { perform } from '../../../kernel/operation.ts'
import { must } from '../../../kernel/result.ts'
import { clerk, type MailWorld, mailWorld } from '../testing.ts'
import type { Reported } from './gateway.ts'
import { askVehicles, askVehicleUse, keepPositions, vehicleGateway } from './positions.ts'

let world: MailWorld
beforeAll(async () => {
  world = await mailWorld()
})
afterAll(() => world.store.close())

const root = () => must(world.orgs.find('P')).root

/** A report of a minute after nine: metres by the odometer in 0.1 km, speed in 0.1 km/h. */
const report = (minute: number, mileage: number, speed: number, status = 3): Reported => {
  const at = new Date(Date.parse('2025-06-30T01:00:00Z') + minute * 60_000)
  const position = {
    alarm: 0,
    status,
    latitude: 39_904_200,
    longitude: 116_407_396,
    altitude: 40,
    speed,
    course: 90,
    at,
    mileage,
  }
  return { terminal: '13800138000', position, late: false, receivedAt: at }
}

test("a vehicle's positions give its kilometres, its time on the way and its idle time; repeats change nothing", async () => {
  const day = [
    report(0, 1000, 400),
    report(5, 1040, 450),
    report(10, 1080, 0),
    report(15, 1080, 0),
    report(20, 1080, 0, 2),
    report(25, 1080, 300),
    report(50, 1180, 0),
  ]
  await keepPositions(world, root(), day)
  await keepPositions(world, root(), [day[3]!, day[0]!, report(30, 0, 0, 1)]) // the last was not located
  const used = must(await perform(askVehicleUse, world, clerk, { org: 'P', from: '2025-06-30', until: '2025-07-01' }))
  expect(used).toEqual({ vehicles: [{ vehicle: '13800138000', positions: 7, km: 18, moving: 10, idle: 10 }] })
  const where = must(await perform(askVehicles, world, clerk, { org: 'P', day: '2025-06-30' }))
  expect(where).toMatchObject({
    vehicles: [{ time: '2025-06-30T01:50:00.000Z', lat: 39.9042, lon: 116.407396, speed: 0 }],
  })
})

test('a clock that runs ahead is not believed', async () => {
  const { position, ...rest } = report(0, 1, 1)
  await keepPositions(world, root(), [
    { ...rest, position: { ...position, at: new Date('2031-01-01') }, receivedAt: new Date('2025-06-29T01:00:00Z') },
  ])
  const where = must(await perform(askVehicles, world, clerk, { org: 'P', day: '2025-06-29' }))
  expect(where).toMatchObject({ vehicles: [{ time: '2025-06-29T01:00:00.000Z' }] })
})

test('the gateway runs where its port and unit are named, and keeps broken frames', async () => {
  const said: string[] = []
  const start = (env: Record<string, string>) =>
    (vehicleGateway.start as (...given: unknown[]) => Promise<{ close(): Promise<void> } | null>)(
      world,
      env,
      ({ en }: { en: string }) => said.push(en),
    )
  expect(await start({})).toBeNull()
  expect(await start({ YILU_JT808_PORT: '0', YILU_JT808_ORG: 'NOBODY' })).toBeNull()
  expect(said.pop()).toContain('not running')
  const running = await start({ YILU_JT808_PORT: '0', YILU_JT808_ORG: 'P' })
  const port = Number(/port (\d+)/.exec(said.at(-1)!)![1])
  const socket = connect(port, '127.0.0.1')
  socket.end(Buffer.from('7e000200000138001380000001aa7e', 'hex'))
  await new Promise(resolve => socket.once('close', resolve))
  await running!.close()
  const kept = async () =>
    (await world.store.pool.query<{ reason: string }>(`SELECT reason FROM mail_quarantine`)).rows.map(row => row.reason)
  await expect.poll(kept, { timeout: 20_000 }).toEqual([expect.stringMatching(/^mail\/frame-/)])
})
