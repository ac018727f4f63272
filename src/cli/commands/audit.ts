import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import iconv from 'iconv-lite'
import type { Identity, Reading, ReadOptions } from '../../kernel/claims/claim.ts'
import { parsePeriod } from '../../kernel/period/period.ts'
import type { Language } from '../../kernel/words.ts'
import { type Context, JSON_HELP, ORG_HELP, PERIOD_HELP } from '../context.ts'
import { accepted, EXIT, usageError } from '../exit.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'
import { pairs, table } from '../table.ts'
import { refuseMissingFile } from './given-file.ts'

interface Options extends PlaceOptions {
  readonly org?: string
  readonly period?: string
  readonly json?: boolean
}

export function declareAudit(program: Command, context: Context): void {
  const { invocation, help, endWith } = context
  withPlace(
    program.command('audit <file>').description(
      help({
        zh: '核读一份总结：有哪些数字，前后是否相符，有无留空',
        en: 'Read a report back: claims, identities, blanks',
      }),
    ),
    context,
  )
    .option('--org <code>', help(ORG_HELP))
    .option('--period <period>', help(PERIOD_HELP))
    .option('--json', help(JSON_HELP))
    .action(async (file: string, options: Options) => {
      await refuseMissingFile(file)
      const about = await aboutOf(options, context)
      const { readClaims } = await import('../../kernel/claims/read.ts')
      const reading = readClaims(textOf(await readFile(file), file), about)
      invocation.answer(options, reading, () => readingText(reading, invocation.language))
      if (reading.blanks.length > 0 || reading.identities.some(({ holds }) => !holds)) endWith(EXIT.no)
    })
}

/** Whose report it is and of when, for what the text itself leaves out. */
async function aboutOf(options: Options, { invocation }: Context): Promise<ReadOptions> {
  const { org, period } = options
  if ((org === undefined) !== (period === undefined))
    throw usageError('audit', { zh: '--org 与 --period 要一起给出', en: '--org and --period are given together' })
  if (org === undefined || period === undefined) return {}
  const year = Number(accepted(parsePeriod(period)).from.slice(0, 4))
  const unit = await withLedger(invocation, options, {}, async ledger => accepted(ledger.orgs.find(org)))
  return { year, actor: unit.name }
}

/** UTF-8 if it is that, with or without its mark; else GB18030, which Chinese offices still write. */
function textOf(content: Buffer, file: string): string {
  if (content.includes(0))
    throw usageError('not-text', { zh: `${file} 不是文本文件`, en: `${file} is not a text file` }, { path: file })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return iconv.decode(content, 'gb18030')
  }
}

function readingText(reading: Reading, language: Language): string {
  const zh = language === 'zh'
  const failing = reading.identities.filter(({ holds }) => !holds)
  const head = pairs([
    [zh ? '数字' : 'Figures', String(reading.claims.length)],
    [zh ? '相互关系' : 'Identities', String(reading.identities.length)],
    [zh ? '不相符' : 'Failing', String(failing.length)],
    [zh ? '留空' : 'Blanks', String(reading.blanks.length)],
  ])
  const claims = reading.claims.map(({ quote, noun, start, period, target, prior }) => [
    quote,
    noun,
    [period, target && (zh ? '计划' : 'planned'), prior && (zh ? '上年' : 'year before')].filter(Boolean).join(' '),
    String(lineOf(reading.text, start)),
  ])
  const line = { title: zh ? '行' : 'Line', align: 'right' as const }
  const columns = [
    { title: zh ? '数字' : 'Figure' },
    { title: zh ? '所指' : 'Of what' },
    { title: zh ? '期间' : 'Period' },
    line,
  ]
  const blanks = reading.blanks.map(({ quote, start }) => [
    around(reading.text, start, quote.length),
    String(lineOf(reading.text, start)),
  ])
  return [
    head,
    claims.length > 0 && table(columns, claims),
    failing.length > 0 &&
      table(
        [{ title: zh ? '不相符' : 'Does not hold' }, line],
        failing.map(one => identityRow(reading, one)),
      ),
    blanks.length > 0 && table([{ title: zh ? '留空' : 'Blank' }, line], blanks),
  ]
    .filter(Boolean)
    .join('\n\n')
}

const identityRow = (reading: Reading, { arithmetic, claims }: Identity) => [
  arithmetic,
  String(lineOf(reading.text, reading.claims[claims[0]!]!.start)),
]

/** Counted from 1. */
const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length

/** A place in a text with a few characters on both sides. */
const around = (text: string, at: number, length: number): string =>
  text.slice(Math.max(0, at - 12), at + length + 12).replaceAll('\n', ' ')
