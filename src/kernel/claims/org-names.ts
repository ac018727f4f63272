import type { OrgUnit } from '../org/directory.ts'
import { bare } from './bare.ts'

/** How a text calls the org unit that it is of, and those beneath it. */
export interface OrgNames {
  /** The code of the unit that a name means; null for a stranger. */
  byName(name: string): string | null
  /** The longest name that stands at a place of a text, or ''. */
  at(text: string, at: number): string
}

const SELF = /^(?:我|本|全)(?:国|省|州|市|县|区|旗|乡|镇|村|局|委|处|院|校|站|所|办|中心|单位|公司|系统|组|队|厅|部)$/

/** @param units the org unit itself first, then those beneath it */
export function orgNames([own, ...beneath]: readonly Pick<OrgUnit, 'code' | 'name'>[]): OrgNames {
  if (!own) throw new Error('names are of an org unit')
  const codes = new Map<string, string>()
  const taken = new Set<string>()
  // Two villages of one name are neither.
  const add = (name: string, code: string) => {
    const plain = bare(name)
    if (plain.length < 2) return
    if (codes.has(plain) && codes.get(plain) !== code) taken.add(plain)
    else codes.set(plain, code)
  }
  for (const unit of beneath) for (const name of namesOf(unit.name)) add(name, unit.code)
  for (const name of taken) codes.delete(name)
  for (const name of namesOf(own.name)) codes.set(bare(name), own.code)
  const byFirst = new Map<string, string[]>()
  for (const name of codes.keys()) byFirst.set(name[0]!, [...(byFirst.get(name[0]!) ?? []), name])
  for (const names of byFirst.values()) names.sort((a, b) => b.length - a.length)
  return {
    byName: name => (SELF.test(name) ? own.code : (codes.get(bare(name)) ?? null)),
    at: (text, at) => byFirst.get(text[at] ?? '')?.find(name => text.startsWith(name, at)) ?? '',
  }
}

/** 甲县科技局 is also 甲县, 县科技局 and 科技局. */
function namesOf(name: string): string[] {
  const place = /^(.{1,8}?(?:自治县|自治州|县|市|区|乡|镇|村|州|旗))(.{2,})$/.exec(name)
  return place
    ? [name, place[1]!, `${place[1]!.slice(-1)}${place[2]}`, place[2]!].filter(one => one.length > 1)
    : [name]
}
