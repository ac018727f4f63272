import type { Problem } from '../kernel/result.ts'
import type { Language, Words } from '../kernel/words.ts'
import { type Meter, meterOn } from './progress.ts'

/** One run of the command: how it speaks, and what stops it. */
export interface Invocation {
  readonly language: Language
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** Prints the answer on standard output: one JSON document with `--json`, else what a person reads. */
  answer(options: { json?: boolean }, document: unknown, text: () => string): void
  /** A message on standard error. */
  say(words: Words): void
  /** Long work on standard error. */
  meter(title: Words): Meter
}

export function invocationOf(
  language: Language,
  streams: { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream },
  { env, signal }: Pick<Invocation, 'env' | 'signal'>,
): Invocation {
  return {
    language,
    env,
    signal,
    answer({ json }, document, text) {
      streams.stdout.write(`${json ? JSON.stringify(document) : text()}\n`)
    },
    say: words => void streams.stderr.write(`${words[language]}\n`),
    meter: title => meterOn(streams.stderr, title, language),
  }
}

/** Problems as they stand on standard error: in both languages, the reader's first. */
export function problemLines(problems: readonly Problem[], language: Language): string {
  const lines = problems.flatMap(({ code, zh, en }) => {
    const spoken = [`错误：${zh}`, `Error: ${en}`]
    if (language === 'en') spoken.reverse()
    return [`${spoken[0]}  [${code}]`, spoken[1]!]
  })
  return `${lines.join('\n')}\n`
}
