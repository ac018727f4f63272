import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readClaims } from '../../src/kernel/claims/read.ts'
import { type LabelledText, markedTexts, seedTexts } from './labels.ts'

// What existing open extractors find in the same texts. They are not dependencies: install them into a folder of their own
//   npm install @microsoft/recognizers-text-number @microsoft/recognizers-text-number-with-unit
// and name it: YILU_OTHERS=/path/to/folder node --import tsx bench/claims/others.ts
// Both sides are held to the least that can be asked of an extractor: the number that was labelled, at its place.

const folder = process.env.YILU_OTHERS
if (!folder) {
  process.stdout.write('Skipped: YILU_OTHERS names no folder with @microsoft/recognizers-text-*.\n')
  process.exit(0)
}

interface Recognized {
  readonly start: number
  /** Inclusive. */
  readonly end: number
  readonly text: string
  readonly resolution: { readonly value?: string | null; readonly unit?: string | null } | null
}

type Recognize = (text: string, culture: string) => Recognized[]

const require = createRequire(join(folder, 'package.json'))
const numbers: Record<string, Recognize> = require('@microsoft/recognizers-text-number')
const units: Record<string, Recognize> = require('@microsoft/recognizers-text-number-with-unit')

interface Found {
  readonly start: number
  readonly end: number
  readonly value: number | null
}

const found = (recognize: Recognize, text: string): Found[] =>
  recognize(text, 'zh-cn').map(({ start, end, resolution }) => ({
    start,
    end: end + 1,
    value: Number.parseFloat(String(resolution?.value ?? '').replace('%', '')) || null,
  }))

/** One name each, and how it reads a text. A text is given line by line: some of them are slow on long ones. */
const EXTRACTORS: Readonly<Record<string, (text: string) => Found[]>> = {
  'yilu readClaims': text =>
    readClaims(text).claims.map(({ start, end, normalized }) => ({ start, end, value: normalized })),
  'recognizers-text-number': text =>
    byLine(text, line => [...found(numbers.recognizeNumber!, line), ...found(numbers.recognizePercentage!, line)]),
  'recognizers-text-number-with-unit': text =>
    byLine(text, line => [
      ...found(units.recognizeCurrency!, line),
      ...found(units.recognizeDimension!, line),
      ...found(units.recognizeAge!, line),
      ...found(units.recognizeTemperature!, line),
    ]),
}

function byLine(text: string, read: (line: string) => Found[]): Found[] {
  const all: Found[] = []
  let at = 0
  for (const line of text.split('\n')) {
    for (const one of read(line)) all.push({ ...one, start: one.start + at, end: one.end + at })
    at += line.length + 1
  }
  return all
}

interface Score {
  labels: number
  given: number
  met: number
  right: number
  value: number
  ms: number
}

/** A labelled quantity is met by what overlaps it; what is given and meets none was no quantity. */
function scoreOn(texts: readonly LabelledText[], read: (text: string) => Found[]): Score {
  const score = { labels: 0, given: 0, met: 0, right: 0, value: 0, ms: 0 }
  for (const { text, labels } of texts) {
    const begun = performance.now()
    const given = read(text)
    score.ms += performance.now() - begun
    score.labels += labels.length
    score.given += given.length
    score.right += given.filter(one => labels.some(label => overlap(one, label))).length
    for (const label of labels) {
      const meeting = given.filter(one => overlap(one, label))
      if (meeting.length > 0) score.met++
      const isValue = ({ value }: Found) =>
        value !== null &&
        [label.normalized, label.value].some(wanted => Math.abs(value - wanted) <= 1e-6 * Math.max(1, wanted))
      if (meeting.some(isValue)) score.value++
    }
  }
  return score
}

const overlap = (a: { start: number; end: number }, b: { start: number; end: number }) =>
  a.start < b.end && b.start < a.end

const sets: readonly (readonly [string, readonly LabelledText[]])[] = [
  ['seeds', seedTexts() ?? []],
  ['tuned', markedTexts('tuned')],
  ['heldout', markedTexts('heldout')],
]
for (const [name, texts] of sets) {
  if (texts.length === 0) continue
  process.stdout.write(
    `\n${name}\n| extractor | given | precision | recall | value right | ms |\n| --- | ---: | ---: | ---: | ---: | ---: |\n`,
  )
  for (const [extractor, read] of Object.entries(EXTRACTORS)) {
    const { labels, given, met, right, value, ms } = scoreOn(texts, read)
    const rate = (part: number, whole: number) => (whole === 0 ? '—' : (part / whole).toFixed(3))
    process.stdout.write(
      `| ${extractor} | ${given} | ${rate(right, given)} | ${rate(met, labels)} | ${rate(value, labels)} | ${Math.round(ms)} |\n`,
    )
  }
}
