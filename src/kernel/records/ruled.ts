import type { FieldInfo } from './fields.ts'
import type { Rule } from './rule.ts'
import type { RecordType } from './type.ts'

/** Rules of a type, and how a record of it is found by the rules of others: what a save has to lock. */
export interface Ruled {
  readonly rules: readonly Rule[]
  /** Fields whose values name what other records' rules look at; `null` stands for the record itself. */
  readonly anchors: readonly (string | null)[]
}

/** @throws when a rule names a type or field that is not declared, or relates by what no record is found by */
export function ruledTypes(rules: readonly Rule[], types: ReadonlyMap<string, RecordType>): ReadonlyMap<string, Ruled> {
  const found = new Map<string, { rules: Rule[]; anchors: Set<string | null> }>()
  const at = (type: string, rule: Rule) => {
    if (!types.has(type)) throw new Error(`rule ${rule.id} names ${type}, which is not declared`)
    const known = found.get(type) ?? { rules: [], anchors: new Set<string | null>() }
    found.set(type, known)
    return known
  }
  for (const rule of rules) {
    const own = at(rule.type, rule)
    own.rules.push(rule)
    for (const related of Object.values(rule.reads)) {
      const type = types.get(rule.type)!
      if ('by' in related) {
        const of = fieldAt(type, related.by)?.of
        if (!of) throw new Error(`rule ${rule.id} reads by ${related.by}, which is no reference`)
        own.anchors.add(related.by)
        at(of, rule).anchors.add(null)
        continue
      }
      if (related.same !== undefined && !fieldAt(type, related.same))
        throw new Error(`rule ${rule.id} names ${related.same}, which ${type.id} does not have`)
      own.anchors.add(related.same ?? null)
      at(related.of, rule).anchors.add(related.via)
      const info = fieldAt(types.get(related.of)!, related.via)
      if (info?.kind !== 'reference' && !info?.linked)
        throw new Error(
          `rule ${rule.id} relates by ${related.of}.${related.via}, which is neither reference nor linked`,
        )
    }
  }
  return new Map([...found].map(([type, { rules, anchors }]) => [type, { rules, anchors: [...anchors] }]))
}

/** A field, or one of sub-rows by `rows.field`. */
function fieldAt(type: RecordType, path: string): FieldInfo | undefined {
  const [name = '', within] = path.split('.')
  return within === undefined ? type.fields[name] : type.fields[name]?.rows?.[within]
}
