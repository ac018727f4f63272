import { allOrNone } from '../all-or-none.ts'
import { toNumber } from '../figures/fraction.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, may, permit } from '../people/actor.ts'
import { periodOfCycle } from '../period/cycles.ts'
import { type Day, type Period, today } from '../period/period.ts'
import { addWorkingDays, loadCalendar } from '../period/working-days.ts'
import { type Committed, touched } from '../records/commit.ts'
import { patched } from '../records/patch.ts'
import type { Status, StoredRecord } from '../records/record.ts'
import { createMany } from '../records/records.ts'
import { changeOf, next, revise, write } from '../records/revise.ts'
import { letIn, THROUGH } from '../records/through.ts'
import type { Fields } from '../records/type.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Words } from '../words.ts'
import { findMark, findScheme, marksOf, resultsOf, type StoredMark } from './marks.ts'
import { isAnswered, type Scheme, type SchemeItem, unitsOfKinds } from './scheme.ts'
import { standingOf, valueText } from './standing.ts'
import { mark as markType, result as resultType } from './types.ts'

// The steps of an assessment: opened by the unit that assesses, stated by those who answer for an item, checked, published,
// appealed against, settled, concluded. Each is one entry of the journal for each record it touches.

export interface Run {
  /** The unit that assesses, or one beneath. */
  readonly org: string
  readonly scheme: string
  readonly period: string
}

/** The scheme and period of a run, for one who may decide at the unit that assesses. */
async function deciding(
  ledger: Ledger,
  actor: Actor,
  run: Run,
): Promise<Result<{ scheme: Scheme; period: Period; units: readonly OrgUnit[] }>> {
  const org = ledger.orgs.find(run.org)
  if (!org.ok) return org
  const scheme = await findScheme(ledger, org.value.root, run.scheme)
  if (!scheme.ok) return scheme
  const permitted = permit(actor, 'confirm', scheme.value.org)
  if (!permitted.ok) return permitted
  const period = periodOfCycle(scheme.value.cycle, run.period)
  if (!period.ok) return period
  const units = unitsOfKinds(ledger, scheme.value.org, scheme.value.kinds, period.value)
  if (units.length === 0)
    return fail('assessment/no-units', { zh: '没有这类单位可考核', en: 'There is no unit of these kinds to assess' })
  return ok({ scheme: scheme.value, period: period.value, units })
}

/** Opens every item that people have a part in, for every unit; those that are open already stay as they are. */
export async function open(ledger: Ledger, actor: Actor, run: Run): Promise<Result<{ opened: number }>> {
  const found = await deciding(ledger, actor, run)
  if (!found.ok) return found
  const { scheme, period, units } = found.value
  if (scheme.state !== 'inForce')
    return fail('assessment/not-in-force', {
      zh: '考核办法还没有施行，或已停止施行',
      en: 'The scheme is not in force',
    })
  const present = new Set((await marksOf(ledger, scheme, period.text)).map(keyOf))
  const now = today(ledger.clock)
  const entered = scheme.items.filter(isAnswered).flatMap(item =>
    units
      .filter(unit => !present.has(`${unit.code} ${item.code}`))
      .map(unit => ({
        org: item.department ?? unit.code,
        state: firstStep(item),
        fields: {
          scheme: scheme.id,
          period: period.text,
          unit: unit.code,
          item: item.code,
          title: item.title,
          openedOn: now,
          ...(item.dueOn ? { dueOn: item.dueOn } : {}),
          ...(item.evidence ? { evidence: item.evidence } : {}),
        },
      })),
  )
  if (entered.length === 0) return ok({ opened: 0 })
  const done = await createMany(ledger, letIn(actor), markType.id, entered, THROUGH)
  return done.ok ? ok({ opened: done.value.length }) : done
}

const keyOf = ({ fields }: StoredRecord) => `${fields.unit} ${fields.item}`

/** What is held against a unit is not for the unit to state. */
const firstStep = ({ kind, source }: SchemeItem) =>
  source === 'judged' && (kind === 'veto' || kind === 'deduction') ? 'submitted' : 'open'

