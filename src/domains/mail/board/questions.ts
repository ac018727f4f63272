import { z } from 'zod'
import { allOrNone } from '../../../kernel/all-or-none.ts'
import { pdf } from '../../../kernel/labels/pdf.ts'
import { zpl } from '../../../kernel/labels/zpl.ts'
import type { Ledger } from '../../../kernel/ledger.ts'
import { action, givenFile, question } from '../../../kernel/operation.ts'
import { permit } from '../../../kernel/people/actor.ts'
import { day as parseDay } from '../../../kernel/period/period.ts'
import { fail, ok } from '../../../kernel/result.ts'
import { parseBag } from '../codes/bag.ts'
import { shownSubject } from '../events/scan.ts'
import { dayOfInstant } from '../events/shanghai.ts'
import { bagLabel } from '../labels/labels.ts'
import { officesOn, routesOn } from '../network/read.ts'
import { extraRun, journalled, planRuns, RUN_COLUMNS, type Run, runNamed } from '../runs/runs.ts'
import { pieceNamed, subjectsOf, unknownPiece } from '../tracing/trace.ts'
import { type Call, holdings, runView } from './board.ts'

const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const runShape = z.strictObject({
  run: z.string(),
  route: z.string(),
  wave: z.int(),
  departs: z.string(),
  state: z.enum(['planned', 'held', 'running', 'late', 'done', 'closed']),
  at: z.string().nullable(),
  next: z.string().nullable(),
  due: z.string().nullable(),
  late: z.int(),
  load: z.int(),
  capacity: z.int(),
  vehicle: z.string().nullable(),
})

const officeShape = z.strictObject({
  office: z.string(),
  name: z.string(),
  kind: z.string(),
  items: z.int(),
  bags: z.int(),
  unopened: z.int(),
  stale: z.int(),
  shift: z.string().nullable(),
})

const alarmShape = z.strictObject({
  kind: z.enum([
    'late-run',
    'overload',
    'custody-gap',
    'double-custody',
    'no-origin',
    'handover-differs',
    'handover-half',
    'quarantine',
    'note-overdue',
    'stale-bags',
  ]),
  count: z.int(),
  /** The first of them. */
  which: z.array(z.string()),
})

/** A handover that the other side has not signed for so long is an alarm. */
const HALF_MINUTES = 30
const SHOWN = 20

/** The command room's board: runs, offices, alarms of a day, as of now. */
export const askBoard = question(
  'mail.board',
  {
    zh: '指挥调度屏',
    en: 'The command board',
    input: z.strictObject({ org: z.string(), day: dayText.optional() }),
    answer: z.strictObject({
      at: z.string(),
      day: z.string(),
      runs: z.array(runShape),
      offices: z.array(officeShape),
      alarms: z.array(alarmShape),
      names: z.record(z.string(), z.string()),
    }),
  },
  async (ledger, _actor, { org, day: asked }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const now = ledger.clock().toISOString()
    const day = asked ?? dayOfInstant(now)
    const { root, path } = unit.value
    const { pool } = ledger.store
    if (day === dayOfInstant(now)) await planRuns(pool, root, day)
    const under = (id: number) => ledger.orgs.byId(id)?.path.startsWith(path) ?? false
    const [runs, calls, held, offices, shifts, troubles] = await Promise.all([
      pool.query<Run>(`SELECT ${RUN_COLUMNS} FROM mail_run WHERE root = $1 AND day = $2 ORDER BY departs, id`, [
        root,
        day,
      ]),
      pool.query<Call & { run: string }>(
        `SELECT h.run, h.office, h.time FROM mail_handover h JOIN mail_run r ON r.root = h.root AND r.id = h.run
         WHERE h.root = $1 AND r.day = $2 AND h.state = 'complete'`,
        [root, day],
      ),
      holdings(pool, root, now),
      officesOn(pool, root, day),
      pool.query<{ office: string; at: string }>(
        'SELECT office, max(closed_at) AS at FROM mail_shift WHERE root = $1 AND day >= $2::date - 1 GROUP BY office',
        [root, day],
      ),
      troublesOf(ledger, root, path, now),
    ])
    const byRun = new Map<string, Call[]>()
    for (const call of calls.rows) byRun.set(call.run, [...(byRun.get(call.run) ?? []), call])
    const views = runs.rows
      .filter(run => under(run.org))
      .map(run => {
        const load = held.get(`run:${run.id}`)
        return runView(run, byRun.get(run.id) ?? [], load ? load.bags + load.unopened : 0, now)
      })
    const closed = new Map(shifts.rows.map(({ office, at }) => [office, at]))
    const places = [...offices.values()]
      .filter(({ org: id }) => under(id))
      .map(({ code, name, kind }) => {
        const has = held.get(`office:${code}`)
        return {
          office: code,
          name,
          kind,
          items: has?.items ?? 0,
          bags: has?.bags ?? 0,
          unopened: has?.unopened ?? 0,
          stale: has?.stale ?? 0,
          shift: closed.get(code) ?? null,
        }
      })
      .toSorted((a, b) => b.bags + b.unopened - (a.bags + a.unopened) || (a.office < b.office ? -1 : 1))
    const alarm = (kind: z.output<typeof alarmShape>['kind'], which: readonly string[]) => ({
      kind,
      count: which.length,
      which: which.slice(0, SHOWN),
    })
    const alarms = [
      alarm(
        'late-run',
        views.filter(({ state }) => state === 'late').map(({ run }) => run),
      ),
      alarm(
        'overload',
        views.filter(({ load, capacity }) => load > capacity).map(({ run }) => run),
      ),
      alarm(
        'stale-bags',
        places.filter(({ stale }) => stale > 0).map(({ office }) => office),
      ),
      ...troubles.map(({ kind, n, which }) => ({ kind, count: n, which: which.map(shownSubject) })),
    ].filter(({ count }) => count > 0)
    const named = new Set(views.flatMap(({ at, next }) => [at, next]).filter(code => code !== null))
    const names = Object.fromEntries(
      [...offices.values()].filter(({ code }) => named.has(code)).map(({ code, name }) => [code, name]),
    )
    return ok({ at: now, day, runs: views, offices: places, alarms, names })
  },
)

