import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { auditShape } from '../kernel/claims/shape.ts'
import { readSource } from '../kernel/claims/source.ts'
import { accepted } from './exit.ts'
import { calls, type Installed, install, type Running, system } from './testing.ts'

// Every command that works on a ledger, beside a service that has it open. The JSON shapes are DESIGN.md's.

let installed: Installed
let env: { YILU_DATA: string }
let service: Running
let call: (...args: string[]) => Promise<unknown>

beforeAll(async () => {
  installed = await install()
  env = { YILU_DATA: join(installed.folder, 'data') }
  call = async (...args) => {
    const { code, stderr, document } = await installed.json(args, { env })
    if (code !== 0) throw new Error(stderr)
    return document
  }
  service = installed.start(['serve', '--port', '0'], { env })
  await service.says(/已就绪/)
  await call('org', 'add', 'K', '示范县科技局', '--kind', 'county')
  await call('org', 'add', 'K-01', '东山镇', '--kind', 'township', '--parent', 'K', '--name-en', 'Dongshan')
  await writeFile(join(installed.folder, 'calls.jsonl'), calls(240))
  await call('import', 'hotline.call', 'calls.jsonl', '--org', 'K-01')
})
afterAll(async () => {
  service.child.kill('SIGTERM')
  await service.finished
  await installed.remove()
})

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const figureShape = z.strictObject({
  indicator: z.string(),
  org: z.string(),
  period: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  rows: z.array(z.strictObject({ key: z.string(), value: z.number().nullable() })).optional(),
})
const explanationShape = z.object({
  indicator: z.string(),
  org: z.string(),
  period: z.string(),
  value: z.number().nullable(),
  formula: z.string(),
  orgs: z.array(z.strictObject({ code: z.string(), value: z.number().nullable() })),
  records: z.array(
    z.strictObject({
      id: z.uuid(),
      org: z.string(),
      day: z.iso.date(),
      value: z.number(),
      entry: z.strictObject({ seq: z.int(), hash }),
      proof: z.strictObject({ size: z.int(), index: z.int(), path: z.array(hash) }),
    }),
  ),
  next: z.string().optional(),
})
const importShape = z.strictObject({
  type: z.string(),
  read: z.int(),
  created: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  errors: z.array(z.object({ row: z.int(), column: z.string(), code: z.string(), message: words })),
  rejectedFile: z.string().optional(),
})
const verificationShape = z.strictObject({
  ok: z.boolean(),
  entries: z.int(),
  checkpoints: z.int(),
  root: hash,
  problems: z.array(z.strictObject({ kind: z.string(), id: z.string(), message: words })),
})

const year = ['--org', 'K', '--period', '2024']

describe('figure', () => {
  test('is one JSON document in the base unit', async () => {
    const found = figureShape.parse(await call('figure', 'hotline.calls', ...year))
    expect(found).toEqual({ indicator: 'hotline.calls', org: 'K', period: '2024', value: 240, unit: 'call' })
  })

  test('breaks down by month, org and dimension, whose rows add up', async () => {
    for (const [by, rows] of [
      ['month', 12],
      ['org', 1],
      ['topic', 2],
    ] as const) {
      const found = figureShape.parse(await call('figure', 'hotline.calls', ...year, '--by', by))
      expect(found.rows).toHaveLength(rows)
      expect(found.rows!.reduce((sum, row) => sum + row.value!, 0)).toBe(240)
    }
  })

  test('narrows by dimensions, scope and instant', async () => {
    const value = async (...args: string[]) =>
      figureShape.parse(await call('figure', 'hotline.calls', ...year, ...args)).value
    expect(await value('--where', 'topic=pest')).toBe(120)
    expect(await value('--where', 'topic=pest', '--where', 'state=open')).toBe(120)
    expect(await value('--scope', 'self')).toBe(0)
    expect(await value('--as-of', '2020-01-01T00:00:00Z')).toBe(0)
  })

  test('is written for a person as a report writes it, with the exact value', async () => {
    const { stdout } = await installed.yilu(['figure', 'hotline.people-served', ...year], { env })
    expect(stdout).toBe(
      '指标  受益农民  hotline.people-served\n单位  示范县科技局  K\n期间  2024年\n数字  1.2万人次（12,000人次）\n'.replace(
        '受益农民',
        /指标 {2}(\S+)/.exec(stdout)?.[1] ?? '',
      ),
    )
    const english = await installed.yilu(
      ['figure', 'hotline.calls', '--org', 'K-01', '--period', '2024-05', '--lang', 'en'],
      { env },
    )
    expect(english.stdout).toContain('Dongshan  K-01\nPeriod     May 2024\nFigure     20 calls')
  })

  test.each([
    ['org/unknown', ['--org', 'X', '--period', '2024']],
    ['figure/unknown-dimension', [...year, '--where', 'colour=red']],
    ['figure/unknown-dimension', [...year, '--by', 'colour']],
    ['figure/instant', [...year, '--as-of', 'yesterday']],
  ])('refuses %s as wrong usage', async (code, args) => {
    const refused = await installed.json(['figure', 'hotline.calls', ...args], { env })
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^错误：.+\nError: .+\n$/)
    expect(refused.stderr).toContain(`[${code}]`)
  })
})