export interface Stated {
  readonly org: string
  readonly mark: string
  readonly score?: number
  readonly value?: number
  readonly base?: number
  readonly statement?: string
}

/** Whoever answers for an item states what it is worth; where evidence is asked, a file must be there. */
export async function state(ledger: Ledger, actor: Actor, stated: Stated): Promise<Result<Committed>> {
  const found = await markFor(ledger, actor, stated, 'open', 'enter')
  if (!found.ok) return found
  const { mark, item } = found.value
  if (item.evidence !== null && mark.files === 0)
    return fail('assessment/no-evidence', {
      field: 'evidence',
      zh: `请先附上佐证：${item.evidence}`,
      en: `Attach the evidence first: ${item.evidence}`,
    })
  if (item.source === 'value' && (stated.value === undefined || stated.base === 0))
    return fail('assessment/value', {
      field: 'value',
      zh: '请填写数值，分母不能为零',
      en: 'Say the value; a denominator is not zero',
    })
  const score = item.source === 'judged' ? within(item, stated.score, 'score') : ok(undefined)
  if (!score.ok) return score
  const fields = {
    ...(item.source === 'value' ? { value: stated.value, base: stated.base ?? null } : {}),
    ...(score.value === undefined ? {} : { selfScore: score.value }),
    statement: stated.statement ?? null,
  }
  return step(ledger, actor, mark, 'assess-state', { fields, state: 'submitted' })
}

export interface Checked {
  readonly org: string
  readonly mark: string
  readonly score?: number
  readonly remark?: string
  /** Sent back to be stated anew. */
  readonly back?: boolean
}

/** The unit that assesses checks what was stated, or sends it back with a remark. */
export async function check(ledger: Ledger, actor: Actor, checked: Checked): Promise<Result<Committed>> {
  const found = await markFor(ledger, actor, checked, 'submitted', 'decide')
  if (!found.ok) return found
  const { mark, item } = found.value
  const remark = checked.remark?.trim() || null
  if (checked.back) {
    if (remark === null) return reason('remark')
    return step(ledger, actor, mark, 'assess-return', { fields: { remark }, state: 'open' })
  }
  const score = item.source === 'judged' ? within(item, checked.score, 'score') : ok(undefined)
  if (!score.ok) return score
  const fields = { remark, ...(score.value === undefined ? {} : { score: score.value }) }
  return step(ledger, actor, mark, 'assess-check', { fields, state: 'checked' }, 'confirmed')
}

/** Publishes where all stand: results as of now, and items open to appeal. All items must be checked. */
export async function publish(ledger: Ledger, actor: Actor, run: Run): Promise<Result<{ published: number }>> {
  const found = await deciding(ledger, actor, run)
  if (!found.ok) return found
  const { scheme, period } = found.value
  const [marks, results, calendar] = await Promise.all([
    marksOf(ledger, scheme, period.text),
    resultsOf(ledger, scheme, period.text),
    loadCalendar(ledger.store.dataDir),
  ])
  if (!calendar.ok) return calendar
  if (results.length > 0)
    return fail('assessment/published', {
      zh: '本期结果已经公示',
      en: 'The results of this period are published already',
    })
  const pending = marks.filter(mark => mark.state !== 'checked')
  if (pending.length > 0)
    return fail('assessment/unchecked', {
      items: pending.length,
      zh: `还有${pending.length}项没有审核`,
      en: `${pending.length} items are not checked yet`,
    })
  const missing = found.value.units.length * scheme.items.filter(isAnswered).length - marks.length
  if (missing > 0)
    return fail('assessment/not-open', { zh: `还有${missing}项没有布置`, en: `${missing} items have not been opened` })
  const now = today(ledger.clock)
  const appealBy = addWorkingDays(calendar.value, now, scheme.appealDays)
  const entered = await resultFields(ledger, scheme, period, now)
  if (!entered.ok) return entered
  return allOrNone(ledger.store.pool, async client => {
    const made = await createMany(ledger, letIn(actor), resultType.id, entered.value, { ...THROUGH, client })
    if (!made.ok) return made
    const shown = await all(ledger, actor, marks, 'assess-publish', client, mark => ({
      state: 'published',
      fields: { ...mark.fields, publishedOn: now, appealBy },
    }))
    return shown.ok ? ok({ published: made.value.length }) : shown
  })
}