type Kind = z.output<typeof alarmShape>['kind']

async function troublesOf({ store }: Ledger, root: number, path: string, now: string) {
  const { rows } = await store.pool.query<{ kind: Kind; n: number; which: string[] }>({
    name: 'mail-troubles',
    text: `
      SELECT f.flag AS kind, count(*) AS n, (array_agg(p.subject ORDER BY p.last_time DESC))[1:${SHOWN}] AS which
      FROM mail_piece p CROSS JOIN unnest(p.flags) AS f(flag) WHERE p.root = $1 AND p.flags <> '{}' GROUP BY f.flag
      UNION ALL
      SELECT CASE h.state WHEN 'differs' THEN 'handover-differs' ELSE 'handover-half' END, count(*), (array_agg(h.id::text ORDER BY h.time DESC))[1:${SHOWN}]
      FROM mail_handover h JOIN org_unit u ON u.id = h.org
      WHERE h.root = $1 AND u.path LIKE $2 || '%' AND h.state <> 'complete' AND (h.state = 'differs' OR h.time < $3::timestamptz - interval '${HALF_MINUTES} minutes')
      GROUP BY h.state
      UNION ALL
      SELECT 'quarantine', count(*), (array_agg(q.reason ORDER BY q.received_at DESC))[1:${SHOWN}]
      FROM mail_quarantine q JOIN org_unit u ON u.id = q.org WHERE q.root = $1 AND u.path LIKE $2 || '%' AND q.settled_at IS NULL HAVING count(*) > 0
      UNION ALL
      SELECT 'note-overdue', count(*), (array_agg(r.fields ->> 'subject' ORDER BY r.day))[1:${SHOWN}]
      FROM record r JOIN org_unit u ON u.id = r.org
      WHERE r.root = $1 AND r.type = 'mail.note' AND r.state = 'open' AND r.status IN ('entered', 'confirmed') AND u.path LIKE $2 || '%'
        AND (r.fields ->> 'due')::timestamptz < $3::timestamptz HAVING count(*) > 0`,
    values: [root, path, now],
  })
  return rows
}

const runName = z.string().max(40)

/** Dispatchers' actions, each in the journal with its reason. */
const steer = <I extends z.ZodRawShape>(
  name: string,
  words: { zh: string; en: string },
  input: I,
  change: {
    set: string
    note: (input: Record<string, unknown>) => Record<string, unknown>
    values: (input: Record<string, unknown>, now: string) => unknown[]
  },
) =>
  action(
    name,
    {
      ...words,
      may: 'confirm',
      input: z.strictObject({ org: z.string(), run: runName, reason: z.string().trim().min(1).max(200), ...input }),
      answer: z.strictObject({ run: z.string() }),
    },
    async (ledger, actor, given) => {
      const { org, run: id, reason } = given as { org: string; run: string; reason: string }
      const unit = ledger.orgs.find(org)
      if (!unit.ok) return unit
      return allOrNone(ledger.store.pool, async client => {
        const run = await runNamed(client, unit.value.root, id)
        if (!run.ok) return run
        const own = ledger.orgs.byId(run.value.org)!
        const permitted = permit(actor, 'confirm', own)
        if (!permitted.ok) return permitted
        if (run.value.closedAt !== null) return closedRun(id)
        const now = ledger.clock().toISOString()
        const later = await client.query(
          `SELECT 1 FROM mail_handover WHERE root = $1 AND run = $2 AND time > $3 AND state = 'complete' LIMIT 1`,
          [unit.value.root, id, now],
        )
        if (later.rows.length > 0) return closedRun(id)
        await client.query(`UPDATE mail_run SET ${change.set} WHERE root = $1 AND id = $2`, [
          unit.value.root,
          id,
          ...change.values(given, now),
        ])
        await journalled(client, ledger, actor, own, `mail:run ${id}`, name.replace('.', '-'), {
          reason,
          ...change.note(given),
        })
        return ok({ run: id })
      })
    },
  )

