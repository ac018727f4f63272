import { times, whole } from '../figures/fraction.ts'
import { isConvertible, type Unit, unitNamed, unitOf } from '../figures/units.ts'
import { type FieldInfo, isRequired } from '../records/fields.ts'
import type { RecordType } from '../records/type.ts'
import type { Problem } from '../result.ts'
import type { Language, Words } from '../words.ts'

// The columns of a record type's sheet: what stands above them, in which unit their cells are, and which column of a
// file is which.

/** What a column holds: a field of the type, or something every record has. */
export type ColumnKind = 'field' | 'computed' | 'org' | 'state' | 'status' | 'id' | 'reason'

export interface Column {
  readonly kind: ColumnKind
  /** The field's name; that of the kind where it is no field. */
  readonly name: string
  readonly title: Words
  readonly info?: FieldInfo
  /** What a bare number in a cell is in; undefined where numbers are just numbers. */
  readonly unit?: Unit
  readonly required: boolean
}

/** A column of a file: a known one, how the file calls it and where it stands (from 0). */
export interface Heading extends Column {
  readonly heading: string
  readonly at: number
}

/** In which units people write what is stored in fen, g, mm and m². Decimals of these write every stored value exactly. */
const EVERYDAY: Readonly<Record<string, { unit: string; decimals: number }>> = {
  money: { unit: 'yuan', decimals: 2 },
  mass: { unit: 'kg', decimals: 3 },
  length: { unit: 'm', decimals: 3 },
  area: { unit: 'mu', decimals: 4 },
}

/** The unit that sheets show a field in. */
export const everydayUnit = (info: FieldInfo): Unit | undefined => {
  const everyday = EVERYDAY[info.kind]?.unit ?? info.unit
  return everyday === undefined ? undefined : unitOf(everyday)
}

/** Digits after the point that a field has in a sheet. */
export const decimalsOf = (info: FieldInfo): number =>
  EVERYDAY[info.kind]?.decimals ?? (info.kind === 'decimal' ? (info.scale ?? 2) : 0)

const SHARED: readonly (Column & { also: readonly string[] })[] = [
  { kind: 'org', name: 'org', title: { zh: '单位', en: 'Org unit' }, required: false, also: ['单位代码', '单位名称'] },
  { kind: 'state', name: 'state', title: { zh: '状态', en: 'State' }, required: false, also: [] },
  { kind: 'status', name: 'status', title: { zh: '记录状态', en: 'Record status' }, required: false, also: [] },
  { kind: 'id', name: 'id', title: { zh: '记录编号', en: 'Record id' }, required: false, also: [] },
  { kind: 'reason', name: 'reason', title: { zh: '错误原因', en: 'Reason' }, required: false, also: [] },
]

/** A column that every record has. */
export const sharedColumn = (kind: ColumnKind): Column => SHARED.find(column => column.kind === kind)!

/** The fields a person fills in, in the order of the declaration. */
export const fieldColumns = (type: RecordType): Column[] =>
  Object.entries(type.schema.shape).map(([name, schema]) => ({
    kind: 'field',
    name,
    title: type.fields[name]!.title,
    info: type.fields[name]!,
    unit: everydayUnit(type.fields[name]!),
    required: isRequired(schema),
  }))

export const computedColumns = (type: RecordType): Column[] =>
  Object.entries(type.computed).map(([name, { info }]) => ({
    kind: 'computed',
    name,
    title: info.title,
    info,
    unit: everydayUnit(info),
    required: false,
  }))

/** What stands above a column: 金额(元). */
export function headingOf(column: Pick<Column, 'title' | 'unit' | 'info'>, language: Language): string {
  const title = column.title[language]
  if (column.info?.rows) return `${title}(${subHeadings(column.info, language).join(BAR)})`
  const unit = column.unit && (language === 'zh' ? column.unit.zh : column.unit.many)
  return unit ? `${title}(${unit})` : title
}

/** Between the values of one sub-row in a cell. */
export const BAR = '｜'

export const subHeadings = (info: FieldInfo, language: Language): string[] =>
  Object.values(info.rows ?? {}).map(field =>
    headingOf({ title: field.title, info: field, unit: everydayUnit(field) }, language),
  )

/** Headings and choices as they are compared: width, case, spaces and marks of required columns make no difference. */
export const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*﹡:]+/gu, '')

/** Finds the column that a heading of a file means. */
export interface Headings {
  find(heading: string): Result | undefined
}
type Result = { readonly column: Column } | { readonly problem: Problem }

export function headingsOf(type: RecordType): Headings {
  const byName = new Map<string, Column>()
  const offer = (name: string, column: Column) => {
    if (!byName.has(folded(name))) byName.set(folded(name), column)
  }
  const columns = [...fieldColumns(type), ...computedColumns(type)]
  for (const column of columns) {
    offer(column.title.zh, column)
    offer(column.title.en, column)
  }
  // Under its own name a field is in the unit it is stored in, as in the API: `investment` is fen, 计划投资(元) yuan.
  for (const column of columns) offer(column.name, { ...column, unit: storedUnit(column) })
  for (const column of SHARED)
    for (const name of [column.title.zh, column.title.en, column.name, ...column.also]) offer(name, column)
  return { find: heading => findColumn(byName, heading) }
}

