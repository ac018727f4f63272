import { readFileSync } from 'node:fs'
import { registry } from '../../src/app.ts'
import { type Linking, linkClaims } from '../../src/kernel/claims/link.ts'
import { orgNames } from '../../src/kernel/claims/org-names.ts'
import { readClaims } from '../../src/kernel/claims/read.ts'
import { wordingsOf } from '../../src/kernel/claims/wordings.ts'
import { parsePeriod } from '../../src/kernel/period/period.ts'
import type { FigureAddress } from '../../src/kernel/reports/address.ts'
import { must } from '../../src/kernel/result.ts'
import { markedTexts, seedTexts } from './labels.ts'

// How well claims of real reports are linked to indicators, against links that a person read. The reports of other
// trades beside them state nothing that this ledger holds: every link there would be wrong.

type Label = string | null | readonly (string | null)[]

interface Labels {
  readonly orgs: Readonly<Record<string, { readonly name: string; readonly period: string }>>
  readonly links: Readonly<Record<string, Readonly<Record<string, Label>>>>
}

const labels: Labels = JSON.parse(readFileSync(new URL('links.json', import.meta.url), 'utf8'))
const linking: Linking = { indicators: registry.indicators, wordings: wordingsOf(registry) }

/** `projects.applied[level=national] target`: an address without org and period. */
function shortened({ indicator, where = {}, as }: FigureAddress): string {
  const narrowing = Object.keys(where)
    .sort()
    .map(name => `${name}=${where[name]}`)
  return `${indicator}${narrowing.length > 0 ? `[${narrowing.join(',')}]` : ''}${as ? ` ${as}` : ''}`
}

function linksOf(text: string, name: string, period: string) {
  const reading = readClaims(text, { year: Number(period.slice(0, 4)), actor: name })
  const links = linkClaims(reading, linking, {
    org: 'own',
    period: must(parsePeriod(period)),
    names: orgNames([{ code: 'own', name }]),
    confirmed: new Map(),
  })
  return reading.claims.map(({ start }, i) => ({ start, link: links[i] ? shortened(links[i].address) : null }))
}

export interface LinkScore {
  readonly labelled: number
  readonly given: number
  readonly right: number
  readonly found: number
  readonly wrong: readonly string[]
  readonly missed: readonly string[]
}

/** Null where the folder with the reports is not there. */
export function scoreSeedLinks(): LinkScore | null {
  const seeds = seedTexts()
  if (!seeds) return null
  const score = { labelled: 0, given: 0, right: 0, found: 0 }
  const wrong: string[] = []
  const missed: string[] = []
  for (const { name, text, labels: claims } of seeds) {
    const org = labels.orgs[name]!
    const byStart = new Map(linksOf(text, org.name, org.period).map(({ start, link }) => [start, link]))
    const known = new Set(claims.map(({ start }) => start))
    claims.forEach(({ start, quote }, i) => {
      const label = labels.links[name]?.[i] ?? null
      const right = Array.isArray(label) ? label : [label]
      const link = byStart.get(start) ?? null
      const place = `${name.slice(0, 2)} ${text.slice(Math.max(0, start - 16), start + quote.length + 8).replaceAll('\n', '⏎')}`
      if (!right.includes(null)) score.labelled++
      if (link !== null) {
        score.given++
        if (right.includes(link)) score.right++
        else wrong.push(`${place}: ${link}, not ${right.join(' | ')}`)
      }
      if (!right.includes(null))
        if (link !== null && right.includes(link)) score.found++
        else if (link === null) missed.push(`${place}: ${right.join(' | ')}`)
    })
    for (const [start, link] of byStart)
      if (link !== null && !known.has(start)) {
        score.given++
        wrong.push(`${name.slice(0, 2)} ${start}: ${link} for what is no claim`)
      }
  }
  return { ...score, wrong, missed }
}

/** Links given in texts of other trades, all of them wrong. */
export function strayLinks(): { claims: number; links: string[] } {
  const links: string[] = []
  let claims = 0
  for (const { name, text } of [...markedTexts('tuned'), ...markedTexts('heldout')])
    for (const { start, link } of linksOf(text, '示范县', '2024')) {
      claims++
      if (link !== null)
        links.push(`${name} ${text.slice(Math.max(0, start - 16), start + 10).replaceAll('\n', '⏎')}: ${link}`)
    }
  return { claims, links }
}

const ratio = (part: number, whole: number) => (whole === 0 ? '—' : (part / whole).toFixed(3))

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const score = scoreSeedLinks()
  if (!score) process.stdout.write('The ten reports are not here (YILU_SEEDS); their links are left out.\n')
  else {
    process.stdout.write(
      `links of the ten reports: ${score.labelled} labelled, ${score.given} given\n  precision            ${ratio(score.right, score.given)}  ≥ 0.95\n  recall               ${ratio(score.found, score.labelled)}\n`,
    )
    for (const line of score.wrong) process.stdout.write(`    wrong  ${line}\n`)
    for (const line of score.missed.slice(0, Number(process.env.YILU_WORST ?? 15)))
      process.stdout.write(`    missed ${line}\n`)
  }
  const stray = strayLinks()
  process.stdout.write(`links given in reports of other trades: ${stray.links.length} of ${stray.claims} claims\n`)
  for (const line of stray.links) process.stdout.write(`    wrong  ${line}\n`)
}
