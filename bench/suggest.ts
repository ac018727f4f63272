import { perform } from '../src/kernel/operation.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { createMany } from '../src/kernel/records/records.ts'
import { must } from '../src/kernel/result.ts'
import { quantile, say, withLedger } from './ledger.ts'
import { answersOf, typedFor } from './suggest-words.ts'

// What the duty desk is offered while somebody types, over 20,000 reviewed answers beside as many calls that say the same
// words: at most 50 ms are promised. Each text typed asks for one known answer in other words, key by key; whether that one
// is offered is counted too. Beside it, in the same run, what one read of a record by its id costs.

const ANSWERS = 20_000
const ASKED = 60
const boss = operator('bench')

await withLedger(async ledger => {
  must(await createUnits(ledger, boss, [{ code: 'K', kind: 'county', name: '某县' }]))
  const answers = answersOf(ANSWERS)
  for (let at = 0; at < ANSWERS; at += 1000) {
    const some = answers.slice(at, at + 1000)
    const entered = some.map(fields => ({ org: 'K', state: 'reviewed', fields }))
    must(await createMany(ledger, boss, 'knowledge.answer', entered))
    const calls = some.map(({ question }) => ({
      org: 'K',
      fields: { receivedOn: '2024-05-18', topic: 'pest', question: `${question}请派人来看` },
    }))
    must(await createMany(ledger, boss, 'hotline.call', calls))
  }
  await ledger.store.owner.query('ANALYZE record')
  const suggest = ledger.registry.domains
    .flatMap(domain => domain.operations)
    .find(one => one.id === 'knowledge.suggest')!
  const times: number[] = []
  let [first, offered, texts] = [0, 0, 0]
  for (let i = 0; i < ASKED; i++) {
    const wanted = answers[(i * 7919) % ANSWERS]!
    const typed = typedFor(wanted, i)
    for (let length = 2; length <= typed.length; length++) {
      const input = suggest.input.parse({ org: 'K', text: typed.slice(0, length) })
      const begin = performance.now()
      const found = must(await perform(suggest, ledger, boss, input)) as readonly { question: string }[]
      times.push(performance.now() - begin)
      if (length < typed.length) continue
      texts++
      if (found[0]?.question === wanted.question) first++
      if (found.some(one => one.question === wanted.question)) offered++
    }
  }
  const plain: number[] = []
  const { rows } = await ledger.store.pool.query<{ id: string; root: number }>('SELECT root, id FROM record LIMIT 300')
  for (const { root, id } of rows) {
    const begin = performance.now()
    await ledger.store.pool.query('SELECT fields FROM record WHERE root = $1 AND id = $2', [root, id])
    plain.push(performance.now() - begin)
  }
  const ms = (share: number, of: readonly number[]) => quantile(of, share).toFixed(1)
  say(
    `${ANSWERS} answers, ${times.length} keystrokes: p50 ${ms(0.5, times)}, p95 ${ms(0.95, times)}, longest ${ms(1, times)} ms`,
  )
  say(`one record read by its id: p50 ${ms(0.5, plain)} ms`)
  say(`the answer meant, asked in other words: first ${first}, among five ${offered}, of ${texts}`)
})
