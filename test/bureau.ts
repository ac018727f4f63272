import { registry } from '../src/app.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import type { Actor, Role } from '../src/kernel/people/actor.ts'
import { leadsOf } from '../src/kernel/records/beside.ts'
import type { Patch } from '../src/kernel/records/patch.ts'
import { change, create } from '../src/kernel/records/records.ts'
import { must, type Result } from '../src/kernel/result.ts'
import { clerk, testWorld, type World } from './world.ts'

/** A ledger with every domain, two counties and a township, and what tests of domains say over and over. */
export interface Bureau {
  readonly world: World
  /** Enters a record at county A unless told otherwise; its id. */
  enter(type: string, fields: object, at?: At): Promise<string>
  /** Codes of what is refused; none when it was saved. */
  tried(type: string, fields: object, at?: At): Promise<string[]>
  changed(id: string, patch: Patch): Promise<string[]>
  /** First values of what a record may become. */
  becomes(id: string, lead: string): Promise<Readonly<Record<string, unknown>>>
  /** Somebody with one role at a unit. */
  as(role: Role, org?: string): Actor
  close(): Promise<void>
}

interface At {
  readonly org?: string
  readonly state?: string
}

export const codesOf = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(({ code }) => code))

export async function bureau(): Promise<Bureau> {
  const world = await testWorld({ registry })
  must(
    await createUnits(world, clerk, [
      { code: 'S', kind: 'city', name: '某市' },
      { code: 'A', kind: 'county', name: '甲县', parent: 'S' },
      { code: 'A-1', kind: 'township', name: '一镇', parent: 'A' },
      { code: 'B', kind: 'county', name: '乙县', parent: 'S' },
    ]),
  )
  const tried = (type: string, fields: object, { org = 'A', state }: At = {}) =>
    create(world, clerk, type, { org, fields, ...(state !== undefined && { state }) })
  return {
    world,
    enter: async (type, fields, at) => must(await tried(type, fields, at)).id,
    tried: async (type, fields, at) => codesOf(await tried(type, fields, at)),
    changed: async (id, patch) => codesOf(await change(world, clerk, id, patch)),
    becomes: async (id, lead) => {
      const found = must(await leadsOf(world, clerk, id)).find(one => one.lead === lead)
      return found?.fields ?? {}
    },
    as: (role, org = 'A') => {
      const unit = world.orgs.byCode(org)!
      return { person: null, name: role, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
    },
    close: () => world.store.close(),
  }
}
