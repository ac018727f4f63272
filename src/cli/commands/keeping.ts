import type { Command } from 'commander'
import { type Rebuilt, rebuild } from '../../kernel/figures/rebuild.ts'
import type { Words } from '../../kernel/words.ts'
import { type BackupSummary, backup } from '../../store/backup.ts'
import { restore } from '../../store/restore.ts'
import { openStore } from '../../store/store.ts'
import { type Context, JSON_HELP } from '../context.ts'
import { EXIT } from '../exit.ts'
import { type PlaceOptions, placeOf, refuseMissing, withLedger, withPlace } from '../place.ts'
import { pairs, tableStart } from '../table.ts'
import { refuseMissingFile } from './given-file.ts'

type Options = PlaceOptions & { json?: boolean }

/** What keeps a ledger whole: `rebuild`, `backup`, `restore`. */
export function declareKeeping(program: Command, context: Context): void {
  const { invocation, help, endWith } = context
  const { language } = invocation
  const add = (usage: string, words: Words) =>
    withPlace(program.command(usage).description(help(words)), context).option('--json', help(JSON_HELP))

  add('rebuild', {
    zh: '由记录重新计算全部数字，并与原有的比较',
    en: 'Compute all tallies anew and compare them',
  }).action((options: Options) =>
    withLedger(invocation, options, { saves: true }, async ledger => {
      const meter = invocation.meter({ zh: '重新计算', en: 'Rebuilding' })
      const found = await rebuild(ledger, { onProgress: meter.update }).finally(meter.stop)
      const differing = found.differing.map(cell => ({ ...cell, org: ledger.orgs.byId(cell.org)?.code ?? '' }))
      invocation.answer(options, { ...found, differing }, () => rebuiltText(found, differing, language))
      if (differing.length > 0) endWith(EXIT.no)
    }),
  )

  add('backup <file>', {
    zh: '把整个账本备份到一个文件，服务可照常运行',
    en: 'Write the whole ledger to one file',
  }).action(async (file: string, options: Options) => {
    // The store alone: a backup must also work before an upgrade, and change nothing.
    const place = placeOf(options, invocation.env)
    await refuseMissing(place)
    const store = await openStore(place, { connections: 2 })
    const meter = invocation.meter({ zh: '备份', en: 'Backing up' })
    try {
      const done = await backup(store, file, { onProgress: meter.update, signal: invocation.signal })
      meter.stop()
      invocation.answer(options, done, () => copiedText(done, language))
    } finally {
      meter.stop()
      await store.close()
    }
  })

  add('restore <file>', { zh: '把备份恢复到空的数据目录或数据库', en: 'Restore a backup into an empty place' }).action(
    async (file: string, options: Options) => {
      await refuseMissingFile(file)
      const store = await openStore(placeOf(options, invocation.env), { connections: 2 })
      const meter = invocation.meter({ zh: '恢复', en: 'Restoring' })
      try {
        const done = await restore(store, file, { onProgress: meter.update, signal: invocation.signal })
        meter.stop()
        invocation.answer(options, done, () => copiedText(done, language))
        invocation.say({ zh: '可用 yilu verify 核对', en: 'Check it with yilu verify' })
      } finally {
        meter.stop()
        await store.close()
      }
    },
  )
}

function rebuiltText(
  { indicators, records }: Rebuilt,
  differing: readonly { indicator: string; org: string; dim: string; value: string; grain: string; start: string }[],
  language: 'zh' | 'en',
): string {
  const zh = language === 'zh'
  const head = pairs([
    [zh ? '指标' : 'Indicators', indicators.toLocaleString('en-US')],
    [zh ? '记录' : 'Records', records.toLocaleString('en-US')],
    [
      zh ? '结论' : 'Answer',
      differing.length === 0
        ? zh
          ? '与原有的完全一致'
          : 'the same as before'
        : zh
          ? `${differing.length} 处不一致，已改正`
          : `${differing.length} cells differed and are corrected`,
    ],
  ])
  if (differing.length === 0) return head
  const columns = (zh ? ['指标', '单位', '维度', '起始日'] : ['Indicator', 'Org unit', 'Dimension', 'Start']).map(
    title => ({ title }),
  )
  const rows = differing.map(({ indicator, org, dim, value, start }) => [
    indicator,
    org,
    dim && `${dim}=${value}`,
    start,
  ])
  return `${head}\n\n${tableStart(columns, rows, language)}`
}

const copiedText = ({ file, size, rows, files }: BackupSummary, language: 'zh' | 'en'): string =>
  language === 'zh'
    ? pairs([
        ['文件', file],
        ['大小', `${(size / 1_048_576).toFixed(1)} MB`],
        ['数据', `${rows.toLocaleString('en-US')} 行`],
        ['佐证与密钥', `${files.toLocaleString('en-US')} 个文件`],
      ])
    : pairs([
        ['File', file],
        ['Size', `${(size / 1_048_576).toFixed(1)} MB`],
        ['Rows', rows.toLocaleString('en-US')],
        ['Evidence and keys', `${files.toLocaleString('en-US')} files`],
      ])
