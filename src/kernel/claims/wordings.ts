import { fieldOf } from '../figures/contribution.ts'
import type { Indicator } from '../figures/indicator.ts'
import { isTallied, type Registry } from '../registry.ts'
import { bare, withoutLists } from './bare.ts'
import { fold } from './fold.ts'

// How reports call what the ledger counts: titles and synonyms of the indicators, and the words before each figure of the
// paragraphs that the domains declare. A domain that is added is thereby linked too.

/** One way of saying an indicator. */
export interface Wording {
  /** Without quotes, brackets and blanks. */
  readonly phrase: string
  readonly indicator: string
  readonly where: Readonly<Record<string, string>>
  /** Too little by itself: taken only where the text already speaks of the same domain. */
  readonly isWeak: boolean
}

/** A word that narrows an indicator: 国家级 → level=national. */
export interface DimensionWord {
  readonly word: string
  readonly dimension: string
  readonly value: string
}

export interface Wordings {
  readonly all: readonly Wording[]
  /** Of each indicator, longest first. */
  readonly dimensions: ReadonlyMap<string, readonly DimensionWord[]>
}

const WEAK_BELOW = 3
/** A title is a name, however short: 回访. */
const SHORTEST_TITLE = 2

export function wordingsOf(registry: Registry): Wordings {
  const all = new Map<string, Wording>()
  const add = (wording: Omit<Wording, 'isWeak'>, weakBelow = WEAK_BELOW) => {
    const phrase = bare(wording.phrase)
    if (phrase === '') return
    const key = `${phrase} ${wording.indicator} ${JSON.stringify(wording.where)}`
    if (!all.has(key)) all.set(key, { ...wording, phrase, isWeak: phrase.length < weakBelow })
  }
  const dimensions = new Map([...registry.indicators].map(([id, indicator]) => [id, dimensionWords(indicator)]))
  // 国家级, 一等奖: a part of what the sentence told before, by whatever indicator.
  const isPart = (phrase: string, indicator: string) =>
    dimensions.get(indicator)!.some(({ word }) => word === bare(phrase).replace(/奖$/, ''))
  for (const [id, indicator] of registry.indicators) {
    add({ phrase: indicator.title.zh.replace(/[(（]期末[)）]$/, ''), indicator: id, where: {} }, SHORTEST_TITLE)
    for (const phrase of indicator.synonyms) add({ phrase, indicator: id, where: {} })
  }
  for (const text of [...registry.paragraphs.values(), ...[...registry.templates.values()].map(one => one.template)])
    for (const told of toldIn(text))
      if (
        registry.indicators.has(told.indicator) &&
        !(Object.keys(told.where).length > 0 && isPart(told.phrase, told.indicator))
      )
        add(told, WEAK_BELOW + 1)
  return { all: [...all.values()], dimensions }
}

/** Words of a declared paragraph that stand around its figures, each with the figure that it tells. */
function toldIn(template: string): { phrase: string; indicator: string; where: Record<string, string> }[] {
  const told: { phrase: string; indicator: string; where: Record<string, string> }[] = []
  const outputs: string[] = []
  const text = template.replace(
    /\{\{([^}]*)\}\}/g,
    (_, output: string) => `\u0001${outputs.push(output.trim()) - 1}\u0002`,
  )
  for (const { words, opening } of sentencesOf(text))
    for (const clause of fold(words).split(/[,。;:!?|#\n]|(?<=\u0002)、/)) {
      const marks = [...clause.matchAll(/\u0001(\d+)\u0002/g)].filter(mark => !OTHER.test(outputs[Number(mark[1])]!))
      const [mark] = marks
      if (marks.length !== 1 || !mark) continue
      const output = outputs[Number(mark[1])]!
      if (/\|\s*(?:compared|attainment)\b/.test(output)) continue
      const plain = (part: string) => part.replace(/\u0001\d+\u0002/g, '').replace(/其中|^、?共|共$|^、/g, '')
      const phrase = withoutLists(plain(clause.slice(0, mark.index))) + plain(clause.slice(mark.index + mark[0].length))
      const indicator = /^[\w.-]+/.exec(output)?.[0] ?? ''
      const where = Object.fromEntries(
        [...output.matchAll(/\|\s*where:\s*'([^']*)'\s*,\s*'([^']*)'/g)].map(match => [match[1]!, match[2]!]),
      )
      told.push({ phrase, indicator, where })
      if (opening !== '' && opening !== '计划') told.push({ phrase: plain(opening) + phrase, indicator, where })
    }
  return told
}

/** What is put out and is no figure. */
const OTHER = /^(?:period|next_period|org|record|clauses)\b/

/** The sentences of a template: clauses that vanish with their figures are captured first and opened afterwards. */
function sentencesOf(template: string): { words: string; opening: string }[] {
  const parts: { words: string; opening: string }[] = []
  const captured =
    /\{% capture clauses %\}([\s\S]*?)\{% endcapture %\}\{% if clauses != '' %\}([^{]*?)\u0001\d+\u0002。/g
  let rest = ''
  let from = 0
  for (const match of template.matchAll(captured)) {
    rest += `${template.slice(from, match.index)}\n`
    from = match.index + match[0].length
    const opening = match[2]!.replace(/^[\s\S]*[，,。；、]/, '')
    for (const clause of match[1]!.split('{% endsection %}')) parts.push({ words: untagged(clause), opening })
  }
  return [...parts, { words: untagged(rest + template.slice(from)), opening: '' }]
}

/** A template's text without its tags. What stands on both sides of a condition reads on. */
const untagged = (text: string): string =>
  text.replace(/\{%-?\s*(\w+)[^%]*%\}/g, (_, name: string) =>
    /^(?:if|else|elsif|endif|section|endsection)$/.test(name)
      ? name === 'else' || name === 'elsif'
        ? '\n'
        : ''
      : '\n',
  )

function dimensionWords(indicator: Indicator): readonly DimensionWord[] {
  if (!isTallied(indicator)) return []
  const found: DimensionWord[] = []
  for (const dimension of indicator.by) {
    const titles =
      dimension === 'state' && indicator.kind !== 'events'
        ? indicator.type.stateTitles
        : (fieldOf(indicator, dimension)?.choices ?? {})
    for (const [value, { zh }] of Object.entries(titles))
      for (const word of variants(zh)) found.push({ word, dimension, value })
  }
  return found.sort((a, b) => b.word.length - a.word.length)
}

/** `市(自治州)级` is written 市级 or 自治州级; of 国家级 and longer ones 级 is left out before a noun. */
function variants(title: string): string[] {
  const match = /^([^(（]*)[(（]([^)）]+)[)）](.*)$/.exec(title)
  const written = match
    ? [
        `${match[1]}${match[3]}`,
        `${match[2]}${match[3]}`,
        ...(match[2] === '自治州' ? [`${match[2]!.slice(2)}${match[3]}`] : []),
      ]
    : [title]
  return [
    ...new Set(
      written
        .flatMap(word =>
          /..级$/.test(word) ? [word, word.slice(0, -1)] : /^.等$/.test(word) ? [`${word}奖`, word] : [word],
        )
        .map(bare),
    ),
  ].filter(word => word.length >= 2)
}