describe('explain', () => {
  test('opens a figure down to records, entries and proofs, page by page', async () => {
    const first = explanationShape.parse(await call('explain', 'hotline.calls', ...year, '--limit', '100'))
    expect(first).toMatchObject({ value: 240, formula: 'count(hotline.call)', orgs: [{ code: 'K-01', value: 240 }] })
    const seen = new Set<string>()
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page = explanationShape.parse(
        await call('explain', 'hotline.calls', ...year, '--limit', '100', ...(next ? ['--after', next] : [])),
      )
      for (const record of page.records) seen.add(record.id)
      next = page.next
    }
    expect(seen.size).toBe(240)
  })

  test('shows what a formula is made of', async () => {
    const { stdout } = await installed.yilu(['explain', 'hotline.answer-rate', ...year], { env })
    expect(stdout).toContain('hotline.calls')
    expect(stdout).toContain('由来')
  })
})

describe('import', () => {
  test('the same file again adds nothing', async () => {
    const again = importShape.parse(await call('import', 'hotline.call', 'calls.jsonl', '--org', 'K-01'))
    expect(again).toEqual({ type: 'hotline.call', read: 240, created: 0, unchanged: 240, rejected: 0, errors: [] })
  })

  test('is refused as a whole for one wrong row, which it names; --partial keeps the others', async () => {
    const file = join(installed.folder, 'mixed.csv')
    await writeFile(file, '来电日期,类别,问题\n2023-03-01,虫害,玉米叶子上有虫\n2023-02-30,虫害,这一天不存在\n')
    const whole = await installed.json(['import', 'hotline.call', file, '--org', 'K-01'], { env })
    expect(whole.code).toBe(1)
    const refused = importShape.parse(whole.document)
    expect(refused).toMatchObject({ read: 2, created: 0, rejected: 1 })
    expect(refused.errors).toMatchObject([{ row: 3, column: '来电日期' }])
    const figure = () => call('figure', 'hotline.calls', '--org', 'K', '--period', '2023')
    expect(await figure()).toMatchObject({ value: 0 })
    const partial = importShape.parse(await call('import', 'hotline.call', file, '--org', 'K-01', '--partial'))
    expect(partial).toMatchObject({ read: 2, created: 1, rejected: 1 })
    expect(await readFile(partial.rejectedFile!, 'utf8')).toContain('2023-02-30')
    expect(await figure()).toMatchObject({ value: 1 })
  })

  test('tells a person rows and reasons', async () => {
    const file = join(installed.folder, 'wrong.csv')
    await writeFile(file, '来电日期,类别,问题\n2023-13-01,虫害,没有这个月\n')
    const { code, stdout } = await installed.yilu(['import', 'hotline.call', file, '--org', 'K-01'], { env })
    expect(code).toBe(1)
    expect(stdout).toMatch(/有错 +1/)
    expect(stdout).toMatch(/2 +来电日期 +\S+/)
  })
})

describe('report', () => {
  test.each(['docx', 'html', 'md', 'json'])('writes %s', async format => {
    const out = join(installed.folder, `summary.${format}`)
    const done = await call('report', 'annual-summary', ...year, '--out', out)
    expect(done).toMatchObject({ template: 'annual-summary', org: 'K', period: '2024', out, format })
    const content = await readFile(out)
    expect(content.length).toBe((done as { size: number }).size)
    if (format === 'docx') expect(content.subarray(0, 2).toString()).toBe('PK')
    else expect(content.toString()).toContain('240个')
  })

  test('names an unknown template and a folder that cannot be written', async () => {
    const unknown = await installed.yilu(['report', 'diary', ...year, '--out', 'x.md'], { env })
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain('annual-summary')
    const nowhere = await installed.yilu(['report', 'annual-summary', ...year, '--out', 'calls.jsonl/x.md'], { env })
    expect(nowhere).toMatchObject({ code: 3, stdout: '' })
  })
})

