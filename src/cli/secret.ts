import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { ReadStream } from 'node:tty'
import type { Language } from '../kernel/words.ts'
import { usageError } from './exit.ts'

/** A password: the first line of a pipe, or asked for twice on a terminal without showing it. */
export async function readSecret(input: ReadStream, output: NodeJS.WriteStream, language: Language): Promise<string> {
  const zh = language === 'zh'
  if (!input.isTTY) return firstLine(input)
  const first = await hidden(input, output, zh ? '密码：' : 'Password: ')
  const again = await hidden(input, output, zh ? '再输一次：' : 'Again: ')
  if (first === again) return first
  throw usageError('password', { zh: '两次输入不一样', en: 'The two were not the same' })
}

async function firstLine(input: NodeJS.ReadStream): Promise<string> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) {
    lines.close()
    return line
  }
  throw usageError('password', { zh: '标准输入里没有密码', en: 'There is no password on standard input' })
}

function hidden(input: ReadStream, output: NodeJS.WriteStream, prompt: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: nowhere, terminal: true })
  output.write(prompt)
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      lines.removeAllListeners()
      lines.close()
      output.write('\n')
      settle()
    }
    lines.once('line', line => end(() => resolve(line)))
    lines.once('close', () =>
      end(() => reject(usageError('password', { zh: '没有输入密码', en: 'No password was given' }))),
    )
    lines.once('SIGINT', () => {
      end(() => reject(new Error('interrupted')))
      process.kill(process.pid, 'SIGINT')
    })
  })
}
