import type pg from 'pg'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit, readablePaths } from '../people/actor.ts'
import type { Problem } from '../result.ts'
import type { Words } from '../words.ts'
import type { Change } from './commit.ts'
import type { FieldInfo } from './fields.ts'
import type { Fields } from './type.ts'

interface Link {
  readonly row: number
  readonly field: string
  readonly info: FieldInfo
  readonly value: string
}

type Query = <T extends object>(text: string, values: string[]) => Promise<readonly T[]>

/**
 * New links of changes of one tree to records, files and people that are not there, as problems; what a record linked to
 * before may stay. One query for each kind, none when there are no links.
 */
export async function missingLinks(
  ledger: Ledger,
  actor: Actor,
  changes: readonly Change[],
  client?: pg.PoolClient,
): Promise<Problem[]> {
  const links = changes.flatMap((change, row) => newLinks(change, row))
  if (links.length === 0) return []
  const query: Query = async <T extends object>(text: string, values: string[]) =>
    (await (client ?? ledger.store.pool).query<T>(text, [changes[0]!.root, [...new Set(values)]])).rows
  const refused = [
    ...(await missingRecords(ledger, actor, links, query)),
    ...(await missingFiles(ledger, actor, links, query)),
    ...(await missingPeople(links, query)),
  ]
  return refused.map(({ link, code, words }) => ({
    code: `field/${code}`,
    field: link.field,
    value: link.value,
    ...(changes.length > 1 ? { row: link.row } : {}),
    zh: `${link.info.title.zh}：${words.zh}`,
    en: `${link.info.title.en}: ${words.en}`,
  }))
}

const LINKING: ReadonlySet<string> = new Set(['reference', 'attachment', 'person'])

function newLinks({ type, before, after }: Change, row: number): Link[] {
  const linking = (infos: Readonly<Record<string, FieldInfo>>): boolean =>
    Object.values(infos).some(info => LINKING.has(info.kind) || (info.rows !== undefined && linking(info.rows)))
  if (!linking(type.fields)) return []
  const known = new Set(before ? linksIn(type.fields, before.fields).map(link => link.value) : [])
  return linksIn(type.fields, after.fields).flatMap(link => (known.has(link.value) ? [] : [{ row, ...link }]))
}

function linksIn(infos: Readonly<Record<string, FieldInfo>>, fields: Fields, at = ''): Omit<Link, 'row'>[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const info = infos[name]
    if (!info) return []
    if (info.rows && Array.isArray(value))
      return value.flatMap((one, i) => linksIn(info.rows!, one as Fields, `${at}${name}[${i + 1}].`))
    return LINKING.has(info.kind) && typeof value === 'string' ? [{ field: at + name, info, value }] : []
  })
}

interface Refused {
  readonly link: Link
  readonly code: string
  readonly words: Words
}

const ofKind = (links: readonly Link[], kind: string) => links.filter(link => link.info.kind === kind)

const NO_RECORD = { zh: '没有这条记录', en: 'there is no such record' }

/** A record the actor may not read is told like one that is not there. */
async function missingRecords(ledger: Ledger, actor: Actor, all: readonly Link[], query: Query): Promise<Refused[]> {
  const links = ofKind(all, 'reference')
  if (links.length === 0) return []
  const rows = await query<{ id: string; type: string; org: number; status: string }>(
    'SELECT id::text, type, org, status FROM record WHERE root = $1 AND id = ANY($2::uuid[])',
    links.map(link => link.value),
  )
  const found = new Map(rows.map(row => [row.id, row]))
  return links.flatMap((link): Refused[] => {
    const record = found.get(link.value)
    if (!record || !isSeen(actor, ledger.orgs.byId(record.org)!, link.info))
      return [{ link, code: 'no-such-record', words: NO_RECORD }]
    if (record.type !== link.info.of) {
      const of = ledger.registry.types.get(link.info.of ?? '')?.title
      return [
        {
          link,
          code: 'other-type',
          words: { zh: `应为一条${of?.zh ?? '记录'}`, en: `should be a ${of?.en ?? 'record'}` },
        },
      ]
    }
    if (record.status === 'void')
      return [{ link, code: 'void-record', words: { zh: '这条记录已经作废', en: 'that record is void' } }]
    return []
  })
}

/** Whether an actor may read at a unit, or for what comes from above, somewhere beneath it. */
const isSeen = (actor: Actor, org: { path: string; code: string }, { above }: FieldInfo) =>
  permit(actor, 'read', org).ok || (above === true && readablePaths(actor).some(path => path.startsWith(org.path)))

/** A file may be pointed to by whoever may read a record that it is attached to. */
async function missingFiles(ledger: Ledger, actor: Actor, all: readonly Link[], query: Query): Promise<Refused[]> {
  const links = ofKind(all, 'attachment')
  if (links.length === 0) return []
  const rows = await query<{ sha256: string; org: number }>(
    `SELECT DISTINCT e.sha256, r.org FROM record_evidence e JOIN record r ON r.root = e.root AND r.id = e.record
     WHERE e.root = $1 AND e.sha256 = ANY($2)`,
    links.map(link => link.value),
  )
  const readable = rows.filter(row => permit(actor, 'read', ledger.orgs.byId(row.org)!).ok)
  const found = new Set(readable.map(row => row.sha256))
  const words = { zh: '没有这个附件', en: 'there is no such file' }
  return links.filter(link => !found.has(link.value)).map(link => ({ link, code: 'no-such-file', words }))
}

async function missingPeople(all: readonly Link[], query: Query): Promise<Refused[]> {
  const links = ofKind(all, 'person')
  if (links.length === 0) return []
  const rows = await query<{ id: string }>(
    `SELECT p.id::text FROM person p WHERE p.id = ANY($2::uuid[]) AND NOT p.disabled
       AND EXISTS (SELECT 1 FROM role_grant g JOIN org_unit o ON o.id = g.org WHERE g.person = p.id AND o.root = $1)`,
    links.map(link => link.value),
  )
  const found = new Set(rows.map(row => row.id))
  const words = { zh: '没有这个人', en: 'there is no such person' }
  return links.filter(link => !found.has(link.value)).map(link => ({ link, code: 'no-such-person', words }))
}