test('audit reads a report that yilu wrote, and finds a blank and a wrong sum', async () => {
  const shape = z.object({
    text: z.string(),
    claims: z.array(z.looseObject({ quote: z.string() })),
    identities: z.array(z.looseObject({ holds: z.boolean() })),
    blanks: z.array(z.looseObject({ quote: z.string() })),
    links: z.array(z.unknown()),
  })
  const file = join(installed.folder, 'report.txt')
  await writeFile(file, '全年检测样品1549个，其中土壤样品1054个，农产品样品495个。\n')
  const good = await installed.json(['audit', file], { env })
  expect(good.code).toBe(0)
  expect(shape.parse(good.document).claims.map(claim => claim.quote)).toEqual(['1549个', '1054个', '495个'])
  await writeFile(file, '全年检测样品1549个，其中土壤样品1054个，农产品样品494个。\n')
  const wrong = await installed.json(['audit', file, ...year], { env })
  expect(wrong.code).toBe(1)
  expect(shape.parse(wrong.document).identities).toMatchObject([{ holds: false }])
  await writeFile(file, '全年共培训农民____人次。\n')
  expect(await installed.yilu(['audit', file], { env })).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('____'),
  })
})

test.each(['docx', 'html', 'md'])('a report that yilu wrote as %s agrees with its ledger', async format => {
  const file = join(installed.folder, `audited.${format}`)
  await call('report', 'annual-summary', ...year, '--out', file)
  const sound = await installed.json(['audit', file, ...year], { env })
  const { links } = auditShape.parse(sound.document)
  expect(links.filter(({ verdict }) => !verdict.startsWith('agrees'))).toEqual([])
  expect(links).not.toHaveLength(0)
  expect(sound.code).toBe(0)
})

test('a figure that was changed in the text disagrees with the ledger', async () => {
  const file = join(installed.folder, 'changed.txt')
  await writeFile(file, '2024年接听求助电话241个。\n')
  const { code, document } = await installed.json(['audit', file, ...year], { env })
  expect(code).toBe(1)
  expect(auditShape.parse(document).links).toMatchObject([{ verdict: 'disagrees', written: '240个', difference: 1 }])
  const shown = await installed.yilu(['audit', file, ...year], { env })
  expect(shown.stdout).toContain('【241个】')
})

test('audit writes a page or comments, and takes a folder of reports', async () => {
  const folder = join(installed.folder, 'reports')
  await mkdir(folder)
  await writeFile(join(folder, '县.txt'), '示范县2024年工作总结\n举办培训班30期。\n')
  await writeFile(join(folder, '东.txt'), '东山镇2024年工作总结\n举办培训班18期。\n')
  await writeFile(join(folder, '西.txt'), '西山镇2024年工作总结\n举办培训班11期。\n')
  const all = await installed.json(['audit', folder], { env })
  expect(all).toMatchObject({
    code: 1,
    document: {
      files: [{ file: '东.txt' }, { file: '县.txt' }, { file: '西.txt' }],
      comparisons: [{ kind: 'parts', whole: '县.txt', sums: [{ sum: 29, holds: false }] }],
    },
  })
  const text = join(folder, '县.txt')
  const page = join(installed.folder, 'audit.html')
  expect((await installed.yilu(['audit', text, '--out', page], { env })).code).toBe(0)
  expect(await readFile(page, 'utf8')).toContain('<mark class="number">30期</mark>')
  const refused = await installed.yilu(['audit', text, '--out', 'audit.docx'], { env })
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toContain('usage/audit-docx')
  const docx = join(installed.folder, 'plain.docx')
  await call('report', 'annual-summary', ...year, '--out', docx)
  const commented = join(installed.folder, 'commented.docx')
  expect((await installed.yilu(['audit', docx, ...year, '--out', commented], { env })).code).toBe(0)
  expect(accepted(await readSource(commented)).text).toBe(accepted(await readSource(docx)).text)
})

