import type { Command } from 'commander'
import { proofOfEntry } from '../../kernel/journal/proofs.ts'
import { operator } from '../../kernel/people/actor.ts'
import type { Context } from '../context.ts'
import { accepted, usageError } from '../exit.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'

/** `proof` and `key`: what somebody needs to check an entry without Yilu, with docs/verify-proof.mjs. */
export function declareProof(program: Command, context: Context): void {
  const { invocation, help } = context
  withPlace(
    program
      .command('proof <entry>')
      .description(
        help({ zh: '打印一条流水的证明（JSON），可脱离本程序验证', en: 'Print the proof of a journal entry' }),
      ),
    context,
  ).action(async (entry: string, options: PlaceOptions) => {
    if (!/^[1-9]\d{0,14}$/.test(entry))
      throw usageError('entry', { zh: `流水号应为正整数，而不是“${entry}”`, en: `An entry is a number, not ${entry}` })
    await withLedger(invocation, options, {}, async ledger => {
      const proof = accepted(await proofOfEntry(ledger, operator('cli'), Number(entry)))
      invocation.answer({ json: true }, proof, () => '')
    })
  })

  withPlace(
    program
      .command('key')
      .description(help({ zh: '打印账本的公钥，供别人验证证明', en: "Print the ledger's public key" })),
    context,
  ).action((options: PlaceOptions) =>
    withLedger(invocation, options, {}, async ledger => {
      invocation.answer({}, null, () => ledger.keys.publicKey.trimEnd())
    }),
  )
}
