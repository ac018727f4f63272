import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { z } from 'zod'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { countOf, sumOf } from '../figures/indicator.ts'
import { createUnits } from '../org/change.ts'
import {
  area,
  choice,
  choices,
  count,
  day,
  decimal,
  instant,
  location,
  mass,
  money,
  orgUnit,
  personalName,
  reference,
  rows,
  text,
  yesNo,
} from '../records/fields.ts'
import { recordType } from '../records/type.ts'
import { registryOf } from '../registry.ts'
import { must, type Result } from '../result.ts'
import { type ImportRequest, type ImportSummary, importFile } from './import.ts'

// A farm's plots and harvests: a field of every kind that a sheet can hold.

const crops = { rice: { zh: '水稻', en: 'Rice' }, tea: { zh: '茶叶', en: 'Tea' } }
const ways = {
  seed: { zh: '换种', en: 'New seed' },
  soil: { zh: '改土', en: 'Soil' },
  water: { zh: '节水', en: 'Water' },
}

export const plot = recordType('farm.plot', {
  title: { zh: '地块', en: 'Plot' },
  day: 'since',
  fields: z.object({
    number: text({ zh: '地块编号', en: 'Plot number', max: 20 }),
    since: day({ zh: '起用日期', en: 'Since' }),
    area: area({ zh: '面积', en: 'Area' }),
  }),
  key: ['number'],
})

export const harvest = recordType('farm.harvest', {
  title: { zh: '收成', en: 'Harvest' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    crop: choice(crops, { zh: '作物', en: 'Crop' }),
    note: text({ zh: '说明', en: 'Note', max: 200 }),
    people: count({ zh: '参加人次', en: 'People', unit: 'person-time' }).default(1),
    income: money({ zh: '金额', en: 'Income' }).optional(),
    weight: mass({ zh: '产量', en: 'Weight' }).optional(),
    area: area({ zh: '面积', en: 'Area' }).optional(),
    moisture: decimal({ zh: '含水率', en: 'Moisture', unit: 'percent', scale: 1, min: 0, max: 100 }).optional(),
    irrigated: yesNo({ zh: '是否灌溉', en: 'Irrigated' }).optional(),
    ways: choices(ways, { zh: '措施', en: 'Ways' }).optional(),
    village: orgUnit({ zh: '所在村', en: 'Village', kind: 'village' }).optional(),
    plot: reference('farm.plot', { zh: '所属地块', en: 'Plot' }).optional(),
    place: location({ zh: '位置', en: 'Place' }).optional(),
    weighedAt: instant({ zh: '过磅时刻', en: 'Weighed at' }).optional(),
    farmer: personalName({ zh: '农户', en: 'Farmer' }).optional(),
    sales: rows(
      {
        soldOn: day({ zh: '出售日期', en: 'Sold on' }),
        buyer: text({ zh: '买方', en: 'Buyer', max: 40 }).optional(),
        paid: money({ zh: '货款', en: 'Paid' }),
      },
      { zh: '销售', en: 'Sales' },
    ).optional(),
  }),
  states: { open: ['closed'], closed: [] },
  stateTitles: { open: { zh: '在办', en: 'Open' }, closed: { zh: '办结', en: 'Closed' } },
})

/** Looks the same when day and title are. */
export const fair = recordType('farm.fair', {
  title: { zh: '集市', en: 'Fair' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    title: text({ zh: '名称', en: 'Title', max: 40 }),
    visitors: count({ zh: '人数', en: 'Visitors', unit: 'person' }).optional(),
  }),
  like: ['on', 'title'],
})

export const farm = registryOf([
  domain('farm', {
    zh: '农场',
    en: 'Farm',
    types: [plot, harvest, fair],
    indicators: {
      'farm.harvests': countOf(harvest, { zh: '收成', en: 'Harvests', unit: 'record', by: ['crop'] }),
      'farm.people': sumOf(harvest, 'people', { zh: '参加人次', en: 'People', unit: 'person-time', by: ['crop'] }),
      'farm.income': sumOf(harvest, 'income', { zh: '收入', en: 'Income', unit: 'yuan' }),
    },
  }),
])

