import type { Command } from 'commander'
import { loadDemo } from '../../../demo/load.ts'
import { DEMO_PASSWORD, people } from '../../../demo/people.ts'
import type { Ledger } from '../../kernel/ledger.ts'
import type { Language } from '../../kernel/words.ts'
import { type Context, JSON_HELP } from '../context.ts'
import { accepted } from '../exit.ts'
import type { Invocation } from '../invocation.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'
import { pairs, table } from '../table.ts'

export function declareDemo(program: Command, context: Context): void {
  const { invocation, help } = context
  withPlace(
    program
      .command('demo')
      .description(help({ zh: '装入两个示范单位；中断后再运行即可接着装', en: 'Load the two demonstration bureaus' })),
    context,
  )
    .option('--json', help(JSON_HELP))
    .action((options: PlaceOptions & { json?: boolean }) =>
      withLedger(invocation, options, { mayCreate: true, saves: true, endsItself: true }, async ledger => {
        const startedAt = performance.now()
        const loaded = await loadWithMeter(ledger, invocation)
        const seconds = Math.round((performance.now() - startedAt) / 100) / 10
        invocation.answer(options, { ...loaded, seconds }, () =>
          [loadedText(loaded, seconds, invocation.language), loginsText(invocation.language)].join('\n\n'),
        )
      }),
    )
}

export async function loadWithMeter(
  ledger: Ledger,
  invocation: Invocation,
): Promise<{ records: number; orgs: number }> {
  const meter = invocation.meter({ zh: '装入示范数据', en: 'Loading the demonstration' })
  try {
    return accepted(await loadDemo(ledger, { onProgress: meter.update, signal: invocation.signal }))
  } finally {
    meter.stop()
  }
}

const loadedText = ({ orgs, records }: { orgs: number; records: number }, seconds: number, language: Language) =>
  language === 'zh'
    ? pairs([
        ['单位', `${orgs.toLocaleString('en-US')} 个`],
        ['记录', `${records.toLocaleString('en-US')} 条`],
        ['用时', `${seconds} 秒`],
      ])
    : pairs([
        ['Org units', orgs.toLocaleString('en-US')],
        ['Records', records.toLocaleString('en-US')],
        ['Took', `${seconds} s`],
      ])

/** Who may sign in to the demonstration, and how. */
export function loginsText(language: Language): string {
  const zh = language === 'zh'
  const columns = (zh ? ['登录名', '姓名', '单位', '角色'] : ['Login', 'Name', 'Org unit', 'Role']).map(title => ({
    title,
  }))
  const rows = people
    .filter(({ org }) => org === 'KJ-A' || org === 'YZ')
    .map(({ login, name, org, role }) => [login, name, org, role])
  const password = zh
    ? `示范账户的密码都是 ${DEMO_PASSWORD}`
    : `The password of all demonstration people is ${DEMO_PASSWORD}`
  return `${password}\n${table(columns, rows)}`
}
