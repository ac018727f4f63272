import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import type { Right } from '../people/actor.ts'
import { addDays, type Day, isoWeek, today } from '../period/period.ts'
import type { Result } from '../result.ts'
import { ok } from '../result.ts'
import { expectedOf } from '../returns/due.ts'
import type { Words } from '../words.ts'

/** Something that somebody at a unit is to be told once. */
export interface Event {
  /** The same thing has the same key. */
  readonly key: string
  readonly unit: OrgUnit
  /** Who is told: those who do what this right allows. */
  readonly right: Extract<Right, 'enter' | 'confirm'>
  readonly title: Words
  readonly link: string
}

const at = (screen: string, { code }: OrgUnit) => `${screen}?org=${encodeURIComponent(code)}`

/** All that is to be told in a tree as it stands: returns, assessment, records sent back, days that come near. */
export async function eventsOf(ledger: Ledger, root: number): Promise<Result<readonly Event[]>> {
  const returns = await returnEvents(ledger, root)
  if (!returns.ok) return returns
  const [marks, records, due] = await Promise.all([
    markEvents(ledger, root),
    sentBackEvents(ledger, root),
    dueEvents(ledger, root),
  ])
  return ok([...returns.value, ...marks, ...records, ...due])
}

async function returnEvents(ledger: Ledger, root: number): Promise<Result<Event[]>> {
  const expected = await expectedOf(ledger, ledger.orgs.under(ledger.orgs.byId(root)!.path))
  if (!expected.ok) return expected
  return ok(
    expected.value.flatMap(({ form, unit, period, dueOn, state, id, version, remark }): Event[] => {
      const mine = (key: string, zh: string, en: string): Event => ({
        key: `return:${form.id}:${period}:${unit.code}:${key}`,
        unit,
        right: 'enter',
        title: { zh: `${form.name}（${period}）${zh}`, en: `${form.name} (${period}) ${en}` },
        link: at('/returns', unit),
      })
      switch (state) {
        case 'soon':
          return [mine('soon', `应于${dueOn}前上报`, `is due on ${dueOn}`)]
        case 'late':
          return [mine('late', `已逾期，期限为${dueOn}`, `is late: it was due on ${dueOn}`)]
        case 'returned':
          return [mine(`back${version}`, `被退回：${remark}`, `was sent back: ${remark}`)]
        case 'submitted':
          return [
            {
              key: `return:${id}:submitted${version}`,
              unit: form.org,
              right: 'confirm',
              title: {
                zh: `${unit.name}已上报${form.name}（${period}），待核准`,
                en: `${unit.code} submitted ${form.name} (${period})`,
              },
              link: at('/returns', form.org),
            },
          ]
        default:
          return []
      }
    }),
  )
}

interface Group {
  readonly scheme: string
  readonly name: string
  readonly schemeOrg: number
  readonly period: string
  readonly org: number
  readonly state: string
  readonly n: number
  /** Changes with every step that brought an item here again. */
  readonly mark: string
  readonly appealBy: string | null
}

const MARKS = `
  SELECT m.fields ->> 'scheme' AS scheme, s.fields ->> 'name' AS name, s.org AS "schemeOrg", m.fields ->> 'period' AS period, m.org,
         m.state, count(*)::int AS n, max(m.version)::text AS mark, min(m.fields ->> 'appealBy') AS "appealBy"
  FROM record m JOIN record s ON s.root = m.root AND s.id::text = m.fields ->> 'scheme'
  WHERE m.root = $1 AND m.type = 'assessment.mark' AND m.status IN ('entered', 'confirmed')
    AND (m.state IN ('open', 'submitted', 'appealed', 'settled') OR m.state = 'published' AND m.fields ->> 'appealBy' >= $2)
  GROUP BY 1, 2, 3, 4, 5, 6`

