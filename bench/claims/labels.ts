import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A quantity as a person labelled it. Offsets are UTF-16 units into the text without marks. */
export interface Label {
  readonly start: number
  readonly end: number
  readonly quote: string
  readonly value: number
  readonly unit: string
  readonly normalized: number
  /** Alternatives that a reader would accept; empty when the noun was not judged. */
  readonly nouns: readonly string[]
  readonly target: boolean
}

export interface LabelledIdentity {
  readonly type: string
  /** Indices of labels; the whole, the present value or the place before comes first. */
  readonly labels: readonly number[]
}

export interface LabelledText {
  readonly name: string
  readonly text: string
  readonly labels: readonly Label[]
  readonly identities: readonly LabelledIdentity[]
}

const HERE = new URL('.', import.meta.url).pathname

/** Texts with marks `⟦#name:quote|value unit|normalized|noun~t⟧`; see README.md beside this file. */
export function markedTexts(half: 'tuned' | 'heldout'): LabelledText[] {
  const folder = join(HERE, 'texts', half)
  return readdirSync(folder)
    .filter(name => name.endsWith('.txt'))
    .sort()
    .map(name => parseMarked(name, readFileSync(join(folder, name), 'utf8')))
}

export function parseMarked(name: string, marked: string): LabelledText {
  const [body = '', list = ''] = marked.split(/^===\s*$/m)
  const labels: Label[] = []
  const names = new Map<string, number>()
  let text = ''
  let from = 0
  for (const mark of body.matchAll(/⟦([^⟦⟧]*)⟧/g)) {
    text += body.slice(from, mark.index)
    const named = /^#([a-z0-9]+):/.exec(mark[1]!)
    if (named) names.set(named[1]!, labels.length)
    const label = parseLabel(mark[1]!.slice(named?.[0].length ?? 0), text.length)
    labels.push(label)
    text += label.quote
    from = mark.index + mark[0].length
  }
  text += body.slice(from)
  const identities = list
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(words => words.length > 1)
    .map(([type, ...members]) => ({ type: type!, labels: members.map(member => indexOf(names, member, name)) }))
  return { name, text, labels, identities }
}

function indexOf(names: ReadonlyMap<string, number>, member: string, file: string): number {
  const index = names.get(member)
  if (index === undefined) throw new Error(`${file}: no label is called ${member}`)
  return index
}

function parseLabel(inner: string, start: number): Label {
  const fields = inner.split('|')
  const quote = fields[0]!
  const last = fields[fields.length - 1]!
  const [noun = '', flag] = last.split('~')
  const written = fields.length === 4 ? fields[1]! : ''
  const plain = half(quote).replace(/,/g, '')
  const value = written === '' ? Number.parseFloat(plain) : Number.parseFloat(written)
  const unit =
    written === ''
      ? plain.replace(/^-?[\d.]+(?:[^\d]{0,3}[—至~-]+[\d.]+)?/, '').replace(/^[余多来几]+|(?<=[万亿千百])[余多]/g, '')
      : written.replace(/^-?[\d.]+\s*/, '')
  const normalized = fields.length >= 3 ? evaluate(fields[fields.length - 2]!) : value
  return {
    start,
    end: start + quote.length,
    quote,
    value,
    unit,
    normalized,
    nouns: noun === '' ? [] : noun.split('/'),
    target: flag === 't',
  }
}

/** `964000*mu`: so many 亩 in square metres. */
const evaluate = (written: string): number =>
  written.endsWith('*mu') ? (Number(written.slice(0, -3)) * 2000) / 3 : Number(written)

const half = (text: string): string => text.replace(/[！-～]/g, ch => String.fromCharCode(ch.charCodeAt(0) - 0xfee0))

interface SeedLabels {
  readonly file: string
  readonly claims: readonly (readonly [
    start: number,
    quote: string,
    value: number,
    unit: string,
    normalized: number,
    noun: string,
    target?: 1,
  ])[]
  readonly identities: readonly (readonly [type: string, ...labels: number[]])[]
}

/** The ten real reports, whose texts are not part of the project: null when the folder with them is not there. */
export function seedTexts(): LabelledText[] | null {
  const folder = process.env.YILU_SEEDS ?? join(HERE, '..', '..', '..', 'shared', 'seeds')
  const all: SeedLabels[] = JSON.parse(readFileSync(join(HERE, 'seeds.json'), 'utf8'))
  try {
    return all.map(seed => {
      const text = readFileSync(join(folder, seed.file), 'utf8')
      const labels = seed.claims.map(([start, quote, value, unit, normalized, noun, target]) => {
        if (text.slice(start, start + quote.length) !== quote)
          throw new Error(`${seed.file}: ${quote} is not at ${start}`)
        return {
          start,
          end: start + quote.length,
          quote,
          value,
          unit,
          normalized,
          nouns: noun === '' ? [] : noun.split('/'),
          target: target === 1,
        }
      })
      return {
        name: seed.file,
        text,
        labels,
        identities: seed.identities.map(([type, ...members]) => ({ type, labels: members })),
      }
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