export interface Farm {
  readonly world: World
  readonly folder: string
  /** Writes a file and returns its path. */
  write(name: string, content: string | Buffer): Promise<string>
  /** Imports a file of the given content for county A. */
  load(name: string, content: string | Buffer, more?: Partial<ImportRequest>): Promise<Result<ImportSummary>>
  /** All records of a type as stored, in the order they came. */
  records(type?: string): Promise<{ org: string; state: string; fields: Record<string, unknown> }[]>
  close(): Promise<void>
}

export async function openFarm(): Promise<Farm> {
  const world = await testWorld({ registry: farm })
  const folder = await mkdtemp(join(tmpdir(), 'yilu-exchange-'))
  const unit = (code: string, kind: string, name: string, parent?: string) => ({ code, kind, name, parent })
  must(
    await createUnits(world, clerk, [
      unit('A', 'county', '甲县'),
      unit('A-1', 'township', '东镇', 'A'),
      unit('A-1-1', 'village', '上村', 'A-1'),
      unit('A-1-2', 'village', '下村', 'A-1'),
      unit('A-2', 'township', '西镇', 'A'),
      unit('A-2-1', 'village', '上村', 'A-2'),
    ]),
  )
  must(await createUnits(world, clerk, [unit('B', 'county', '乙县')]))
  async function write(name: string, content: string | Buffer) {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }
  return {
    world,
    folder,
    write,
    load: async (name, content, more = {}) =>
      importFile(world, clerk, { type: 'farm.harvest', org: 'A', path: await write(name, content), ...more }),
    async records(type = 'farm.harvest') {
      const { rows } = await world.store.pool.query<{ org: number; state: string; fields: Record<string, unknown> }>(
        'SELECT org, state, fields FROM record WHERE type = $1 ORDER BY id',
        [type],
      )
      return rows.map(row => ({ ...row, org: world.orgs.byId(row.org)!.code }))
    },
    async close() {
      await world.store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Sheet = (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void

/** The bytes of a workbook that `make` fills. */
export async function workbook(make: Sheet, options: { date1904?: boolean } = {}): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  book.properties.date1904 = options.date1904 ?? false
  make(book.addWorksheet('收成'), book)
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** The first sheet of a workbook. */
export async function sheetOf(path: string): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await readFile(path)).buffer as ArrayBuffer)
  return book.worksheets[0]!
}

export const lines = (...rows: string[]) => `${rows.join('\n')}\n`

/** Harvests as csv: day, crop, note, people, income. */
export const csv = (...rows: string[]) => lines('日期,作物,说明,参加人次,金额(元)', ...rows)

/** Codes of what a file as a whole is refused for. */
export const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))

/** A zip file of the given parts. `claims` says how large a part pretends to be, in bytes. */
export function zipOf(parts: Readonly<Record<string, string | Buffer>>, claims: Readonly<Record<string, number>> = {}) {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(parts)) {
    const plain = Buffer.from(content)
    const packed = deflateRawSync(plain)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claims[name] ?? plain.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const entry = [Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    central.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), common, tail, Buffer.from(name))
    local.push(...entry)
    at += entry.reduce((sum, part) => sum + part.length, 0)
  }
  const end = Buffer.alloc(18)
  const count = Object.keys(parts).length
  end.writeUInt16LE(count, 4)
  end.writeUInt16LE(count, 6)
  end.writeUInt32LE(
    central.reduce((sum, part) => sum + part.length, 0),
    8,
  )
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...local, ...central, Buffer.from('PK\u0005\u0006'), end])
}

/** An xlsx file with one sheet of the given XML. */
export const xlsxOf = (sheet: string | Buffer, claims: Readonly<Record<string, number>> = {}) =>
  zipOf(
    {
      '_rels/.rels': relations({ a: ['officeDocument', 'xl/workbook.xml'] }),
      'xl/workbook.xml': `<workbook xmlns:r="r"><sheets><sheet name="收成" sheetId="1" r:id="a"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': relations({ a: ['worksheet', 'worksheets/sheet1.xml'] }),
      [SHEET]: sheet,
    },
    claims,
  )

export const SHEET = 'xl/worksheets/sheet1.xml'

const relations = (all: Readonly<Record<string, readonly [string, string]>>) =>
  `<Relationships>${Object.entries(all)
    .map(([id, [type, target]]) => `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

/** A row of a sheet in XML, its texts within it. */
export const rowXml = (...cells: readonly string[]) =>
  `<row>${cells.map(text => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
