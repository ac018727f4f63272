import type { StoredRecord } from '../records/record.ts'
import { upgrade } from '../records/type.ts'
import type { Language, Words } from '../words.ts'
import { fieldBinding } from './binding.ts'
import { dateWords } from './dates.ts'
import { NumberDrop } from './figure-drop.ts'
import { cleared } from './marks.ts'
import { readable } from './readable.ts'
import type { Rendering } from './rendering.ts'

/** A record as a template sees it: choices and org units by name, numbers bound to the record, personal data left out. */
export function recordScope(rendering: Rendering, record: StoredRecord) {
  const { ledger, language } = rendering
  const type = ledger.registry.types.get(record.type)!
  const stored = upgrade(type, record.typeVersion, record.fields)
  const fields = Object.fromEntries(
    Object.entries(type.fields).map(([name, info]) => {
      const value = stored[name]
      if (typeof value !== 'number') return [name, readable(ledger, info, value, language)]
      // A year is a name, not a quantity.
      if (info.kind === 'integer' && info.unit === undefined) return [name, value]
      return [name, new NumberDrop(rendering, fieldBinding(ledger, record, name, info, value, language))]
    }),
  )
  const { id, day, state } = record
  return {
    id,
    day: dateWords(day, language),
    state: stateWords(type.stateTitles, state, language),
    org: cleared(ledger.orgs.byId(record.org)!.name),
    fields,
  }
}

const stateWords = (titles: Readonly<Record<string, Words>>, state: string, language: Language) =>
  titles[state]?.[language] ?? state