test('a proof and the key are enough for the independent script', async () => {
  const { records } = explanationShape.parse(await call('explain', 'hotline.calls', ...year, '--limit', '1'))
  const { stdout: proof } = await installed.yilu(['proof', String(records[0]!.entry.seq)], { env })
  expect(JSON.parse(proof)).toMatchObject({ index: records[0]!.proof.index })
  const files = [join(installed.folder, 'proof.json'), join(installed.folder, 'key.pem')] as const
  await writeFile(files[0], proof)
  await writeFile(files[1], (await installed.yilu(['key'], { env })).stdout)
  const script = fileURLToPath(new URL('../../docs/verify-proof.mjs', import.meta.url))
  await system(process.execPath, [script, ...files])
  await writeFile(files[0], proof.replace('hotline.call', 'hotline.cell'))
  expect(await readFile(files[0], 'utf8')).not.toBe(proof)
  await expect(system(process.execPath, [script, ...files])).rejects.toThrow()
  expect(await installed.yilu(['proof', '99999'], { env })).toMatchObject({ code: 1, stdout: '' })
})

test('people are created with a role, given a password, disabled and listed', async () => {
  const person = z.object({
    id: z.uuid(),
    login: z.string(),
    name: z.string(),
    disabled: z.boolean(),
    grants: z.array(z.strictObject({ org: z.string(), role: z.string() })),
    password: z.string().optional(),
  })
  const made = person.parse(
    await call('user', 'add', 'Admin', '--name', '管理员', '--role', 'administrator', '--org', 'K'),
  )
  expect(made).toMatchObject({ login: 'admin', disabled: false, grants: [{ org: 'K', role: 'administrator' }] })
  expect(made.password).toMatch(/^[\w-]{16}$/)
  const given = await installed.yilu(['user', 'password', 'admin', '--password-stdin'], {
    env,
    input: 'a long enough one\n',
  })
  expect(given).toMatchObject({ code: 0, stdout: '密码已改\n' })
  const short = await installed.yilu(['user', 'password', 'admin', '--password-stdin'], { env, input: 'short\n' })
  expect(short).toMatchObject({ code: 1, stdout: '' })
  expect(short.stderr).toContain('[person/password-short]')
  await call('user', 'grant', 'admin', 'auditor', 'K-01')
  expect(person.parse(await call('user', 'revoke', 'admin', 'administrator', 'K')).grants).toEqual([
    { org: 'K-01', role: 'auditor' },
  ])
  expect(person.parse(await call('user', 'disable', 'admin')).disabled).toBe(true)
  expect(z.array(person).parse(await call('user', 'list'))).toHaveLength(1)
  const nobody = await installed.yilu(['user', 'enable', 'nobody'], { env })
  expect(nobody).toMatchObject({ code: 2, stdout: '' })
})

test('units are listed with what stands beneath them', async () => {
  expect(await call('org', 'list')).toEqual([
    { code: 'K', name: '示范县科技局', kind: 'county', parent: null },
    { code: 'K-01', name: '东山镇', kind: 'township', parent: 'K' },
  ])
  const { stdout } = await installed.yilu(['org', 'list'], { env })
  expect(stdout).toContain('\n  东山镇')
  const taken = await installed.yilu(['org', 'add', 'K', '又一个', '--kind', 'county'], { env })
  expect(taken).toMatchObject({ code: 1, stdout: '' })
})

test('verify finds nothing wrong, rebuild counts the same, and a restored backup verifies with the same root', async () => {
  const sound = verificationShape.parse(await call('verify'))
  expect(sound).toMatchObject({ ok: true, problems: [] })
  expect(sound.entries).toBeGreaterThan(240)
  expect(await call('rebuild')).toMatchObject({ records: expect.any(Number), differing: [] })
  const file = join(installed.folder, 'ledger.yilu')
  const copied = z.strictObject({ file: z.string(), size: z.int(), schema: z.int(), rows: z.int(), files: z.int() })
  copied.parse(await call('backup', file))
  const elsewhere = join(installed.folder, 'elsewhere')
  copied.parse(await call('restore', file, '--data', elsewhere))
  expect(verificationShape.parse(await call('verify', '--data', elsewhere))).toMatchObject({
    ok: true,
    root: sound.root,
  })
  const again = await installed.yilu(['restore', file, '--data', elsewhere], { env })
  expect(again).toMatchObject({ code: 3, stdout: '' })
  expect(again.stderr).toContain('[store/not-empty]')
})

test('the service saw all of it and had nothing to complain of', () => {
  const lines = service.said().stderr.trimEnd().split('\n')
  expect(lines.map(line => JSON.parse(line)).filter(({ level }) => level > 30)).toEqual([])
})
