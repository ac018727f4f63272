import type { ReadOptions } from '../../../../src/kernel/claims/claim.ts'
import { readClaims } from '../../../../src/kernel/claims/read.ts'

/** Reads texts beside the page, so that typing never waits for it. */
addEventListener('message', ({ data }: MessageEvent<{ turn: number; text: string; options: ReadOptions }>) => {
  postMessage({ turn: data.turn, reading: readClaims(data.text, data.options) })
})
