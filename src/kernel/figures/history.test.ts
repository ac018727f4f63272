import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Asked, addDays, histories, questions, type Replayed, recount, replay } from '../../../test/histories.ts'
import { clerk, registry, registryBefore, testWorld } from '../../../test/world.ts'
import { must } from '../result.ts'
import { figure } from './figure.ts'
import { rebuild, rebuildChanged } from './rebuild.ts'

// Random histories against a naive re-count; see test/histories.ts for the steps and the oracle.

const HISTORIES = 2000
/** Each lane has databases of its own, so that a second core has something to do; trees of former histories cost little. */
const LANES = 4
const PER_DATABASE = 125

test(`figures equal a recount after any of ${HISTORIES} histories, and rebuild agrees with the tallies`, {
  timeout: 600_000,
}, async () => {
  const batches = Array.from({ length: HISTORIES / PER_DATABASE }, (_, batch) => batch)
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await check(batch)
    }),
  )
})

async function check(batch: number) {
  const world = await testWorld({ registry: registryBefore })
  let n = 0
  try {
    await fc.assert(
      fc.asyncProperty(histories({ steps: 20 }), questions, async (steps, asked) => {
        const replayed = await replay(world, `H${n++}`, steps)
        for (const one of asked)
          expect({ one, value: await found(replayed, one) }).toEqual({ one, value: counted(replayed, one) })
      }),
      { numRuns: PER_DATABASE, seed: 7300 + batch * PER_DATABASE, endOnFailure: false },
    )
    await rebuildChanged({ ...world, registry })
    const again = await rebuild({ ...world, registry })
    expect(again.differing).toEqual([])
  } finally {
    await world.store.close()
  }
}

async function found({ ledger, old, code }: Replayed, asked: Asked): Promise<number | null> {
  const topic = old && asked.topic === 'fish' ? 'seafood' : asked.topic
  const done = await figure(ledger, clerk, {
    indicator: `world.${asked.indicator}`,
    org: code(asked.org),
    period: `${asked.from}..${addDays(asked.from, asked.length - 1)}`,
    where: topic ? { [old ? 'subject' : 'topic']: topic } : {},
    scope: asked.scope,
    tree: asked.tree,
  })
  return rounded(must(done).value)
}

const counted = ({ records, tree }: Replayed, asked: Asked) => rounded(recount(records, tree, asked))

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1e9) / 1e9)
