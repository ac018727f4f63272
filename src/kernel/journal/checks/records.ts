import { createHash } from 'node:crypto'
import type { Ledger } from '../../ledger.ts'
import { uniqueKey } from '../../records/commit.ts'
import type { Content } from '../../records/record.ts'
import type { Entry } from '../entry.ts'
import { recordHash } from '../record-hash.ts'
import type { Findings } from './findings.ts'
import { asWritten, pages, type Reader, type Reading, readerOf } from './reading.ts'
import { isFiled, parseEntry } from './standing.ts'

interface EntryRow {
  readonly root: number
  readonly id: string
  readonly seq: number
  readonly subject: string
  readonly entry: string
}

interface VersionRow extends Content {
  readonly root: number
  readonly from: string
  readonly until: string
  readonly by: string | null
}

interface RecordRow extends Content {
  readonly root: number
  readonly created: string
  readonly from: string
  readonly by: string | null
  readonly key: string | null
}

interface PersonalRow {
  readonly root: number
  readonly id: string
  readonly commitment: string
  readonly salt: Buffer
  readonly cipher: Buffer
  readonly keyId: string
}

const CONTENT = `root, id, type, type_version AS "typeVersion", org, day, status, state, version, fields, merged_into AS "mergedInto"`

const ENTRIES = `
  SELECT root, substr(subject, 8) AS id, seq, subject, entry FROM journal
  WHERE subject >= 'record:' AND subject < 'record;' ORDER BY root, subject, seq`
const RECORDS = `
  SELECT ${CONTENT}, created_at::text AS created, updated_at::text AS from, updated_by AS by, unique_key AS key
  FROM record ORDER BY root, id`
const VERSIONS = `
  SELECT ${CONTENT}, valid_from::text AS from, valid_until::text AS until, updated_by AS by
  FROM record_version ORDER BY root, id, version`
const PERSONAL = `
  SELECT root, record AS id, commitment, salt, cipher, key_id AS "keyId" FROM personal ORDER BY root, record, commitment`

/** All there is of one record. */
interface Whole {
  readonly root: number
  readonly id: string
  readonly entries: { seq: number; entry: Entry }[]
  readonly versions: VersionRow[]
  readonly personal: PersonalRow[]
  record?: RecordRow
}

/**
 * Reads entries, records, earlier versions and personal values side by side, record after record, and compares them in
 * all directions.
 */
export async function checkRecords(
  ledger: Ledger,
  reading: Reading,
  findings: Findings,
  erased: ReadonlySet<string>,
): Promise<void> {
  const { client } = reading
  const entries = await readerOf(pages<EntryRow>(client, 'entries', ENTRIES))
  const records = await readerOf(pages<RecordRow>(client, 'records', RECORDS))
  const versions = await readerOf(pages<VersionRow>(client, 'versions', VERSIONS))
  const personal = await readerOf(pages<PersonalRow>(client, 'personal_values', PERSONAL))
  let done = 0
  for (;;) {
    const first = lowest([entries.row(), records.row(), versions.row(), personal.row()])
    if (!first) break
    const whole: Whole = { root: first.root, id: first.id, entries: [], versions: [], personal: [] }
    await take(entries, whole, row => {
      const entry = parseEntry(row.entry)
      if (entry && isFiled(reading, findings, row, entry) && entry.after !== null)
        whole.entries.push({ seq: row.seq, entry })
      done++
    })
    await take(records, whole, row => {
      whole.record = row
    })
    await take(versions, whole, row => whole.versions.push(row))
    await take(personal, whole, row => whole.personal.push(row))
    checkRecord(ledger, reading, findings, whole)
    checkPersonal(ledger, findings, whole, erased.has(whole.id))
    if (done >= 1000) {
      reading.advance(done)
      done = 0
    }
  }
  reading.advance(done)
}

interface Key {
  readonly root: number
  readonly id: string
}

const isLower = (a: Key, b: Key) => a.root < b.root || (a.root === b.root && a.id < b.id)

function lowest(rows: readonly (Key | undefined)[]): Key | undefined {
  let found: Key | undefined
  for (const row of rows) if (row && (!found || isLower(row, found))) found = row
  return found
}

async function take<T extends Key>(reader: Reader<T>, { root, id }: Key, use: (row: T) => void): Promise<void> {
  for (let row = reader.row(); row && row.root === root && row.id === id; row = reader.row()) {
    use(row)
    const turning = reader.next()
    if (turning) await turning
  }
}

