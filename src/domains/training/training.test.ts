import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAt, type Counties, codes, counties } from '../../../test/counties.ts'
import { clerk } from '../../../test/world.ts'
import { attainment, setTargets } from '../../kernel/assessment/targets.ts'
import type { Operation } from '../../kernel/declared.ts'
import { pictures, poppler, scan, wordsOf } from '../../kernel/labels/testing.ts'
import { type GivenFile, perform } from '../../kernel/operation.ts'
import { leadsOf } from '../../kernel/records/beside.ts'
import { change, create, voidRecord } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import { certificateFile, signInSheet } from './files.ts'
import training from './index.ts'
import { classResult } from './result.ts'
import { closeList, signIn } from './sign-in.ts'

let here: Counties
beforeAll(async () => {
  here = await counties(training)
})
afterAll(() => here.close())

let number = 0
const newTrainee = async (village = 'A-1-1') => {
  const code = `A-${String(++number).padStart(4, '0')}`
  const fields = { number: code, name: '田禾苗', audience: 'farmer', village, registeredOn: '2025-01-02' }
  return { id: must(await here.save('training.trainee', fields)).id, number: code }
}
const courseFields = (more: Record<string, unknown> = {}) => ({
  number: `B-${++number}`,
  title: '水稻病虫害防治',
  form: 'course',
  topic: 'rice',
  audience: 'farmer',
  plannedOn: '2025-06-01',
  place: '文化站',
  capacity: 30,
  ...more,
})
const newClass = async (more: Record<string, unknown> = {}) =>
  must(await here.save('training.class', courseFields(more), 'enrolling')).id
const enrol = (course: string, trainee: string) =>
  here.save('training.enrolment', { class: course, trainee, enrolledOn: '2025-05-20' })
const hold = async (course?: string, list: string | undefined = 'open') =>
  must(
    await here.save('training.session', {
      heldOn: '2025-06-10',
      form: 'course',
      title: '第一讲',
      topic: 'rice',
      audience: 'farmer',
      place: '文化站',
      class: course,
      list,
      attended: 0,
    }),
  ).id
const ask = (operation: Operation, input: Record<string, unknown>, actor = clerk) =>
  perform(operation, here.world, actor, operation.input.parse({ org: 'A', ...input }))
const signs = (session: string, code: string, actor = clerk) => ask(signIn, { session, number: code }, actor)

test('persons and person-times are two figures of one list', async () => {
  const course = await newClass()
  const people = [await newTrainee(), await newTrainee(), await newTrainee()]
  for (const { id } of people) must(await enrol(course, id))
  const sessions = [await hold(course), await hold(course)]
  const before = { people: (await here.told('training.people'))!, persons: (await here.told('training.persons'))! }
  for (const session of sessions)
    for (const [i, { number }] of people.entries())
      if (session === sessions[0] || i > 0) must(await signs(session, number))
  for (const session of sessions) must(await ask(closeList, { session }))
  expect((await here.told('training.people'))! - before.people).toBe(5)
  expect((await here.told('training.persons'))! - before.persons).toBe(3)
  expect(must(await ask(classResult, { class: course }))).toMatchObject({
    enrolled: 3,
    persons: 3,
    personTimes: 5,
    sessions: [{ signed: 3, list: 'closed' }, { signed: 2 }],
  })
})

test('nobody signs in twice, without enrolment, under an unknown number or after the list is closed', async () => {
  const course = await newClass()
  const [one, stranger] = [await newTrainee(), await newTrainee()]
  must(await enrol(course, one.id))
  const session = await hold(course)
  expect(must(await signs(session, one.number))).toEqual({ name: '田**', signed: 1 })
  expect(codes(await signs(session, one.number))).toEqual(['record/duplicate-key'])
  expect(codes(await signs(session, stranger.number))).toEqual(['training.list-open/not-enrolled'])
  expect(codes(await signs(session, one.number.slice(0, -1)))).toEqual(['training/no-trainee'])
  must(await ask(closeList, { session }))
  expect(codes(await signs(session, stranger.number))).toEqual(['training.list-open/closed'])
  expect(codes(await ask(closeList, { session }))).toEqual(['training/no-open-list'])
  const open = await hold()
  must(await signs(open, stranger.number))
})

test('forty phones sign in at once and the list holds forty', async () => {
  const session = await hold()
  const people = await Promise.all(Array.from({ length: 40 }, () => newTrainee()))
  const done = await Promise.all(people.map(({ number }) => signs(session, number)))
  expect(done.flatMap(codes)).toEqual([])
  expect(must(await ask(closeList, { session }))).toEqual({ attended: 40 })
}, 60_000)

test('attendance cannot be typed against the list', async () => {
  const session = await hold()
  const { number: code } = await newTrainee()
  must(await signs(session, code))
  const typed = (fields: Record<string, unknown>) => change(here.world, clerk, session, { fields })
  expect(codes(await typed({ attended: 40 }))).toEqual(['training.list-counts/list-open'])
  expect(codes(await typed({ attended: 40, list: 'closed' }))).toEqual(['training.list-counts/differs-from-list'])
  expect(codes(await typed({ attended: 40, list: undefined }))).not.toEqual([])
  must(await ask(closeList, { session }))
  expect(codes(await typed({ attended: 2 }))).toEqual(['training.list-counts/differs-from-list'])
})

