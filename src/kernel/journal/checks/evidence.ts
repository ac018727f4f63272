import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { errorCode } from '../../../store/problem.ts'
import { evidencePath } from '../../evidence/evidence.ts'
import type { Entry } from '../entry.ts'
import type { Findings } from './findings.ts'
import { isJustBefore, pages, type Reading, readerOf } from './reading.ts'
import { parseEntry } from './standing.ts'

interface Row {
  readonly sha256: string
  readonly size: number
}

/**
 * Every evidence file is still the one that its name says, and what records refer to is there. Files that no row speaks
 * of are left alone: an upload that broke off leaves one, and nothing in the ledger rests on it.
 */
export async function checkEvidence(dataDir: string, reading: Reading, findings: Findings): Promise<void> {
  const { client, advance } = reading
  for await (const page of pages<Row>(client, 'evidence_files', FILES, 200))
    for (const { sha256, size } of page) {
      const found = await hashOf(dataDir, sha256)
      if (!found)
        findings.add(
          'evidence',
          sha256,
          '佐证文件不见了，或无法读取',
          'This evidence file is missing or cannot be read',
        )
      else if (found.sha256 !== sha256)
        findings.add('evidence', sha256, '佐证文件的内容与登记时不同', 'The content of this evidence file was altered')
      else if (found.size !== size)
        findings.add(
          'evidence',
          sha256,
          '佐证文件的大小与登记的不符',
          'The size of this evidence file is not what its row says',
        )
      advance(1)
    }
  await checkAttached(reading, findings)
}

/** A file may be registered in several trees; one size it has. */
const FILES = `
  SELECT sha256, CASE WHEN min(size) = max(size) THEN max(size) ELSE -1 END AS size FROM evidence
  GROUP BY sha256 ORDER BY sha256`

interface Told {
  readonly root: number
  readonly id: string
  readonly entry: string
}

interface Attached {
  readonly root: number
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly size: number | null
  readonly at: string
  readonly by: string | null
}

const TOLD = `
  SELECT root, substr(subject, 10) AS id, entry FROM journal
  WHERE subject >= 'evidence:' AND subject < 'evidence;' ORDER BY root, subject, seq`
const ATTACHED = `
  SELECT l.root, l.record AS id, l.sha256, l.name, e.size, l.added_at::text AS at, l.added_by AS by
  FROM record_evidence l LEFT JOIN evidence e ON e.root = l.root AND e.sha256 = l.sha256
  ORDER BY l.root, l.record, l.sha256`

/** Which files a record has, under which names, added when and by whom: as the journal says. */
async function checkAttached({ client, along }: Reading, findings: Findings) {
  const told = await readerOf(pages<Told & Record<string, unknown>>(along, 'told_evidence', TOLD), row => row)
  const attached = await readerOf(pages<Attached & Record<string, unknown>>(client, 'attached', ATTACHED), row => row)
  const isBefore = (a: Told | Attached, b: Told | Attached) => a.root < b.root || (a.root === b.root && a.id < b.id)
  for (;;) {
    for (const reader of [told, attached]) if (reader.isTurning()) await reader.turn()
    const [a, b] = [told.row(), attached.row()]
    const first = a && (!b || isBefore(a, b)) ? a : b
    if (!first) return
    const added = new Map<string, Entry>()
    const isOf = (row: Told | Attached) => row.root === first.root && row.id === first.id
    while (!told.take(isOf, row => noteEvidence(added, parseEntry(row.entry)))) await told.turn()
    while (!attached.take(isOf, row => compare(findings, added, row))) await attached.turn()
    for (const sha256 of added.keys())
      findings.add(
        'evidence',
        sha256,
        `记录${first.id}的佐证不见了`,
        `This evidence of the record ${first.id} is missing, and the journal knows of no removal`,
      )
  }
}

function noteEvidence(added: Map<string, Entry>, entry: Entry | undefined) {
  const { sha256 } = (entry?.note ?? {}) as { sha256?: string }
  if (entry?.action === 'evidence-add' && sha256 !== undefined) added.set(sha256, entry)
  if (entry?.action === 'evidence-remove' && sha256 !== undefined) added.delete(sha256)
}

function compare(findings: Findings, added: Map<string, Entry>, { id, sha256, name, size, at, by }: Attached) {
  const entry = added.get(sha256)
  added.delete(sha256)
  const note = (entry?.note ?? {}) as { name?: string; size?: number }
  if (entry && note.name === name && note.size === size && entry.actor === by && isJustBefore(at, entry.at)) return
  findings.add(
    'evidence',
    sha256,
    `记录${id}的佐证与流水所记不符`,
    `This evidence of the record ${id} is not what the journal says`,
  )
}

async function hashOf(dataDir: string, sha256: string): Promise<{ sha256: string; size: number } | undefined> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of createReadStream(evidencePath(dataDir, sha256)) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      size += chunk.length
    }
    return { sha256: hash.digest('hex'), size }
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    return undefined
  }
}