/** The results as they stand now, ready to be entered. */
async function resultFields(ledger: Ledger, scheme: Scheme, period: Period, publishedOn: Day) {
  const standing = await standingOf(ledger, scheme, period)
  if (!standing.ok) return standing
  return ok(
    standing.value.map(({ unit, score, rank, bonus, deduction, vetoes, items }) => ({
      org: unit.code,
      fields: {
        scheme: scheme.id,
        period: period.text,
        unit: unit.code,
        publishedOn,
        score: toNumber(score),
        rank,
        units: standing.value.length,
        bonus: toNumber(bonus),
        deduction: toNumber(deduction),
        vetoed: vetoes.length > 0,
        points: items.map((one, i) => {
          const item = scheme.items[i]!
          const value = valueText(item, one)
          return {
            item: item.code,
            title: item.title,
            ...(value === null ? {} : { value }),
            points: toNumber(one.points),
          }
        }),
      },
    })),
  )
}

export interface Appealed {
  readonly org: string
  readonly mark: string
  readonly reason: string
}

/** Whoever answers for a published item appeals within the days that the scheme gives. */
export async function appeal(
  ledger: Ledger,
  actor: Actor,
  { reason: why, ...named }: Appealed,
): Promise<Result<Committed>> {
  const found = await markFor(ledger, actor, named, 'published', 'enter')
  if (!found.ok) return found
  const { mark, item } = found.value
  if (item.source === 'figure')
    return fail('assessment/figure', {
      zh: '这一项来自台账，数字有误请更正台账',
      en: 'This item comes from the ledger; correct the records where the figure is wrong',
    })
  if (today(ledger.clock) > String(mark.fields.appealBy))
    return fail('assessment/late', {
      zh: `申诉已于${mark.fields.appealBy}截止`,
      en: `Appeals ended on ${mark.fields.appealBy}`,
    })
  if (why.trim() === '') return reason('reason')
  return step(ledger, actor, mark, 'assess-appeal', { fields: { appeal: why }, state: 'appealed' }, 'confirmed')
}

export interface Settled {
  readonly org: string
  readonly mark: string
  readonly score?: number
  readonly ruling: string
}

/** The unit that assesses rules on an appeal: another score, or the same again. */
export async function settle(ledger: Ledger, actor: Actor, settled: Settled): Promise<Result<Committed>> {
  const found = await markFor(ledger, actor, settled, 'appealed', 'decide')
  if (!found.ok) return found
  const { mark, item } = found.value
  if (settled.ruling.trim() === '') return reason('ruling')
  const score = item.source === 'judged' ? within(item, settled.score, 'score') : ok(undefined)
  if (!score.ok) return score
  const fields = { ruling: settled.ruling, ...(score.value === undefined ? {} : { finalScore: score.value }) }
  return step(ledger, actor, mark, 'assess-settle', { fields, state: 'settled' }, 'confirmed')
}

/** Makes the results final, as they stand after the appeals. */
export async function conclude(ledger: Ledger, actor: Actor, run: Run): Promise<Result<{ concluded: number }>> {
  const found = await deciding(ledger, actor, run)
  if (!found.ok) return found
  const { scheme, period } = found.value
  const [marks, results] = await Promise.all([
    marksOf(ledger, scheme, period.text),
    resultsOf(ledger, scheme, period.text),
  ])
  const open = results.filter(one => one.state === 'published')
  if (open.length === 0)
    return fail('assessment/not-published', {
      zh: '没有公示中的结果',
      en: 'There are no published results to conclude',
    })
  if (marks.some(mark => mark.state === 'appealed'))
    return fail('assessment/appeals', { zh: '还有申诉没有复核', en: 'There are appeals to be settled' })
  const last = marks.map(mark => String(mark.fields.appealBy ?? '')).reduce((a, b) => (a > b ? a : b), '')
  if (last >= today(ledger.clock))
    return fail('assessment/appealing', { zh: `申诉期到${last}为止`, en: `Appeals may be made until ${last}` })
  const standing = await resultFields(ledger, scheme, period, today(ledger.clock))
  if (!standing.ok) return standing
  const byUnit = new Map(standing.value.map(one => [one.org, one.fields]))
  return allOrNone(ledger.store.pool, async client => {
    const done = await all(ledger, actor, open, 'assess-conclude', client, one => {
      const { publishedOn: _, ...fields } = byUnit.get(String(one.fields.unit)) ?? {}
      return { state: 'final', status: 'confirmed', fields: { ...one.fields, ...fields } }
    })
    return done.ok ? ok({ concluded: open.length }) : done
  })
}