const closedRun = (run: string) =>
  fail('mail/closed-run', { field: 'run', value: run, zh: `趟车“${run}”已结束`, en: `The run ${run} is closed` })

export const holdRun = steer(
  'mail.run-hold',
  { zh: '缓发', en: 'Hold a run' },
  { until: z.iso.datetime({ offset: true }) },
  {
    set: 'held_until = $3',
    note: ({ until }) => ({ until }),
    values: ({ until }) => [until],
  },
)

export const closeRun = steer(
  'mail.run-close',
  { zh: '趟车终结', en: 'Close a run' },
  {},
  {
    set: 'closed_at = $3',
    note: () => ({}),
    values: (_, now) => [now],
  },
)

export const assignVehicle = steer(
  'mail.run-vehicle',
  { zh: '派车', en: 'Assign a vehicle' },
  { vehicle: z.string().trim().min(1).max(30) },
  {
    set: 'vehicle = $3',
    note: ({ vehicle }) => ({ vehicle }),
    values: ({ vehicle }) => [vehicle],
  },
)

export const addRun = action(
  'mail.run-add',
  {
    zh: '加班车',
    en: 'Add an extra run',
    may: 'confirm',
    input: z.strictObject({
      org: z.string(),
      route: z.string().max(20),
      departs: z.iso.datetime({ offset: true }),
      reason: z.string().trim().min(1).max(200),
    }),
    answer: z.strictObject({ run: z.string() }),
  },
  async (ledger, actor, { org, route: code, departs, reason }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const at = new Date(departs).toISOString()
    const day = dayOfInstant(at)
    const { root } = unit.value
    const route = (await routesOn(ledger.store.pool, root, day)).get(code)
    const own = route && ledger.orgs.byId(route.org)
    if (!route || !own)
      return fail('mail/unknown-route', {
        field: 'route',
        value: code,
        zh: `没有邮路“${code}”`,
        en: `There is no route ${code}`,
      })
    const permitted = permit(actor, 'confirm', own)
    if (!permitted.ok) return permitted
    return allOrNone(ledger.store.pool, async client => {
      const run = await extraRun(client, root, route, day, at)
      await journalled(client, ledger, actor, own, `mail:run ${run.id}`, 'mail-run-add', { reason, departs: at })
      return ok({ run: run.id })
    })
  },
)

/** The label of a closed bag, to print: a page for a printer, or ZPL for a label printer. */
export const askLabel = givenFile(
  'mail.label',
  {
    zh: '打印袋牌',
    en: "A bag's label",
    input: z.strictObject({ org: z.string(), bag: z.string().max(64), as: z.enum(['pdf', 'zpl']).default('pdf') }),
    mediaTypes: ['application/pdf', 'text/plain'],
  },
  async (ledger, actor, { org, bag: written, as }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { root } = unit.value
    const code = parseBag(written)
    if (!code.ok) return code
    const subjects = subjectsOf(written, ledger.clock().getUTCFullYear())
    if (!subjects.ok) return subjects
    const { pool } = ledger.store
    const piece = await pieceNamed(pool, [root], subjects.value)
    if (!piece?.posted) return unknownPiece(written)
    const closedOn = parseDay(dayOfInstant(piece.posted))
    if (!closedOn.ok) return closedOn
    const offices = await officesOn(pool, root, closedOn.value)
    const name = (office: string | null) => (office === null ? '' : (offices.get(office)?.name ?? office))
    const page = bagLabel({
      code: code.value.code,
      from: name(piece.origin),
      to: name(piece.destination),
      closedOn: closedOn.value,
      items: piece.items ?? 0,
      registered: piece.registered ?? 0,
      closedBy: actor.name,
    })
    if (!page.ok) return page
    if (as === 'pdf') {
      const content = await pdf([page.value], { title: `袋牌 ${code.value.code}`, at: ledger.clock() })
      return ok({ content, name: `${code.value.code}.pdf`, mediaType: 'application/pdf' })
    }
    const text = await zpl([page.value], 8)
    return text.ok
      ? ok({ content: Buffer.from(text.value), name: `${code.value.code}.zpl`, mediaType: 'text/plain' })
      : text
  },
)
