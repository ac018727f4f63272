import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../../../store/problem.ts'
import type { Findings } from './findings.ts'
import { pages, type Reading } from './reading.ts'

interface Row {
  readonly sha256: string
  readonly size: number
}

/**
 * Every evidence file is still the one that its name says, and what records refer to is there. Files that no row speaks
 * of are left alone: an upload that broke off leaves one, and nothing in the ledger rests on it.
 */
export async function checkEvidence(dataDir: string, { client, advance }: Reading, findings: Findings): Promise<void> {
  const files =
    'SELECT sha256, max(size) AS size FROM evidence GROUP BY sha256 HAVING min(size) = max(size) ORDER BY sha256'
  for await (const page of pages<Row>(client, 'evidence_files', files, 200))
    for (const { sha256, size } of page) {
      const found = await hashOf(join(dataDir, 'evidence'), sha256)
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
  for await (const page of pages<{ sha256: string; what: string }>(client, 'evidence_links', LINKS))
    for (const { sha256, what } of page)
      findings.add(
        'evidence',
        sha256,
        `佐证的登记有误（${what}）`,
        `What is registered of this evidence is wrong (${what})`,
      )
}

const LINKS = `
  SELECT sha256, 'size' AS what FROM evidence GROUP BY sha256 HAVING min(size) <> max(size)
  UNION ALL
  SELECT l.sha256, 'evidence' FROM record_evidence l
    LEFT JOIN evidence e ON e.root = l.root AND e.sha256 = l.sha256 WHERE e.sha256 IS NULL
  UNION ALL
  SELECT l.sha256, 'record' FROM record_evidence l
    LEFT JOIN record r ON r.root = l.root AND r.id = l.record WHERE r.id IS NULL`

async function hashOf(folder: string, sha256: string): Promise<{ sha256: string; size: number } | undefined> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of createReadStream(join(folder, sha256.slice(0, 2), sha256)) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      size += chunk.length
    }
    return { sha256: hash.digest('hex'), size }
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    return undefined
  }
}
