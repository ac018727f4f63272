import { SingleBar } from 'cli-progress'
import type { Language, Words } from '../kernel/words.ts'

/** How far long work has come. `total` 0: not known. */
export interface Meter {
  update(done: number, total: number, label?: string | Words): void
  stop(): void
}

/** Lines are written this far apart, in milliseconds, where there is no terminal to draw on. */
const LINE_EVERY = 3_000

/** Draws a bar on a terminal; elsewhere writes a line every few seconds. Work that is over at once shows nothing. */
export function meterOn(stream: NodeJS.WriteStream, title: Words, language: Language): Meter {
  const { update, stop } = stream.isTTY ? bar(stream, title[language]) : lines(stream, title[language])
  return {
    update: (done, total, label = '') => update(done, total, typeof label === 'string' ? label : label[language]),
    stop,
  }
}

interface Drawn {
  update(done: number, total: number, label: string): void
  stop(): void
}

function bar(stream: NodeJS.WriteStream, title: string): Drawn {
  const drawn = new SingleBar({
    stream,
    format: `${title} [{bar}] {percentage}% {done}/{all} {label}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    fps: 8,
    gracefulExit: false, // signals are handled in one place, main.ts
  })
  let started = false
  return {
    update(done, total, label) {
      const shown = { done: done.toLocaleString('en-US'), all: total > 0 ? total.toLocaleString('en-US') : '…', label }
      if (!started) drawn.start(Math.max(total, 1), done, shown)
      started = true
      drawn.setTotal(Math.max(total, 1))
      drawn.update(Math.min(done, Math.max(total, 1)), shown)
    },
    stop: () => started && drawn.stop(),
  }
}

/** Tells on its own, so that what takes long is named although it does not tell how far it is. */
function lines(stream: NodeJS.WriteStream, title: string): Drawn {
  let line = title
  let written = ''
  let timer: NodeJS.Timeout | undefined
  const write = () => {
    if (line !== written) stream.write(`${line}\n`)
    written = line
  }
  return {
    update(done, total, label) {
      const share = total > 0 ? ` ${Math.floor((done / total) * 100)}%` : ''
      const all = total > 0 ? `/${total.toLocaleString('en-US')}` : ''
      line = `${title}${share} ${done.toLocaleString('en-US')}${all} ${label}`.trimEnd()
      timer ??= setInterval(write, LINE_EVERY)
    },
    stop: () => clearInterval(timer),
  }
}