const storedUnit = ({ info }: Column) => (info?.unit === undefined ? undefined : unitOf(info.unit))

function findColumn(byName: ReadonlyMap<string, Column>, heading: string): Result | undefined {
  const text = folded(heading)
  const direct = byName.get(text)
  if (direct) return { column: direct }
  const brackets = /^(.+?)[([【〔]([^()[\]【】〔〕]*)[)\]】〕]$/u.exec(text)
  const [, title = '', remark = ''] = brackets ?? []
  const column = byName.get(title) ?? byName.get(text.replace(/[([【〔].*$/u, ''))
  if (!column) return undefined
  if (column.info?.rows || !column.info || column.kind === 'computed') return { column }
  return inUnit(column, remark, heading)
}

/** A column whose heading names a unit. Remarks that are no units (必填) are left alone where there is nothing to measure. */
function inUnit(column: Column, remark: string, heading: string): Result {
  const own = column.unit
  const named = own && unitIn(remark, own)
  if (named) return { column: { ...column, unit: named } }
  const isMeasured = column.info!.kind in EVERYDAY
  if (!isMeasured && !unitNamed(remark).ok) return { column }
  if (isMeasured && REMARKS.has(remark)) return { column }
  return {
    problem: {
      code: 'import/unit',
      field: column.name,
      zh: `表头“${heading}”的单位不对，应为${own?.zh || '没有单位的数'}`,
      en: `The unit in the heading ${JSON.stringify(heading)} is not fit for ${own?.many || 'a plain number'}`,
    },
  }
}

const REMARKS = new Set(['必填', '选填', '可选', '可不填', 'required', 'optional'])
const MULTIPLES: Readonly<Record<string, number>> = { 百万: 1_000_000, 千: 1000, 万: 10_000, 亿: 100_000_000 }

/** 元, 万元, 亩, 万人次: a unit in which values of `own` can be told. */
function unitIn(text: string, own: Unit): Unit | undefined {
  if ([own.id, own.zh, own.en, own.many].some(name => name !== '' && folded(name) === text)) return own
  const named = unitNamed(text)
  if (named.ok && isConvertible(named.value, own)) return named.value
  for (const [word, multiple] of Object.entries(MULTIPLES)) {
    if (!text.startsWith(word)) continue
    const unit = unitIn(text.slice(word.length), own)
    if (unit) return { ...unit, factor: times(unit.factor, whole(multiple)) }
  }
  return undefined
}

/** Which column of a file is which; all that is wrong with the headings. `cells` may be empty above empty columns. */
export function matchHeadings(
  type: RecordType,
  cells: readonly string[],
): { headings: (Heading | undefined)[]; problems: (Problem & { column: string })[] } {
  const known = headingsOf(type)
  const headings: (Heading | undefined)[] = []
  const problems: (Problem & { column: string })[] = []
  const seen = new Map<string, string>()
  for (const [at, heading] of cells.entries()) {
    if (heading.trim() === '') continue
    const found = known.find(heading)
    if (!found) problems.push({ ...unknownColumn(heading), column: heading })
    else if ('problem' in found) problems.push({ ...found.problem, column: heading })
    else if (seen.has(found.column.name))
      problems.push({ ...columnTwice(seen.get(found.column.name)!, heading), column: heading })
    else {
      seen.set(found.column.name, heading)
      headings[at] = { ...found.column, heading: heading.trim(), at }
    }
  }
  for (const column of fieldColumns(type))
    if (column.required && !seen.has(column.name))
      problems.push({ ...missingColumn(column), column: headingOf(column, 'zh') })
  return { headings, problems }
}

export const unknownColumn = (heading: string): Problem => ({
  code: 'import/unknown-column',
  value: heading.slice(0, 80),
  zh: `不认识“${heading.slice(0, 80)}”这一列，请对照导入模板改名或删去`,
  en: `There is no column ${JSON.stringify(heading.slice(0, 80))}; compare with the import template`,
})

const missingColumn = (column: Column): Problem => ({
  code: 'import/missing-column',
  field: column.name,
  zh: `缺少必填的“${headingOf(column, 'zh')}”这一列`,
  en: `The column ${headingOf(column, 'en')} is missing, which must be filled in`,
})

export const columnTwice = (first: string, second: string): Problem => ({
  code: 'import/column-twice',
  zh: `“${second}”这一列出现了两次（另一列是“${first}”）`,
  en: `The column ${JSON.stringify(second)} is there twice (the other one is ${JSON.stringify(first)})`,
})

/** The letters of a spreadsheet's column, from 0: A … Z, AA … */
export function letters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26))
  return at < 26 ? last : letters(Math.floor(at / 26) - 1) + last
}

/** The column of a cell address, from 0: 'C12' → 2. */
export function columnOfAddress(address: string): number {
  let at = 0
  for (let i = 0; i < address.length; i++) {
    const code = address.charCodeAt(i)
    if (code < 65 || code > 90) break
    at = at * 26 + code - 64
  }
  return at - 1
}