test('a signed line of a closed list stays', async () => {
  const session = await hold()
  const { id: trainee } = await newTrainee()
  const fields = { session, trainee, signedOn: '2025-06-10', way: 'hand' }
  const { id } = must(await create(here.world, clerk, 'training.attendance', { org: 'A', fields }))
  must(await ask(closeList, { session }))
  expect(codes(await voidRecord(here.world, clerk, id, '误签'))).toEqual(['training.list-open/closed'])
})

test('a need becomes a course, a course its enrolments and results, a result a certificate', async () => {
  const need = must(
    await here.save('training.need', {
      askedOn: '2025-04-01',
      topic: 'rice',
      audience: 'farmer',
      people: 2,
      reason: '稻飞虱连年发生',
    }),
  ).id
  const [plan] = must(await leadsOf(here.world, clerk, need))
  expect(plan).toMatchObject({ type: 'training.class', fields: { need, topic: 'rice', capacity: 2 } })
  const course = await newClass(plan!.fields)
  must(await change(here.world, clerk, need, { state: 'planned' }))
  const [good, bad, late] = [await newTrainee(), await newTrainee(), await newTrainee()]
  const passed = must(await enrol(course, good.id)).id
  const failed = must(await enrol(course, bad.id)).id
  expect(codes(await enrol(course, bad.id))).toContain('training.capacity/full')
  expect(codes(await enrol(course, late.id))).toEqual(['training.capacity/full'])
  expect(codes(await change(here.world, clerk, course, { state: 'closed' }))).toEqual([
    'training.closed-with-results/no-result',
  ])
  must(await change(here.world, clerk, passed, { fields: { result: 'passed', score: 91.5 } }))
  must(await change(here.world, clerk, failed, { fields: { result: 'failed', score: 40 } }))
  must(await change(here.world, clerk, course, { state: 'closed' }))
  must(await change(here.world, clerk, need, { state: 'met' }))
  const certify = (enrolment: string) =>
    here.save('training.certificate', {
      number: `绿-${++number}`,
      kind: 'green',
      holder: '田禾苗',
      trade: 'rice',
      awardedOn: '2025-06-20',
      enrolment,
    })
  expect(codes(await certify(failed))).toEqual(['training.certified-passed/not-passed'])
  must(await certify(passed))
  expect(must(await ask(classResult, { class: course }))).toMatchObject({ need, passed: 1, failed: 1, certificates: 1 })
  expect(codes(await enrol(course, late.id))).toEqual(['training.capacity/not-enrolling'])
})

test.skipIf(!poppler)('sign-in codes scan back to the numbers of those who enrolled, names masked', async () => {
  const course = await newClass()
  const one = await newTrainee()
  must(await enrol(course, one.id))
  const file = must(await ask(signInSheet, { class: course })) as GivenFile
  expect(file).toMatchObject({ mediaType: 'application/pdf' })
  const [page] = await pictures(file.content)
  expect(await scan(page!, 'qr')).toBe(one.number)
  const words = await wordsOf(file.content)
  expect(words).toContain('田**')
  expect(words).not.toContain('田禾苗')
  expect(codes(await ask(signInSheet, { class: await newClass() }))).toEqual(['training/nobody-enrolled'])
})

test.skipIf(!poppler)('a certificate prints the name in full, and the journal keeps who looked and why', async () => {
  const certificate = must(
    await here.save('training.certificate', {
      number: 'LZ-2025-007',
      kind: 'green',
      holder: '田禾苗',
      trade: 'rice',
      awardedOn: '2025-06-20',
    }),
  ).id
  const file = must(await ask(certificateFile, { certificate })) as GivenFile
  const words = await wordsOf(file.content)
  for (const said of ['绿色证书', '田禾苗', '经水稻专业培训考核合格', 'LZ-2025-007', '2025年6月20日'])
    expect(words.replaceAll(' ', '')).toContain(said)
  const { rows } = await here.world.store.pool.query<{ entry: string }>(
    'SELECT entry FROM journal WHERE subject = $1',
    [`personal:${certificate}`],
  )
  expect(rows.map(({ entry }) => JSON.parse(entry))).toEqual([
    expect.objectContaining({ action: 'reveal', note: { purpose: '打印培训证书', fields: ['holder'] } }),
  ])
  expect(codes(await ask(certificateFile, { certificate }, actorAt(here.world, 'A', 'analyst')))).toEqual([
    'permission/denied',
  ])
})

test('whoever may not enter at the unit signs nobody in', async () => {
  const session = await hold()
  const { number: code } = await newTrainee()
  expect(codes(await signs(session, code, actorAt(here.world, 'A', 'analyst')))).toEqual(['permission/denied'])
  expect(codes(await signs(session, code, actorAt(here.world, 'B', 'clerk')))).toEqual(['permission/denied'])
  const village = await here.save(
    'training.session',
    { heldOn: '2025-06-11', form: 'course', title: '外县', topic: 'rice', audience: 'farmer', place: 'B', attended: 3 },
    undefined,
    'B',
  )
  expect(codes(await signs(must(village).id, code))).toEqual(['training/no-session'])
})

test('plan against done is one line', async () => {
  must(await setTargets(here.world, clerk, [{ indicator: 'training.sessions', org: 'A', period: '2025', value: 20 }]))
  const value = await here.told('training.sessions')
  const done = await attainment(here.world, clerk, { indicator: 'training.sessions', org: 'A', period: '2025' })
  expect(must(done)).toMatchObject({ target: 20, value, ratio: value! / 20 })
})
