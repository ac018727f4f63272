import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { areasUnder } from '../../kernel/org/area.ts'
import { closeUnit, createUnits, mergeUnit, moveUnit, renameUnit, splitUnit } from '../../kernel/org/change.ts'
import { type OrgUnit, spanOn } from '../../kernel/org/directory.ts'
import { type Actor, may, permit } from '../../kernel/people/actor.ts'
import { day, today } from '../../kernel/period/period.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

// The tree of org units, as it stands or stood on a day, and its changes as of a day.

const changed = z.strictObject({ orgs: z.array(z.string()) })
const changedOrgs = (done: Result<readonly string[]>) => (done.ok ? ok({ orgs: done.value }) : done)
const code = z.string().max(64)
const name = z.string().max(200)
const ring = z.array(z.tuple([z.number(), z.number()])).max(5_000)
const area = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(ring).max(1_000) }),
  z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).max(1_000)).max(1_000) }),
])

/** A unit as it stood on a day. */
function shown(ledger: Ledger, unit: OrgUnit, on: string) {
  const span = spanOn(unit, on)
  const parent = span.parent === null ? undefined : ledger.orgs.byId(span.parent)
  return {
    code: unit.code,
    kind: unit.kind,
    name: span.name,
    nameEn: unit.nameEn,
    parent: parent?.code ?? null,
    root: ledger.orgs.byId(unit.root)!.code,
    opened: unit.opened,
    closed: unit.closed,
    successor: unit.successor === null ? null : (ledger.orgs.byId(unit.successor)?.code ?? null),
    version: unit.version,
  }
}

const readableUnits = (ledger: Ledger, actor: Actor) => ledger.orgs.all().filter(unit => may(actor, 'read', unit.path))

function dayAsked(ledger: Ledger, on: string | undefined): Result<string> {
  return on === undefined ? ok(today(ledger.clock)) : day(on)
}

export const orgRoutes = [
  route(
    {
      name: 'listOrgs',
      method: 'GET',
      path: '/orgs',
      title: { zh: '单位（某日的树，上级在前）', en: 'Org units (the tree on a day, parents first)' },
      may: { right: 'read', at: 'somewhere' },
      query: z.strictObject({ under: code.optional(), on: shapes.dayText.optional() }),
      answer: z.strictObject({ orgs: z.array(shapes.org) }),
    },
    ({ actor, ledger, query }) => {
      const on = dayAsked(ledger, query.on)
      if (!on.ok) return on
      const under = query.under === undefined ? undefined : ledger.orgs.find(query.under)
      if (under && !under.ok) return under
      if (under) {
        const permitted = permit(actor, 'read', under.value)
        if (!permitted.ok) return permitted
      }
      const units = readableUnits(ledger, actor).filter(
        unit => !under || spanOn(unit, on.value).ancestors.includes(under.value.id),
      )
      return ok({ orgs: units.map(unit => shown(ledger, unit, on.value)) })
    },
  ),
  route(
    {
      name: 'readOrg',
      method: 'GET',
      path: '/orgs/:org',
      title: { zh: '查看单位', en: 'Read an org unit' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ on: shapes.dayText.optional() }),
      answer: shapes.org,
    },
    ({ ledger, params, query }) => {
      const on = dayAsked(ledger, query.on)
      if (!on.ok) return on
      const unit = ledger.orgs.find(params.org)
      return unit.ok ? ok(shown(ledger, unit.value, on.value)) : unit
    },
  ),
  route(
    {
      name: 'listAreas',
      method: 'GET',
      path: '/orgs/:org/areas',
      title: { zh: '单位及下级的范围（地图用）', en: 'Areas of a unit and all beneath it, for maps' },
      may: { right: 'read', at: 'org' },
      answer: z.strictObject({ areas: z.array(z.strictObject({ code: z.string(), area })) }),
    },
    async ({ actor, ledger, params }) => {
      const found = await areasUnder(ledger, actor, params.org)
      return found.ok ? ok({ areas: found.value }) : found
    },
  ),
  route(
    {
      name: 'createOrgs',
      method: 'POST',
      path: '/orgs',
      title: { zh: '新建单位', en: 'Create org units' },
      may: { right: 'administer', at: 'org' },
      // A parent may stand earlier in the same list: only those that are there already are asked about here.
      orgs: ({ body, ledger }) =>
        (body as { units: { parent: string }[] }).units.flatMap(unit =>
          ledger.orgs.byCode(unit.parent) ? [unit.parent] : [],
        ),
      body: z.strictObject({
        units: z
          .array(
            z.strictObject({
              code,
              kind: z.string().min(1).max(40),
              name,
              nameEn: name.optional(),
              parent: code,
              opened: shapes.dayText.optional(),
              area: area.optional(),
            }),
          )
          .min(1)
          .max(20_000),
      }),
      bodyLimit: 16 * 1024 * 1024,
      answer: changed,
      status: 201,
    },
    async ({ actor, body, ledger }) => changedOrgs(await createUnits(ledger, actor, body.units)),
  ),
  route(
    {
      name: 'renameOrg',
      method: 'POST',
      path: '/orgs/:org/rename',
      title: { zh: '单位更名', en: 'Rename an org unit' },
      may: { right: 'administer', at: 'org' },
      body: z.strictObject({ name, asOf: shapes.dayText }),
      answer: changed,
    },
    async ({ actor, body, ledger, params }) =>
      changedOrgs(await renameUnit(ledger, actor, params.org, body.name, body.asOf)),
  ),
  route(
    {
      name: 'moveOrg',
      method: 'POST',
      path: '/orgs/:org/move',
      title: { zh: '单位划转', en: 'Move an org unit' },
      may: { right: 'administer', at: 'org' },
      body: z.strictObject({ parent: code, asOf: shapes.dayText }),
      answer: changed,
    },
    async ({ actor, body, ledger, params }) =>
      changedOrgs(await moveUnit(ledger, actor, params.org, body.parent, body.asOf)),
  ),
  route(
    {
      name: 'mergeOrg',
      method: 'POST',
      path: '/orgs/:org/merge',
      title: { zh: '单位并入', en: 'Merge an org unit into another' },
      may: { right: 'administer', at: 'org' },
      body: z.strictObject({ into: code, asOf: shapes.dayText }),
      answer: changed,
    },
    async ({ actor, body, ledger, params }) =>
      changedOrgs(await mergeUnit(ledger, actor, params.org, body.into, body.asOf)),
  ),
  route(
    {
      name: 'splitOrg',
      method: 'POST',
      path: '/orgs/:org/split',
      title: { zh: '单位拆分', en: 'Split an org unit' },
      may: { right: 'administer', at: 'org' },
      body: z.strictObject({
        parts: z
          .array(
            z.strictObject({
              code,
              kind: z.string().min(1).max(40),
              name,
              nameEn: name.optional(),
              takes: z.array(code).max(10_000).optional(),
            }),
          )
          .min(1)
          .max(100),
        asOf: shapes.dayText,
      }),
      answer: changed,
    },
    async ({ actor, body, ledger, params }) =>
      changedOrgs(await splitUnit(ledger, actor, params.org, body.parts, body.asOf)),
  ),
  route(
    {
      name: 'closeOrg',
      method: 'POST',
      path: '/orgs/:org/close',
      title: { zh: '撤销单位', en: 'Close an org unit' },
      may: { right: 'administer', at: 'org' },
      body: z.strictObject({ asOf: shapes.dayText }),
      answer: changed,
    },
    async ({ actor, body, ledger, params }) => changedOrgs(await closeUnit(ledger, actor, params.org, body.asOf)),
  ),
]
