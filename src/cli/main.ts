import { CommanderError } from 'commander'
import type { Context } from './context.ts'
import { EXIT, type Exit, Refusal, refusalOf } from './exit.ts'
import { invocationOf, problemLines } from './invocation.ts'
import { tongueOf } from './language.ts'
import { programOf } from './program.ts'
import { usageRefusal } from './usage.ts'

/**
 * Runs the command line.
 * @param argv the words after `yilu`
 * @returns the exit status; see exit.ts
 */
export async function main(argv: readonly string[], { version }: { version: string }): Promise<number> {
  const { stdout, stderr, env } = process
  const tongue = tongueOf(argv, env)
  const interruption = watchInterruption()
  const invocation = invocationOf(tongue.language, { stdout, stderr }, { env, signal: interruption.signal })
  const output = follow(stdout)
  const messages = follow(stderr)
  const exit = await run()
  const unwritten = await output.flushed()
  if (unwritten) stderr.write(problemLines(accountOf(unwritten).problems, tongue.language))
  await messages.flushed()
  return unwritten ? EXIT.store : exit

  async function run(): Promise<Exit> {
    let exit: Exit = EXIT.success
    const context: Context = { invocation, help: tongue.help, version, endWith: status => (exit = status) }
    try {
      const program = programOf(context)
      if (argv.length === 0) {
        stderr.write(program.helpInformation())
        return EXIT.usage
      }
      await program.parseAsync([...argv], { from: 'user' })
      return exit
    } catch (error) {
      if (error instanceof CommanderError && error.exitCode === 0) return EXIT.success // --help, --version
      const refusal = error instanceof CommanderError ? usageRefusal(error) : refusalOf(error)
      if (interruption.signal.aborted) {
        // What says how to go on (demo/cancelled) is said; what the interruption itself broke is not.
        if (error instanceof Refusal) stderr.write(problemLines(error.problems, tongue.language))
        else invocation.say({ zh: '已中断，没做完的已撤销', en: 'Interrupted; unfinished work was undone' })
        return EXIT.interrupted
      }
      if (refusal === undefined) return reportFault(error)
      stderr.write(problemLines(refusal.problems, tongue.language))
      return refusal.exit
    }
  }

  function reportFault(error: unknown): Exit {
    const message = error instanceof Error ? error.message : String(error)
    invocation.say({
      zh: `程序出错了，请把这句话告诉维护者：${message}`,
      en: `This is a fault in yilu; please report it: ${message}`,
    })
    if (env.YILU_DEBUG) stderr.write(`${error instanceof Error ? error.stack : ''}\n`)
    return EXIT.fault
  }
}

const accountOf = (error: NodeJS.ErrnoException): Refusal =>
  new Refusal(
    [
      {
        code: 'store/output',
        zh: `标准输出写不下去：${error.code}`,
        en: `Standard output could not be written: ${error.code}`,
      },
    ],
    EXIT.store,
  )

/** A second Ctrl-C this much later does not wait any longer, in milliseconds; npm passes the first one on again. */
const IMPATIENCE = 1_000

/** The first SIGINT or SIGTERM asks the command to stop, one some time later ends the program. */
function watchInterruption(): AbortController {
  const interruption = new AbortController()
  let first: number | undefined
  const onSignal = () => {
    first ??= Date.now()
    if (Date.now() - first > IMPATIENCE) process.exit(EXIT.interrupted)
    interruption.abort(new Error('interrupted'))
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('SIGHUP', onSignal)
  return interruption
}

/**
 * Follows a stream to its end. Whoever reads our output may stop reading (| head): what is left is not for anybody, and
 * no error. A full disk is one.
 */
function follow(stream: NodeJS.WriteStream): { flushed(): Promise<NodeJS.ErrnoException | undefined> } {
  let failure: NodeJS.ErrnoException | undefined
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') failure ??= error
  })
  return {
    flushed: () => new Promise(resolve => stream.write('', () => setImmediate(() => resolve(failure)))),
  }
}
