import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { seal } from '../journal/seal.ts'
import { verify } from '../journal/verify.ts'
import { createUnits } from '../org/change.ts'
import type { Actor } from '../people/actor.ts'
import { create, voidRecord } from '../records/records.ts'
import { showRecord } from '../records/show.ts'
import { must, type Result } from '../result.ts'
import { addEvidence, evidencePath, openEvidence, removeEvidence } from './evidence.ts'
import { safeName } from './file-name.ts'
import { thumbnail } from './thumbnail.ts'

let world: World
let record: string

const visit = async (org: string) => {
  const fields = { on: '2025-05-01', place: '东村', topic: 'rice', people: 3 }
  return must(await create(world, clerk, 'world.visit', { org, fields })).id
}

beforeAll(async () => {
  world = await testWorld()
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A-1', kind: 'township', name: '一镇', parent: 'A' },
      { code: 'A-2', kind: 'township', name: '二镇', parent: 'A' },
    ]),
  )
  record = await visit('A-1')
})
afterAll(() => world.store.close())

async function* chunks(...parts: Buffer[]) {
  yield* parts
}
const add = (content: Buffer, name: string, to = record, actor: Actor = clerk, largest?: number) =>
  addEvidence(world, actor, to, { name, stream: chunks(content), largest })
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.problems[0]!.code)
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const actorAt = (org: string, role: 'clerk' | 'analyst'): Actor => {
  const unit = world.orgs.byCode(org)!
  return { person: null, name: role, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
}
const picture = (width = 800, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: '#1f6f5c' } })
    .jpeg()
    .toBuffer()

describe('a file', () => {
  test('is kept under its hash, shown at its record, entered in the journal and verified', async () => {
    const content = await picture()
    const kept = must(await add(content, '现场照片.jpg'))
    expect(kept).toMatchObject({ sha256: sha256(content), mediaType: 'image/jpeg', size: content.length })
    expect(await readFile(evidencePath(world.store.dataDir, kept.sha256))).toEqual(content)
    expect(must(await showRecord(world, clerk, record)).evidence).toMatchObject([{ name: '现场照片.jpg' }])
    const { rows } = await world.store.pool.query('SELECT entry FROM journal WHERE subject = $1', [
      `evidence:${record}`,
    ])
    expect(rows).toHaveLength(1)
    await seal(world)
    expect((await verify(world)).problems).toEqual([])
  })

  test('that comes twice, also at once, is kept once and named at each record', async () => {
    const other = await visit('A-2')
    const content = Buffer.from('同一份说明')
    const all = await Promise.all([add(content, 'a.txt'), add(content, 'b.txt'), add(content, 'c.txt', other)])
    expect(all.map(codeOf)).toEqual(['ok', 'ok', 'ok'])
    const { rows } = await world.store.pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM evidence WHERE sha256 = $1',
      [sha256(content)],
    )
    expect(rows[0]!.n).toBe(1)
    expect(must(await showRecord(world, clerk, other)).evidence.map(one => one.name)).toEqual(['c.txt'])
  })

  test('taken off a record stays where it is, with who took it off and why', async () => {
    const content = Buffer.from('放错了的材料')
    must(await add(content, '材料.txt'))
    expect(codeOf(await removeEvidence(world, clerk, record, sha256(content), ''))).toBe('evidence/why')
    must(await removeEvidence(world, clerk, record, sha256(content), '放错了'))
    expect(codeOf(await removeEvidence(world, clerk, record, sha256(content), '放错了'))).toBe('evidence/unknown')
    expect(codeOf(await openEvidence(world, clerk, sha256(content)))).toBe('evidence/unknown')
    expect(await readFile(evidencePath(world.store.dataDir, sha256(content)))).toEqual(content)
    expect((await verify(world)).problems).toEqual([])
  })

  test('is opened by whoever may read a record that has it, and added by whoever may enter there', async () => {
    const content = Buffer.from('一镇的材料')
    must(await add(content, '一镇.txt'))
    expect(codeOf(await openEvidence(world, actorAt('A-1', 'analyst'), sha256(content)))).toBe('ok')
    expect(codeOf(await openEvidence(world, actorAt('A-2', 'clerk'), sha256(content)))).toBe('evidence/unknown')
    expect(codeOf(await add(content, 'x.txt', record, actorAt('A-1', 'analyst')))).toBe('permission/denied')
    expect(codeOf(await add(content, 'x.txt', record, actorAt('A-2', 'clerk')))).toBe('record/unknown')
    const gone = await visit('A-1')
    must(await voidRecord(world, clerk, gone, '重复'))
    expect(codeOf(await add(content, 'x.txt', gone))).toBe('record/void')
  })
})

