import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { type OpenLedger, type OpenOptions, openLedger } from '../app.ts'
import { fold } from '../kernel/figures/fold.ts'
import { seal } from '../kernel/journal/seal.ts'
import type { Ledger } from '../kernel/ledger.ts'
import type { Words } from '../kernel/words.ts'
import type { Place } from '../store/store.ts'
import type { Context } from './context.ts'
import { EXIT, Refusal } from './exit.ts'
import type { Invocation } from './invocation.ts'

export interface PlaceOptions {
  readonly data?: string
  readonly databaseUrl?: string
}

/** Where the ledger lies: the same options on every command that needs one. */
export const withPlace = (command: Command, { help }: Context): Command =>
  command
    .addOption(
      new Option('--data <dir>', help({ zh: '数据目录，默认 $YILU_DATA 或 ./data', en: 'data directory' })).helpGroup(
        help(PLACE_TITLE, ' '),
      ),
    )
    .addOption(
      new Option(
        '--database-url <url>',
        help({ zh: '已有的 PostgreSQL，默认 $DATABASE_URL', en: 'a PostgreSQL of yours' }),
      ).helpGroup(help(PLACE_TITLE, ' ')),
    )

export const PLACE_TITLE: Words = { zh: '账本所在', en: 'Where the ledger lies' }

export function placeOf(options: PlaceOptions, env: Invocation['env']): Place {
  // A data directory that was named means the database in it, whatever the environment says.
  const databaseUrl = options.databaseUrl ?? (options.data === undefined ? env.DATABASE_URL || undefined : undefined)
  return { dataDir: options.data ?? (env.YILU_DATA || './data'), databaseUrl }
}

/** Reading a folder that holds no ledger must not make one there. */
export async function refuseMissing({ dataDir, databaseUrl }: Place): Promise<void> {
  if (databaseUrl !== undefined) return
  const isThere = await access(join(dataDir, 'pg')).then(
    () => true,
    () => false,
  )
  if (isThere) return
  const problem = {
    code: 'store/no-ledger',
    path: dataDir,
    zh: `${dataDir} 里还没有账本；先运行 yilu serve 或 yilu demo，或用 --data 指定数据目录`,
    en: `There is no ledger in ${dataDir}; run yilu serve or yilu demo first, or name its folder with --data`,
  }
  throw new Refusal([problem], EXIT.store)
}

export interface LedgerUse extends OpenOptions {
  /** Makes a ledger where there is none. */
  readonly mayCreate?: boolean
  /** The command saves: what it saved is tallied and sealed before it ends, so that figures are quick and provable at once. */
  readonly saves?: boolean
  /** The work ends by itself on Ctrl-C, and better so than by having its queries cancelled. */
  readonly endsItself?: boolean
}

/** Opens the ledger, works with it and closes it. Ctrl-C stops queries that are under way, and with them their transactions. */
export async function withLedger<T>(
  invocation: Invocation,
  options: PlaceOptions,
  { mayCreate = false, saves = false, endsItself = false, ...open }: LedgerUse,
  work: (ledger: OpenLedger) => Promise<T>,
): Promise<T> {
  const place = placeOf(options, invocation.env)
  if (!mayCreate) await refuseMissing(place)
  const ledger = await openReporting(invocation, place, open)
  const stopCancelling = endsItself ? () => undefined : cancelOnAbort(ledger, invocation.signal)
  try {
    const result = await work(ledger)
    if (saves) await settle(ledger)
    return result
  } finally {
    stopCancelling()
    await ledger.close()
  }
}

/** Opens the ledger; an upgrade or a recount at start shows how far it has come. */
export async function openReporting(invocation: Invocation, place: Place, open: OpenOptions): Promise<OpenLedger> {
  const meter = invocation.meter({ zh: '升级账本', en: 'Upgrading the ledger' })
  try {
    return await openLedger(place, { ...open, onProgress: meter.update })
  } finally {
    meter.stop()
  }
}

/** Brings tallies and checkpoints up to the last save. */
export async function settle(ledger: Ledger): Promise<void> {
  await fold(ledger.store)
  await seal(ledger)
}

/** Work has so long to end by itself before its queries are cancelled, in milliseconds. */
const PATIENCE = 2_000
const CANCEL_EVERY = 500

/** Our own connections alone: another host may have given a program the same number. */
const CANCEL = `
  SELECT pg_cancel_backend(pid) FROM pg_stat_activity
  WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid() AND state = 'active'
    AND client_addr IS NOT DISTINCT FROM inet_client_addr()`

function cancelOnAbort({ store }: Ledger, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined
  const cancel = () => {
    store.owner.query(CANCEL).catch(() => undefined)
    timer = setTimeout(cancel, CANCEL_EVERY)
  }
  const start = () => {
    timer = setTimeout(cancel, PATIENCE)
  }
  signal.addEventListener('abort', start, { once: true })
  return () => {
    signal.removeEventListener('abort', start)
    clearTimeout(timer)
  }
}
