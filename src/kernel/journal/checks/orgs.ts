import { FIRST_DAY, LAST_DAY } from '../../org/directory.ts'
import type { Entry } from '../entry.ts'
import type { Findings } from './findings.ts'
import type { Reading } from './reading.ts'

/** Where a unit stands from a day on. */
interface Standing {
  readonly since: string
  readonly parent: string | null
  readonly name: string
}

/** An org unit as the journal tells it, by codes. */
interface Unit {
  readonly root: number
  readonly kind: string
  readonly nameEn: string | null
  readonly opened: string
  closed: string
  successor: string | null
  name: string
  /** By day, ascending; neighbours differ. */
  standings: Standing[]
}

interface Told {
  readonly seq: number
  readonly root: number
  readonly entry: Entry
}

interface UnitRow {
  readonly id: number
  readonly root: number
  readonly code: string
  readonly kind: string
  readonly name: string
  readonly nameEn: string | null
  readonly path: string
  readonly successor: number | null
  readonly opened: string
  readonly closed: string
  readonly spans: readonly {
    since: string
    until: string
    parent: number | null
    name: string
    ancestors: readonly number[]
  }[]
}

const UNITS = `
  SELECT u.id, u.root, u.code, u.kind, u.name, u.name_en AS "nameEn", u.path, u.successor, u.opened, u.closed,
    (SELECT coalesce(json_agg(json_build_object('since', to_char(s.since, 'YYYY-MM-DD'), 'until', to_char(s.until, 'YYYY-MM-DD'),
       'parent', s.parent, 'name', s.name, 'ancestors', s.ancestors) ORDER BY s.since), '[]')
     FROM org_span s WHERE s.org = u.id AND s.root = u.root) AS spans
  FROM org_unit u ORDER BY u.id`

/** Builds the org tree anew from the journal and compares it with the tables, day by day. */
export async function checkOrgs({ client, codes }: Reading, findings: Findings, told: readonly Told[]): Promise<void> {
  const units = replay(told)
  const { rows } = await client.query<UnitRow>(UNITS)
  const spansOf = new Map(rows.map(row => [row.id, row.spans]))
  const met = new Set<string>()
  for (const row of rows) {
    met.add(row.code)
    const unit = units.get(row.code)
    if (!unit) findings.add('org', row.code, '这个单位没有流水', 'The journal knows nothing of this org unit')
    else if (!isSame(row, unit, codes))
      findings.add('org', row.code, '单位与流水所记不符', 'This org unit is not what the journal says')
    else if (!isWellPlaced(row, spansOf))
      findings.add(
        'org',
        row.code,
        '单位在树中的位置前后不一',
        'The places of this org unit in the tree contradict one another',
      )
  }
  for (const code of units.keys())
    if (!met.has(code)) findings.add('org', code, '流水所记的单位不见了', 'An org unit of the journal is missing')
  const { rows: strays } = await client.query<{ org: number }>(
    'SELECT s.org FROM org_span s LEFT JOIN org_unit u ON u.id = s.org AND u.root = s.root WHERE u.id IS NULL',
  )
  for (const { org } of strays)
    findings.add(
      'org',
      codes.get(org) ?? org,
      '单位的位置归在了别的树',
      'A place of this org unit is filed under another tree',
    )
}

function replay(told: readonly Told[]): Map<string, Unit> {
  const units = new Map<string, Unit>()
  for (const one of [...told].sort((a, b) => a.seq - b.seq)) {
    const note = (one.entry.note ?? {}) as Record<string, unknown>
    const text = (key: string) => (typeof note[key] === 'string' ? note[key] : undefined)
    const unit = units.get(one.entry.org ?? '')
    const asOf = text('asOf') ?? ''
    if (one.entry.action === 'org-create') create(units, one, text, note.takes)
    if (!unit) continue
    if (one.entry.action === 'org-rename') {
      unit.name = text('name')!.trim()
      standFrom(unit, asOf, { name: unit.name })
    }
    if (one.entry.action === 'org-move') standFrom(unit, asOf, { parent: text('parent')! })
    if (one.entry.action === 'org-merge') {
      const into = text('into')!
      for (const child of units.values())
        if (child.standings.at(-1)!.parent === one.entry.org && child.closed > asOf)
          standFrom(child, asOf, { parent: into })
      standFrom(unit, asOf, { parent: into })
      unit.successor = into
    }
    if (['org-merge', 'org-split', 'org-close'].includes(one.entry.action)) unit.closed = asOf
  }
  return units
}

function create(
  units: Map<string, Unit>,
  { root, entry }: Told,
  text: (key: string) => string | undefined,
  takes: unknown,
) {
  const code = entry.org!
  const name = text('name') ?? ''
  const opened = text('opened') ?? FIRST_DAY
  units.set(code, {
    root,
    kind: text('kind') ?? '',
    name,
    nameEn: text('nameEn') ?? null,
    opened,
    closed: LAST_DAY,
    successor: null,
    standings: [{ since: FIRST_DAY, parent: text('parent') ?? null, name }],
  })
  for (const taken of Array.isArray(takes) ? takes : []) {
    const child = units.get(String(taken))
    if (child) standFrom(child, opened, { parent: code })
  }
}

/** Changes where a unit stands from a day on; earlier days stay. */
function standFrom(unit: Unit, asOf: string, change: Partial<Omit<Standing, 'since'>>) {
  const last = unit.standings.at(-1)!
  const next = { ...last, ...change, since: asOf }
  unit.standings = simplest([...unit.standings.filter(({ since }) => since < asOf), next])
}

/** Without days on which nothing changed: the tables cut a unit's span when a unit above it moves. */
const simplest = (standings: readonly Standing[]): Standing[] =>
  standings.filter(({ parent, name }, i) => {
    const before = standings[i - 1]
    return !before || before.parent !== parent || before.name !== name
  })

function isSame(row: UnitRow, unit: Unit, codes: ReadonlyMap<number, string>): boolean {
  const codeOf = (id: number | null) => (id === null ? null : (codes.get(id) ?? ''))
  const standings = simplest(
    row.spans.map(({ since, parent, name }) => ({
      since,
      parent: codeOf(parent),
      name,
    })),
  )
  return (
    row.root === unit.root &&
    row.kind === unit.kind &&
    row.name === unit.name &&
    row.nameEn === unit.nameEn &&
    row.opened === unit.opened &&
    row.closed === unit.closed &&
    codeOf(row.successor) === unit.successor &&
    JSON.stringify(standings) ===
      JSON.stringify(unit.standings.map(({ since, parent, name }) => ({ since, parent, name })))
  )
}

/** Spans follow one another without gap, and what stands above in each is what stands above the parent on those days. */
function isWellPlaced(row: UnitRow, spansOf: ReadonlyMap<number, UnitRow['spans']>): boolean {
  const last = row.spans.at(-1)
  if (row.spans[0]?.since !== FIRST_DAY || last?.until !== LAST_DAY) return false
  if (row.path !== `/${last.ancestors.join('/')}/`) return false
  return row.spans.every(({ since, until, parent, ancestors }, i) => {
    const after = row.spans[i + 1]
    if (after && after.since !== until) return false
    if (parent === null) return ancestors.join() === String(row.id)
    const above = (spansOf.get(parent) ?? []).filter(span => span.since < until && since < span.until)
    return above.length > 0 && above.every(span => [...span.ancestors, row.id].join() === ancestors.join())
  })
}