function checkRecord(ledger: Ledger, reading: Reading, findings: Findings, whole: Whole) {
  const { id, entries, versions, record } = whole
  if (!record) {
    if (entries.length > 0 || versions.length > 0)
      findings.add('record', id, '流水所记的记录不见了', 'A record of the journal is missing')
    return
  }
  if (entries.length === 0) {
    findings.add('record', id, '这条记录没有流水', 'The journal knows nothing of this record')
    return
  }
  if (entries[0]!.entry.at && record.created !== asWritten(entries[0]!.entry.at))
    findings.add('record', id, '录入时间与流水不符', 'The time of its creation is not what the journal says')
  if (record.version !== entries.length || versions.length !== entries.length - 1)
    findings.add(
      'record',
      id,
      `流水记有${entries.length}个版本，库中有${versions.length + 1}个，现为第${record.version}版`,
      `The journal has ${entries.length} versions of this record, the tables ${versions.length + 1}, the present one is ${record.version}`,
    )
  for (const [i, version] of versions.entries())
    checkVersion(reading, findings, whole, version, i, `${id} v${version.version}`, version.until)
  checkVersion(reading, findings, whole, record, entries.length - 1, id)
  if (record.key !== null) checkKey(ledger, findings, record)
}

/** One version against its entry: content, when, by whom, and that it follows the one before. */
function checkVersion(
  { codes }: Reading,
  findings: Findings,
  { entries }: Whole,
  row: VersionRow | RecordRow,
  place: number,
  id: string,
  until?: string,
) {
  const kind = until === undefined ? 'record' : 'record-version'
  const found = entries[place]
  if (!found) return findings.add(kind, id, '这个版本没有流水', 'The journal knows nothing of this version')
  const { seq, entry } = found
  const hash = recordHash(row, codes.get(row.org) ?? '')
  const next = entries[place + 1]?.entry
  if (entry.after !== hash || entry.version !== row.version || entry.version !== place + 1 || entry.type !== row.type)
    findings.add(kind, id, `内容与流水${seq}不符`, `The content is not what entry ${seq} says`)
  else if (
    row.from !== asWritten(entry.at) ||
    row.by !== entry.actor ||
    (until !== undefined && next && until !== asWritten(next.at))
  )
    findings.add(kind, id, `时间或修改人与流水${seq}不符`, `When or by whom is not what entry ${seq} says`)
  else if (entry.before !== (entries[place - 1]?.entry.after ?? null))
    findings.add(kind, id, `流水${seq}没有接上前一个版本`, `Entry ${seq} does not follow from the version before`)
}

/** What keeps a record unique follows from its content, where the declaration is still the same. */
function checkKey({ registry }: Ledger, findings: Findings, record: RecordRow) {
  const type = registry.types.get(record.type)
  if (!type?.key || type.version !== record.typeVersion || uniqueKey(type, record) === record.key) return
  findings.add('record', record.id, '唯一性标识与内容不符', 'What keeps it unique does not follow from its content')
}

function checkPersonal({ keys }: Ledger, findings: Findings, whole: Whole, isErased: boolean) {
  const { id, record, versions, personal } = whole
  if (personal.length === 0 && isErased) return
  const committed = new Set<string>()
  for (const row of [...versions, ...(record ? [record] : [])])
    for (const value of Object.values(row.fields)) {
      const commitment = (value as { sealed?: unknown } | null)?.sealed
      if (typeof commitment === 'string') committed.add(commitment)
    }
  for (const { commitment, ...sealed } of personal) {
    if (!committed.delete(commitment))
      findings.add(
        'personal',
        `${id} ${commitment}`,
        '个人信息不属于这条记录',
        'This personal value is not of this record',
      )
    else if (!isKept(keys, commitment, sealed))
      findings.add(
        'personal',
        `${id} ${commitment}`,
        '个人信息无法解密，或与记录中的承诺值不符',
        'This personal value cannot be read, or is not what the record commits to',
      )
  }
  if (isErased) return
  for (const commitment of committed)
    findings.add(
      'personal',
      `${id} ${commitment}`,
      '个人信息不见了，流水中没有删除的记载',
      'This personal value is missing, and the journal knows of no erasure',
    )
}

function isKept(keys: Ledger['keys'], commitment: string, sealed: Omit<PersonalRow, 'commitment'>): boolean {
  try {
    const value = keys.unseal(sealed)
    return createHash('sha256').update(sealed.salt).update(value).digest('hex') === commitment
  } catch {
    return false
  }
}
