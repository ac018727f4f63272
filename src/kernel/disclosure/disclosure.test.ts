import { createPublicKey, verify as isSigned } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, registry, testWorld, type World } from '../../../test/world.ts'
import { seal } from '../journal/seal.ts'
import { verify } from '../journal/verify.ts'
import { createUnits } from '../org/change.ts'
import type { Actor, Role } from '../people/actor.ts'
import { create } from '../records/records.ts'
import { registryOf } from '../registry.ts'
import { draftReport, issueReport, withdrawReport } from '../reports/reports.ts'
import { must } from '../result.ts'
import { conceal, disclose, disclosures } from './disclosure.ts'
import { periodOn } from './moving.ts'
import { publicPage, publicReport } from './public.ts'

let world: World

const reporting = registryOf(
  registry.domains.map(domain => ({
    ...domain,
    templates: [
      { id: 'world.summary', title: { zh: '总结', en: 'Summary' }, template: '{{ org.name }}走访{{ world.visits }}。' },
    ],
  })),
)

beforeAll(async () => {
  world = await testWorld({ registry: reporting })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县科技局' },
      { code: 'A1', kind: 'township', name: '青石镇', parent: 'A' },
      { code: 'B', kind: 'county', name: '乙县科技局' },
    ]),
  )
  for (const on of ['2024-05-18', '2025-06-01', '2025-06-02'])
    must(
      await create(world, clerk, 'world.visit', {
        org: 'A1',
        fields: { on, place: '村委会', topic: 'rice', people: 7 },
      }),
    )
})
afterAll(() => world.store.close())

const actorAs = (role: Role, org: string): Actor => {
  const { id, path } = must(world.orgs.find(org))
  return { person: null, name: role, grants: [{ org: id, path, role }], from: 'test' }
}
const codeOf = (result: { ok: boolean; problems?: readonly { code: string }[] }) => result.problems?.[0]?.code

const issue = async (org: string) => {
  const draft = must(await draftReport(world, clerk, { template: 'world.summary', org, period: '2024' }))
  return must(await issueReport(world, clerk, draft.id))
}

test('nothing is public until it is chosen', async () => {
  expect(codeOf(await publicPage(world, 'A'))).toBe('public/unknown')
  expect(codeOf(await publicPage(world, 'nowhere'))).toBe('public/unknown')
  expect(codeOf(await publicReport(world, 'A', (await issue('A')).id))).toBe('public/unknown')
})

test('only who confirms at the unit may choose, and only what there is', async () => {
  const figure = { indicator: 'world.visits', period: '2024' }
  for (const [role, org] of [
    ['clerk', 'A'],
    ['analyst', 'A'],
    ['auditor', 'A'],
    ['administrator', 'B'],
    ['manager', 'A1'],
  ] as const)
    expect(codeOf(await disclose(world, actorAs(role, org), 'A', figure))).toBe('permission/denied')
  const manager = actorAs('manager', 'A')
  expect(codeOf(await disclose(world, manager, 'A', { ...figure, indicator: 'world.none' }))).toBe('indicator/unknown')
  expect(codeOf(await disclose(world, manager, 'A', { ...figure, period: 'someday' }))).toBe('period/format')
  const draft = must(await draftReport(world, clerk, { template: 'world.summary', org: 'A', period: '2024' }))
  expect(codeOf(await disclose(world, manager, 'A', { report: draft.id }))).toBe('disclosure/not-issued')
  const below = await issue('A1')
  expect(codeOf(await disclose(world, manager, 'A', { report: below.id }))).toBe('disclosure/other-org')
  expect(must(await disclosures(world, manager, 'A'))).toEqual([])
})

