import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { poppler, wordsOf } from '../../kernel/labels/testing.ts'
import { type GivenFile, perform } from '../../kernel/operation.ts'
import { createUnits } from '../../kernel/org/change.ts'
import type { Actor, Role } from '../../kernel/people/actor.ts'
import { change, create, createMany, voidRecord } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import { certificate } from './certificate.ts'
import { draw, redraw } from './draw.ts'
import metrology from './index.ts'
import { overdue } from './overdue.ts'

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: registryOf([metrology]) })
  must(
    await createUnits(world, clerk, [
      { code: 'Y', kind: 'administration', name: '管理局' },
      { code: 'Y-1', kind: 'district', name: '东区局', parent: 'Y' },
      { code: 'Y-2', kind: 'district', name: '西区局', parent: 'Y' },
    ]),
  )
  must(
    await create(world, clerk, 'metrology.qualification', {
      org: 'Y',
      fields: {
        number: 'JD-1',
        name: '张三',
        kinds: ['electronic-scale'],
        issuedOn: '2022-08-20',
        validUntil: '2025-08-20',
      },
    }),
  )
})
afterAll(() => world.store.close())

const at = (org: string, role: Role): Actor => {
  const unit = world.orgs.byCode(org)!
  return { person: null, name: role, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
}
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const scale = (number: string, more: Record<string, unknown> = {}, org = 'Y-1') =>
  create(world, clerk, 'metrology.instrument', {
    org,
    fields: { number, kind: 'electronic-scale', model: 'DZ-15', boughtOn: '2024-03-01', ...more },
  })
const verify = (number: string, more: Record<string, unknown> = {}) =>
  create(world, clerk, 'metrology.verification', {
    org: 'Y-1',
    fields: {
      number,
      kind: 'electronic-scale',
      sort: 'initial',
      verifiedOn: '2024-03-10',
      result: 'passed',
      certificate: `Z-${number}`,
      verifier: 'JD-1',
      validUntil: '2025-03-10',
      ...more,
    },
  })

describe('a new scale (P33)', () => {
  test('cannot be put in service before its certificate, however it is entered', async () => {
    expect(codes(await scale('N-1', { inServiceOn: '2024-03-12' }))).toEqual(['metrology.certified/no-certificate'])
    const id = must(await scale('N-1')).id
    const start = { fields: { inServiceOn: '2024-03-12' } }
    expect(codes(await change(world, clerk, id, start))).toEqual(['metrology.certified/no-certificate'])
    must(await verify('N-1', { result: 'failed', verifiedOn: '2024-03-08' }))
    expect(codes(await change(world, clerk, id, start))).toEqual(['metrology.certified/no-certificate'])
    const passed = must(await verify('N-1')).id
    expect(codes(await change(world, clerk, id, { fields: { inServiceOn: '2024-03-09' } }))).toEqual([
      'metrology.certified/no-certificate',
    ])
    must(await change(world, clerk, id, start))
    expect(codes(await voidRecord(world, clerk, passed, '填错'))).toEqual(['metrology.still-certified/in-service'])
    expect(codes(await change(world, clerk, passed, { fields: { result: 'failed' } }))).toEqual([
      'metrology.still-certified/in-service',
    ])
  })
})

describe('a verification', () => {
  test('is made by someone who holds a valid qualification for the kind on that day', async () => {
    must(await scale('V-1'))
    const other = { sort: 'periodic', verifiedOn: '2025-06-01', validUntil: '2026-06-01' }
    expect(codes(await verify('V-1', { ...other, verifier: 'JD-9' }))).toEqual(['metrology.verified/unqualified'])
    expect(codes(await verify('V-1', { ...other, verifiedOn: '2022-08-19' }))).toEqual([
      'metrology.verified/unqualified',
    ])
    must(await verify('V-1', other))
    expect(codes(await verify('V-1', { ...other, sort: 'spot', kind: 'weight' }))).toEqual([
      'metrology.verified/other-kind',
      'metrology.verified/unqualified',
    ])
  })

  test('of an instrument that is not registered is refused, but for the first of a new one', async () => {
    const later = { sort: 'periodic', verifiedOn: '2025-06-01', validUntil: '2026-06-01' }
    expect(codes(await verify('NOWHERE', later))).toEqual(['metrology.verified/unknown'])
    must(await verify('NEW-1'))
  })

  test('gives a certificate as PDF, to whoever may read it, once it has passed', async () => {
    must(await scale('C-1', { maker: '云栖衡器厂' }))
    const id = must(await verify('C-1')).id
    const failed = must(await verify('C-1', { verifiedOn: '2024-03-09', result: 'failed' })).id
    const ask = (verification: string, actor: Actor = clerk) =>
      perform(certificate, world, actor, { org: 'Y-1', verification })
    expect(codes(await ask(failed))).toEqual(['metrology/no-certificate'])
    expect(codes(await ask(id, at('Y-2', 'manager')))).toEqual(['record/unknown'])
    const given = must(await ask(id)) as GivenFile
    expect([given.mediaType, given.content.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-'])
    if (poppler) {
      const words = (await wordsOf(given.content)).replaceAll(/\s/g, '')
      for (const word of ['检定证书', '东区局', 'Z-C-1', '云栖衡器厂', '2025-03-10']) expect(words).toContain(word)
    }
  })
})

describe('what has lapsed', () => {
  test('is listed for any day, and no more once it is renewed, scrapped or not yet in service', async () => {
    const list = async (on: string, org = 'Y-2') =>
      must(await perform(overdue, world, clerk, { org, on })) as { instruments: { number: string }[]; overdue: number }
    for (const number of ['L-1', 'L-2', 'L-3']) must(await verify(number))
    must(await scale('L-1', { inServiceOn: '2024-03-12' }, 'Y-2'))
    must(await scale('L-2', { inServiceOn: '2024-03-12', scrappedOn: '2025-05-01' }, 'Y-2'))
    must(await scale('L-3', {}, 'Y-2'))
    expect(await list('2025-03-10')).toMatchObject({ inService: 2, overdue: 0, instruments: [] })
    expect(await list('2025-03-12')).toMatchObject({
      overdue: 2,
      instruments: [{ number: 'L-1', validUntil: '2025-03-10', days: 2 }, { number: 'L-2' }],
    })
    expect((await list('2025-05-02')).instruments.map(one => one.number)).toEqual(['L-1'])
    must(await verify('L-1', { sort: 'periodic', verifiedOn: '2025-05-10', validUntil: '2026-05-10' }))
    expect((await list('2025-05-11')).overdue).toBe(0)
    expect((await list('2025-05-09')).overdue).toBe(1)
    expect(codes(await perform(overdue, world, at('Y-1', 'clerk'), { org: 'Y-2' }))).toEqual(['permission/denied'])
    expect(codes(await perform(overdue, world, clerk, { org: 'Y-2', on: 'soon' }))).toEqual(['day/format'])
  })

  test('qualifications wait for renewal two months ahead', async () => {
    const waiting = must(await awaiting(world, clerk, 'Y'))
    expect(waiting.find(({ id }) => id === 'metrology.qualifications')).toMatchObject({ count: 1, late: 0 })
  })
})

describe('sampling', () => {
  test('draws by a seed what anybody draws again, and only what was drawn is a spot check of it', async () => {
    const numbers = Array.from({ length: 30 }, (_, i) => `S-${String(i + 1).padStart(2, '0')}`)
    for (const number of numbers) must(await verify(number))
    const entered = numbers.map(number => ({
      org: 'Y-2',
      fields: { number, kind: 'electronic-scale', model: 'DZ', boughtOn: '2024-03-01', inServiceOn: '2024-03-12' },
    }))
    must(await createMany(world, clerk, 'metrology.instrument', entered))
    const asked = { org: 'Y-2', seed: '2025年第二次例会', percent: 10 }
    expect(codes(await perform(draw, world, at('Y-2', 'analyst'), asked))).toEqual(['permission/denied'])
    const drawn = must(await perform(draw, world, clerk, asked)) as { sampling: string; lot: number; drawn: string[] }
    // 30 and L-1, of which L-2 is scrapped and L-3 not in service.
    expect([drawn.lot, drawn.drawn.length]).toEqual([31, 4])
    const check = async () => must(await perform(redraw, world, clerk, { org: 'Y-2', sampling: drawn.sampling }))
    expect(await check()).toEqual({ isSame: true, missing: [], added: [] })

    const spot = { sort: 'spot', verifiedOn: '2025-06-20', validUntil: undefined, sampling: drawn.sampling }
    const other = numbers.find(number => !drawn.drawn.includes(number))!
    expect(codes(await verify(other, spot))).toEqual(['metrology.verified/not-drawn'])
    must(await verify(drawn.drawn[0]!, spot))
    expect(must(await figure(world, clerk, { indicator: 'metrology.spot', org: 'Y', period: '2025' })).value).toBe(1)
    expect(codes(await perform(draw, world, clerk, { ...asked, org: 'Y' }))).toEqual(['record/duplicate-key'])
  })
})
