import { z } from 'zod'
import { attainment, setTargets, targetsHeld, targetsUnder } from '../../kernel/assessment/targets.ts'
import { ok } from '../../kernel/result.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

export const targetRoutes = [
  route(
    {
      name: 'listTargets',
      method: 'GET',
      path: '/targets',
      title: { zh: '单位及下级的目标', en: 'Targets of an org unit and those beneath' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ org: shapes.orgCode, period: shapes.periodText }),
      answer: z.strictObject({ targets: z.array(shapes.target) }),
    },
    async ({ actor, ledger, query }) => {
      const targets = await targetsUnder(ledger, actor, query.org, query.period)
      return targets.ok ? ok({ targets: targets.value }) : targets
    },
  ),
  route(
    {
      name: 'targetsHeld',
      method: 'GET',
      path: '/targets/held',
      title: {
        zh: '单位在一个期间的目标，含按天折算的',
        en: 'The targets that hold for a unit and period, shares by days included',
      },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ org: shapes.orgCode, period: shapes.periodText }),
      answer: z.strictObject({ targets: z.array(shapes.target) }),
    },
    async ({ actor, ledger, query }) => {
      const targets = await targetsHeld(ledger, actor, query.org, query.period)
      return targets.ok ? ok({ targets: targets.value }) : targets
    },
  ),
  route(
    {
      name: 'setTargets',
      method: 'PUT',
      path: '/targets',
      title: { zh: '设定目标', en: 'Set targets' },
      may: { right: 'confirm', at: 'org' },
      orgs: ({ body }) => (body as { targets: { org: string }[] }).targets.map(one => one.org),
      body: z.strictObject({ targets: z.array(shapes.target).min(1).max(2000) }),
      answer: z.strictObject({ set: z.int() }),
    },
    async ({ actor, body, ledger }) => {
      const done = await setTargets(ledger, actor, body.targets)
      return done.ok ? ok({ set: done.value }) : done
    },
  ),
  route(
    {
      name: 'attainment',
      method: 'GET',
      path: '/targets/:indicator/attainment',
      title: { zh: '完成情况', en: 'How far a figure has come towards its target' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ org: shapes.orgCode, period: shapes.periodText, where: shapes.where.optional() }),
      answer: z.strictObject({ attainment: shapes.attainment.nullable() }),
    },
    async ({ actor, ledger, params, query }) => {
      const found = await attainment(ledger, actor, { ...query, indicator: params.indicator })
      return found.ok ? ok({ attainment: found.value }) : found
    },
  ),
]