async function markEvents(ledger: Ledger, root: number): Promise<Event[]> {
  const { rows } = await ledger.store.pool.query<Group>(MARKS, [root, today(ledger.clock)])
  return rows.flatMap(({ scheme, name, schemeOrg, period, org, state, n, mark, appealBy }) => {
    const told = TOLD[state]
    if (!told) return []
    const unit = ledger.orgs.byId(told.right === 'confirm' ? schemeOrg : org)!
    const from = ledger.orgs.byId(org)!
    return [
      {
        key: `assessment:${scheme}:${period}:${from.code}:${state}${mark}`,
        unit,
        right: told.right,
        title: {
          zh: `${name}（${period}）：${told.right === 'confirm' ? from.name : ''}${n}项${told.zh}${state === 'published' ? `，${appealBy}前可申诉` : ''}`,
          en: `${name} (${period}): ${n} item${n === 1 ? '' : 's'} ${told.en}`,
        },
        link: `${at('/assessment', unit)}&scheme=${scheme}&of=${period}`,
      },
    ]
  })
}

const TOLD: Readonly<Record<string, Words & Pick<Event, 'right'>>> = {
  open: { right: 'enter', zh: '待自评', en: 'to be stated' },
  submitted: { right: 'confirm', zh: '待审核', en: 'to be checked' },
  published: { right: 'enter', zh: '已公示', en: 'published, open to appeal' },
  appealed: { right: 'confirm', zh: '申诉待复核', en: 'appealed' },
  settled: { right: 'enter', zh: '申诉已复核', en: 'settled' },
}

async function sentBackEvents(ledger: Ledger, root: number): Promise<Event[]> {
  const { rows } = await ledger.store.pool.query<{
    id: string
    org: number
    type: string
    version: number
    day: string
  }>(`SELECT id, org, type, version, day FROM record WHERE root = $1 AND status = 'returned' ORDER BY id LIMIT 2000`, [
    root,
  ])
  return rows.flatMap(({ id, org, type, version, day }) => {
    const declared = ledger.registry.types.get(type)
    if (!declared) return []
    const unit = ledger.orgs.byId(org)!
    return [
      {
        key: `record:${id}:back${version}`,
        unit,
        right: 'enter',
        title: {
          zh: `${unit.name}${day}的${declared.title.zh}被退回，待更正`,
          en: `${declared.title.en} of ${day} at ${unit.code} was sent back`,
        },
        link: `/records/${id}`,
      },
    ]
  })
}

/** Days that domains declare to come near: one notice a week for each unit, while something is due. */
async function dueEvents(ledger: Ledger, root: number): Promise<Event[]> {
  const now = today(ledger.clock)
  const declared = ledger.registry.domains.flatMap(domain =>
    domain.awaiting.flatMap(one => (one.due ? [{ ...one, due: one.due }] : [])),
  )
  if (declared.length === 0) return []
  const { rows } = await ledger.store.pool.query<{ at: number; org: number; n: number; late: number }>(
    `SELECT a.ord::int - 1 AS at, r.org, count(*)::int AS n, count(*) FILTER (WHERE r.fields ->> a.due < $7)::int AS late
     FROM unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::text[]) WITH ORDINALITY AS a(type, states, due, before, until, ord)
     JOIN record r ON r.root = $1 AND r.type = a.type AND r.status IN ('entered', 'confirmed')
       AND (a.states IS NULL OR r.state = ANY(string_to_array(a.states, ' ')))
       AND r.fields ->> a.due <= a.before::text AND (a.until IS NULL OR NOT r.fields ? a.until)
     GROUP BY a.ord, r.org`,
    [
      root,
      declared.map(one => one.type.id),
      declared.map(one => one.state?.join(' ') ?? null),
      declared.map(one => one.due.field),
      declared.map(one => addDays(now, Math.ceil(one.due.days))),
      declared.map(one => one.until ?? null),
      now,
    ],
  )
  return rows.map(({ at: index, org, n, late }) => {
    const { id, title, type } = declared[index]!
    const unit = ledger.orgs.byId(org)!
    return {
      key: `due:${id}:${unit.code}:${weekOf(now)}`,
      unit,
      right: 'enter',
      title: {
        zh: `${unit.name}${title.zh}：${n}${late > 0 ? `，其中已过期${late}` : ''}`,
        en: `${title.en} at ${unit.code}: ${n}${late > 0 ? `, ${late} of them past their day` : ''}`,
      },
      link: `${at(`/ledger/${type.id}`, unit)}&all=1`,
    }
  })
}

const weekOf = (day: Day) => {
  const { year, week } = isoWeek(day)
  return `${year}-W${week}`
}
