import { averages } from './averages.ts'
import { changes } from './changes.ts'
import type { Identity } from './claim.ts'
import type { Evidence, Found } from './evidence.ts'
import type { Grid } from './grid.ts'
import { gridIdentities } from './gridsums.ts'
import { ranks } from './ranks.ts'
import { repeats } from './repeats.ts'
import { shares, structures } from './shares.ts'
import { divisions, industries, wholesFirst, wholesLast, wholesOfLists } from './sums.ts'

/**
 * What follows from several claims taken together. An identity is given only where the text says that it should hold;
 * a wrong one costs the reader's trust, so doubtful ones are left out.
 */
export function findIdentities(
  text: string,
  evidence: readonly Evidence[],
  grids: readonly Grid[],
  levels: readonly number[],
): Identity[] {
  const found = [
    ...industries(evidence),
    ...wholesFirst(text, evidence),
    ...wholesLast(evidence),
    ...divisions(evidence),
    ...wholesOfLists(evidence, levels),
    ...gridIdentities(evidence, grids),
    ...changes(text, evidence),
    ...shares(text, evidence),
    ...structures(evidence),
    ...averages(evidence),
    ...ranks(text, evidence),
    ...repeats(text, evidence),
  ]
  return distinct(found).map(({ weight: _, ...identity }) => identity)
}

/** One identity over one set of claims; the one that was found first stays. In order of the text. */
function distinct(found: readonly Found[]): Found[] {
  const seen = new Set<string>()
  const kept: Found[] = []
  for (const each of found) {
    const key = [...each.claims].sort((a, b) => a - b).join(',')
    if (seen.has(key)) continue
    seen.add(key)
    kept.push(each)
  }
  return kept.sort((a, b) => Math.min(...a.claims) - Math.min(...b.claims) || a.type.localeCompare(b.type))
}