describe('what is refused leaves nothing behind', () => {
  const incoming = () => readdir(join(world.store.dataDir, 'incoming'))

  test('a file that grows beyond the limit is not read to its end', async () => {
    let read = 0
    async function* endless() {
      for (; read < 1000; read++) yield Buffer.alloc(64 * 1024, 'a')
    }
    const done = await addEvidence(world, clerk, record, { name: 'big.txt', stream: endless(), largest: 1024 * 1024 })
    expect(codeOf(done)).toBe('evidence/too-large')
    expect(read).toBeLessThan(20)
    expect(await incoming()).toEqual([])
  })

  test('a stream that breaks off', async () => {
    async function* broken() {
      yield Buffer.from('开头')
      throw new Error('connection lost')
    }
    await expect(addEvidence(world, clerk, record, { name: 'a.txt', stream: broken() })).rejects.toThrow('lost')
    expect(await incoming()).toEqual([])
  })

  test.each([
    ['nothing at all', Buffer.alloc(0), 'a.txt', 'evidence/empty'],
    ['a web page', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), 'photo.jpg', 'evidence/kind'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'a.svg', 'evidence/kind'],
    ['a program', Buffer.from('7f454c4602010100000000000000000002003e0001000000', 'hex'), '报告.pdf', 'evidence/kind'],
    ['a Windows program', Buffer.from(`MZ${'\0'.repeat(62)}`), 'a.doc', 'evidence/kind'],
    ['a shell script', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'a.txt', 'evidence/kind'],
    ['bytes that mean nothing', Buffer.from([1, 2, 3, 0, 255, 254]), 'a.txt', 'evidence/kind'],
  ])('%s', async (_, content, name, code) => {
    expect(codeOf(await add(content, name))).toBe(code)
    expect(await incoming()).toEqual([])
  })
})

describe('content, not the name, tells what a file is', () => {
  test('for documents, texts of both encodings and tables', async () => {
    const book = new ExcelJS.Workbook()
    book.addWorksheet('一').addRow(['甲', 1])
    const xlsx = Buffer.from(await book.xlsx.writeBuffer())
    const kinds = await Promise.all([
      add(xlsx, '名单.jpg'),
      add(Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n'), '证书.txt'),
      add(Buffer.from('d6d0b9fac8cbc3f1', 'hex'), 'gb.txt'),
      add(Buffer.from('姓名,数量\n张三,3\n'), '表.csv'),
    ])
    expect(kinds.map(kind => must(kind).mediaType)).toEqual([
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/pdf',
      'text/plain',
      'text/csv',
    ])
  })
})

describe('thumbnails', () => {
  test('are small, upright, without metadata, and made once', async () => {
    const content = await sharp(await picture(1200, 800))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const { sha256: id } = must(await add(content, '竖拍.jpg'))
    const path = must(await thumbnail(world, clerk, id))
    const made = await sharp(path).metadata()
    expect(made).toMatchObject({ format: 'webp', width: 213, height: 320 })
    expect(made.exif).toBeUndefined()
    expect(must(await thumbnail(world, clerk, id))).toBe(path)
  })

  test('are not made of texts, nor of a picture that unfolds to gigabytes or is broken', async () => {
    const text = must(await add(Buffer.from('说明文字'), '说明.txt'))
    expect(codeOf(await thumbnail(world, clerk, text.sha256))).toBe('evidence/no-thumbnail')
    const bomb = must(
      await add(
        await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: '#fff' } })
          .png()
          .toBuffer(),
        '大图.png',
      ),
    )
    expect(codeOf(await thumbnail(world, clerk, bomb.sha256))).toBe('evidence/no-thumbnail')
    const broken = must(await add((await picture()).subarray(0, 300), '坏图.jpg'))
    expect(codeOf(await thumbnail(world, clerk, broken.sha256))).toBe('evidence/no-thumbnail')
  })
})

test('a file that was altered on disk is found by verify, one that is gone is told when it is opened', async () => {
  const kept = must(await add(Buffer.from('原样'), '原样.txt'))
  const path = evidencePath(world.store.dataDir, kept.sha256)
  await writeFile(path, '改过')
  expect((await verify(world)).problems).toMatchObject([{ kind: 'evidence', id: kept.sha256 }])
  await writeFile(path, '原样')
  expect((await verify(world)).problems).toEqual([])
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\张三\\报告.docx', '报告.docx'],
  ['a\u0000b\nc.txt', 'abc.txt'],
  ['照片\u202egpj.exe', '照片gpj.exe'],
  ['CON.txt', '_CON.txt'],
  ['a<b>:"|?*.txt', 'a_b______.txt'],
  ['...', 'file'],
  ['', 'file'],
  ['  空格 .pdf  ', '空格 .pdf'],
  [`${'长'.repeat(300)}.docx`, `${'长'.repeat(115)}.docx`],
])('the name %j is kept as %j', (given, kept) => expect(safeName(given)).toBe(kept))
