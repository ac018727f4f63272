import type { Command } from 'commander'
import { type Verification, verify } from '../../kernel/journal/verify.ts'
import type { Language } from '../../kernel/words.ts'
import { type Context, JSON_HELP } from '../context.ts'
import { EXIT } from '../exit.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'
import { pairs, tableStart } from '../table.ts'

export function declareVerify(program: Command, context: Context): void {
  const { invocation, help, endWith } = context
  withPlace(
    program
      .command('verify')
      .description(
        help({ zh: '核对全部流水、检查点、记录与佐证', en: 'Check journal, checkpoints, records and evidence' }),
      ),
    context,
  )
    .option('--json', help(JSON_HELP))
    .action((options: PlaceOptions & { json?: boolean }) =>
      withLedger(invocation, options, {}, async ledger => {
        const meter = invocation.meter({ zh: '核对', en: 'Verifying' })
        const { signal } = invocation
        const found = await verify(ledger, { onProgress: meter.update, signal }).finally(meter.stop)
        invocation.answer(options, found, () => verifiedText(found, invocation.language))
        if (!found.ok) endWith(EXIT.no)
      }),
    )
}

const TITLES = {
  zh: {
    answer: '结论',
    good: '全部相符',
    entries: '流水',
    checkpoints: '检查点',
    root: '根',
    where: '何处',
    id: '编号',
    problem: '问题',
  },
  en: {
    answer: 'Answer',
    good: 'everything agrees',
    entries: 'Entries',
    checkpoints: 'Checkpoints',
    root: 'Root',
    where: 'Where',
    id: 'Id',
    problem: 'Problem',
  },
} as const

function verifiedText({ ok, entries, checkpoints, root, problems }: Verification, language: Language): string {
  const words = TITLES[language]
  const bad = language === 'zh' ? `有 ${problems.length} 处不符` : `${problems.length} problems`
  const head = pairs([
    [words.answer, ok ? words.good : bad],
    [words.entries, entries.toLocaleString('en-US')],
    [words.checkpoints, checkpoints.toLocaleString('en-US')],
    [words.root, root || '—'],
  ])
  if (problems.length === 0) return head
  const columns = [{ title: words.where }, { title: words.id }, { title: words.problem }]
  const rows = problems.map(({ kind, id, message }) => [kind, id, message[language]])
  return `${head}\n\n${tableStart(columns, rows, language)}`
}