test('exactly what was chosen is shown, with the value of now, and gone when it is concealed', async () => {
  const manager = actorAs('manager', 'A')
  const visits = must(await disclose(world, manager, 'A', { indicator: 'world.visits', period: 'this-year' }))
  expect(must(await disclose(world, manager, 'A', { indicator: 'world.visits', period: 'this-year' }))).toEqual(visits)
  const report = await issue('A')
  await issue('A')
  const shownReport = must(await disclose(world, manager, 'A', { report: report.id }))
  const page = must(await publicPage(world, 'A'))
  expect(page.figures).toMatchObject([{ indicator: 'world.visits', period: '2025-H1', value: 2 }])
  expect(page.reports.map(({ id }) => id)).toEqual([report.id])
  // A signature may spell anything.
  const told = JSON.stringify({ ...page, statement: page.statement.body })
  expect(told).not.toMatch(/world\.people|青石|村委会|A1/)
  must(
    await create(world, clerk, 'world.visit', {
      org: 'A1',
      fields: { on: '2025-06-03', place: '村委会', topic: 'rice', people: 7 },
    }),
  )
  expect(must(await publicPage(world, 'A')).figures[0]!.value).toBe(3)
  expect(codeOf(await publicPage(world, 'A1'))).toBe('public/unknown')

  expect(codeOf(await conceal(world, actorAs('analyst', 'A'), 'A', visits.id))).toBe('permission/denied')
  expect(codeOf(await conceal(world, manager, 'A', report.id))).toBe('disclosure/unknown')
  must(await conceal(world, manager, 'A', visits.id))
  expect(must(await publicPage(world, 'A')).figures).toEqual([])
  must(await withdrawReport(world, clerk, report.id, { reason: '数字有变' }))
  expect(must(await publicPage(world, 'A')).reports).toEqual([])
  expect(codeOf(await publicReport(world, 'A', report.id))).toBe('public/unknown')
  must(await conceal(world, manager, 'A', shownReport.id))
  expect(codeOf(await publicPage(world, 'A'))).toBe('public/unknown')
})

test('a shown report is signed with the newest checkpoint and holds no name of a person', async () => {
  const report = await issue('A')
  must(await disclose(world, actorAs('manager', 'A'), 'A', { report: report.id }))
  await seal(world)
  const { proof, statement, report: shown } = must(await publicReport(world, 'A', report.id))
  expect(
    isSigned(
      null,
      Buffer.from(statement.body),
      createPublicKey(statement.publicKey),
      Buffer.from(statement.signature, 'base64'),
    ),
  ).toBe(true)
  const said = JSON.parse(statement.body)
  expect(said.about).toMatchObject({ report: report.id, leaf: proof!.leaf })
  expect(JSON.parse(statement.checkpoint!.body)).toMatchObject({ root: said.checkpoint, size: proof!.size })
  expect(shown).not.toHaveProperty('version')
  expect(JSON.stringify({ proof, statement })).not.toMatch(/"actor"|"from"|"test"/)
})

test('verification knows what was chosen, and finds what was shown behind its back', async () => {
  must(await disclose(world, actorAs('manager', 'A'), 'A', { indicator: 'world.people', period: '2024' }))
  expect((await verify(world)).problems).toEqual([])
  await world.store.owner.query(`UPDATE disclosure SET indicator = 'world.paid' WHERE indicator = 'world.people'`)
  expect((await verify(world)).problems).toMatchObject([{ kind: 'disclosure' }])
  await world.store.owner.query('DELETE FROM disclosure')
  expect((await verify(world)).problems.map(({ kind }) => kind)).toEqual(['disclosure', 'disclosure'])
})

test.each([
  ['this-year', '2025-03-31', '2025-Q1'],
  ['this-year', '2025-11-02', '2025-01..2025-11'],
  ['last-year', '2025-01-01', '2024'],
  ['this-quarter', '2025-12-31', '2025-Q4'],
  ['this-month', '2024-02-29', '2024-02'],
  ['last-month', '2025-01-15', '2024-12'],
  ['2023-H2', '2025-01-15', '2023-H2'],
])('%s on %s means %s', (text, day, meant) => {
  expect(must(periodOn(text, day)).text).toBe(meant)
})
