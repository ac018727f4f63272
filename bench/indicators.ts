import { domains } from '../src/app.ts'
import { fold } from '../src/kernel/figures/fold.ts'
import { countOf, type Where } from '../src/kernel/figures/indicator.ts'
import type { Ledger } from '../src/kernel/ledger.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { create } from '../src/kernel/records/records.ts'
import { registryOf } from '../src/kernel/registry.ts'
import { must } from '../src/kernel/result.ts'
import { quantile, say, timed, withLedger } from './ledger.ts'

// Saving a record of a type that five indicators count, against one that two hundred count, in turns on the same ledger.

const ROUNDS = 6
const SAVES = 400
const CLIENTS = 8
const boss = operator('bench')

await withLedger(async ledger => {
  must(await createUnits(ledger, boss, [{ code: 'A', kind: 'county', name: '甲县' }]))
  const hotline = domains.find(({ id }) => id === 'hotline')!
  const call = hotline.types[0]!
  const countedBy = (many: number): Ledger => {
    const indicators = Array.from({ length: many }, (_, i) => {
      const by = [['topic'], ['crop'], ['topic', 'crop'], []][i % 4]!
      const where: Where = i % 5 === 4 ? { topic: 'pest' } : {}
      return [`hotline.n${i}`, countOf(call, { zh: '来电', en: 'Calls', unit: 'call', by, where })] as const
    })
    const own = { ...hotline, indicators: Object.fromEntries(indicators), paragraphs: {}, templates: [] }
    return { ...ledger, registry: registryOf([own]) }
  }
  const [few, many] = [countedBy(5), countedBy(200)]
  let n = 0
  const saves = async (to: Ledger) => {
    const one = async () => {
      for (let i = 0; i < SAVES / CLIENTS; i++) {
        const fields = {
          receivedOn: '2024-05-18',
          topic: 'pest',
          crop: 'rice',
          question: `第${n++}个问题`,
          served: 1,
        }
        must(await create(to, boss, 'hotline.call', { org: 'A', fields }))
      }
    }
    const saving = await timed(() => Promise.all(Array.from({ length: CLIENTS }, one)))
    const folding = await timed(() => fold(ledger.store))
    return { saving: saving / SAVES, folding: folding / SAVES }
  }
  await saves(few)
  await saves(many)
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const [five, hundreds] = [await saves(few), await saves(many)]
    ratios.push(hundreds.saving / five.saving)
    say(
      `  a save: ${five.saving.toFixed(2)} ms with 5 indicators, ${hundreds.saving.toFixed(2)} ms with 200` +
        ` (folding ${five.folding.toFixed(2)} and ${hundreds.folding.toFixed(2)} ms a record)`,
    )
  }
  say(`200 indicators slow a save ${quantile(ratios, 0.5).toFixed(2)} times (asked: at most 1.5)`)
})
