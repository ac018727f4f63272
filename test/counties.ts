import type { Domain } from '../src/kernel/domain.ts'
import { figure } from '../src/kernel/figures/figure.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import type { Actor, Role } from '../src/kernel/people/actor.ts'
import { create } from '../src/kernel/records/records.ts'
import { registryOf } from '../src/kernel/registry.ts'
import { must, type Result } from '../src/kernel/result.ts'
import { clerk, testWorld, type World } from './world.ts'

/** Two counties, the first with a township and two villages, in which domains are tried as they are declared. */
export async function counties(...domains: readonly Domain[]) {
  const world = await testWorld({ registry: registryOf(domains) })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A-1', kind: 'township', name: '一镇', parent: 'A' },
      { code: 'A-1-1', kind: 'village', name: '东村', parent: 'A-1' },
      { code: 'A-1-2', kind: 'village', name: '西村', parent: 'A-1' },
      { code: 'B', kind: 'county', name: '乙县' },
    ]),
  )
  return {
    world,
    save: (type: string, fields: Record<string, unknown>, state?: string, org = 'A') =>
      create(world, clerk, type, { org, fields, ...(state === undefined ? {} : { state }) }, { allowSimilar: true }),
    told: async (indicator: string, period = '2025', org = 'A') =>
      must(await figure(world, clerk, { indicator, org, period })).value,
    close: () => world.store.close(),
  }
}

export type Counties = Awaited<ReturnType<typeof counties>>

/** Somebody with one role at one unit. */
export function actorAt(world: World, code: string, role: Role): Actor {
  const unit = world.orgs.byCode(code)!
  return { person: null, name: role, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
}

export const codes = (result: Result<unknown>): string[] => (result.ok ? [] : result.problems.map(({ code }) => code))
