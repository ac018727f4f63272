import type { Ledger } from '../ledger.ts'
import type { FieldInfo } from './fields.ts'
import type { Fields, RecordType } from './type.ts'

// Records found by a personal value that nobody may read: `#field=` and a keyed hash stand among the search terms. The
// hash says nothing without the key of the data directory; erasing the value takes it away too.

/** Terms of the personal values by which records of a type are found. `fields` hold them in plain. */
export const foundTerms = (ledger: Ledger, type: RecordType, fields: Fields): string[] =>
  foundFields(type).flatMap(name => {
    const value = fields[name]
    return typeof value === 'string' ? [foundTerm(ledger, type, name, value)] : []
  })

/** The term by which records of a type are found that say `value` in a personal field. Two types do not share it. */
export function foundTerm(ledger: Ledger, type: RecordType, name: string, value: string): string {
  const said = plainest(type.fields[name]?.personal, value)
  return `#${name}=${ledger.keys.blind(JSON.stringify(['found', type.id, name, said]))}`
}

export const foundFields = (type: RecordType): string[] =>
  Object.keys(type.fields).filter(name => type.fields[name]!.found)

/** A value without what writers of the same one differ in: spaces, dashes, the country code of a telephone number. */
function plainest(sort: FieldInfo['personal'], value: string): string {
  const folded = value.normalize('NFKC').toUpperCase()
  if (sort !== 'phone') return folded.replaceAll(/\s/gu, '')
  const digits = folded.replaceAll(/\D/g, '')
  return /^(00)?861\d{10}$/.test(digits) ? digits.slice(-11) : digits
}