/** A mark in the state that a step starts from, for one who may take it: at the unit that answers, or the one that assesses. */
async function markFor(
  ledger: Ledger,
  actor: Actor,
  { org, mark: id }: { org: string; mark: string },
  from: string,
  right: 'enter' | 'decide',
): Promise<Result<{ mark: StoredMark; item: SchemeItem; scheme: Scheme }>> {
  const at = ledger.orgs.find(org)
  if (!at.ok) return at
  const found = await findMark(ledger, at.value.root, id)
  if (!found.ok) return found
  const { mark, scheme } = found.value
  const unit = ledger.orgs.byId(mark.org)!
  if (!may(actor, 'read', unit.path) && !may(actor, 'read', scheme.org.path))
    return fail('mark/unknown', { field: 'mark', zh: '没有这个考核项目', en: 'There is no such item' })
  const permitted = right === 'enter' ? permit(actor, 'enter', unit) : permit(actor, 'confirm', scheme.org)
  if (!permitted.ok) return permitted
  if (mark.state !== from) {
    const is: Words = markType.stateTitles[mark.state]!
    return fail('assessment/step', {
      field: 'state',
      value: mark.state,
      zh: `这一项现在是“${is.zh}”，不能办理这一步`,
      en: `This item is "${is.en}": this step cannot be taken now`,
    })
  }
  const item = scheme.items.find(one => one.code === mark.fields.item)
  if (item) return ok({ mark, item, scheme })
  return fail('assessment/item-gone', { zh: '考核办法里已没有这一项', en: 'The scheme no longer has this item' })
}

function within(item: SchemeItem, score: number | undefined, field: string): Result<number> {
  const most = toNumber(item.weight)
  if (score !== undefined && score >= 0 && score <= most) return ok(score)
  return fail('assessment/score', {
    field,
    value: score ?? null,
    zh: `评分应在0—${most}之间`,
    en: `The score lies between 0 and ${most}`,
  })
}

const reason = (field: string) => fail('assessment/reason', { field, zh: '请写明理由', en: 'Say why' })

/** Takes one mark a step on. */
const step = (
  ledger: Ledger,
  actor: Actor,
  mark: StoredMark,
  action: string,
  patch: { fields: Fields; state: string },
  status: Status = 'entered',
) =>
  revise(ledger, letIn(actor), mark.id, { ...THROUGH, version: mark.version }, action, async current => {
    const revision = await patched(ledger, letIn(actor), current, patch)
    return revision.ok ? ok({ ...revision.value, after: { ...revision.value.after, status } }) : revision
  })

type Client = Parameters<Parameters<typeof allOrNone>[1]>[0]

/** Takes many records a step on, as one change. */
async function all(
  ledger: Ledger,
  actor: Actor,
  records: readonly StoredRecord[],
  action: string,
  client: Client,
  become: (record: StoredRecord) => { state: string; fields: Fields; status?: Status },
): Promise<Result<readonly Committed[]>> {
  const changes = records.map(stored => {
    const type = ledger.registry.types.get(stored.type)!
    const org = ledger.orgs.byId(stored.org)!
    return changeOf(action, { stored, type, org }, { after: next(stored, become(stored)) })
  })
  if (changes.length === 0) return ok([])
  const done = await write(ledger, letIn(actor), changes, { ...THROUGH, client })
  if (done.ok) ledger.onTouched(touched(changes, done.value))
  return done
}
