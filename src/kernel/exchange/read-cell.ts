import { fromText, over, times, toNumber } from '../figures/fraction.ts'
import { convert, parseQuantity, type Unit, unitOf } from '../figures/units.ts'
import type { OrgDirectory, OrgUnit } from '../org/directory.ts'
import { type Day, dayOf, daysInMonth, fromSerial } from '../period/day.ts'
import type { Choices, FieldInfo } from '../records/fields.ts'
import { isCovered } from '../records/mask.ts'
import { type Cell, decimalText, isEmpty, unguarded } from './cell.ts'
import { BAR, everydayUnit, folded } from './columns.ts'

// What a cell says, as the value of a field. The declaration's own rules are checked afterwards, as for any entry.

export interface Reading {
  readonly orgs: OrgDirectory
  /** The org unit that the file is for: units are named within its tree, those beneath it first. */
  readonly org: OrgUnit
  /** Ids of people by login and by name; a name that several have gives null. */
  readonly people: ReadonlyMap<string, string | null>
}

export type Read = { readonly value: unknown } | { readonly code: string; readonly zh: string; readonly en: string }

type Target = { readonly info: FieldInfo; readonly unit?: Unit }

const refuse = (code: string, zh: string, en: string): Read => ({ code, zh, en })
const shown = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** @returns the value (undefined for an empty cell), or what is wrong with the cell */
export function readCell({ info, unit }: Target, cell: Cell, around: Reading): Read {
  if (isEmpty(cell)) return { value: undefined }
  if (typeof cell === 'object' && cell !== null) {
    if ('formula' in cell) return refuse('formula', '是公式，请粘贴为数值', 'is a formula; paste its value instead')
    if ('error' in cell) return refuse('error-value', `是错误值 ${cell.error}`, `is the error ${cell.error}`)
    if ('json' in cell) return { value: cell.json }
  }
  switch (info.kind) {
    case 'text':
      return readText(cell)
    case 'personal':
      return isCovered(cell)
        ? refuse('masked', '是遮盖过的内容，请填写完整', 'is masked; give it in full')
        : readText(cell)
    case 'integer':
    case 'decimal':
      return readNumber(cell, info, unit)
    case 'money':
    case 'mass':
    case 'length':
    case 'area':
      return readQuantity(cell, unit ?? unitOf(info.unit!))
    case 'day':
      return readDay(cell)
    case 'instant':
      return readInstant(cell)
    case 'boolean':
      return readBoolean(cell)
    case 'choice':
      return readChoice(asText(cell), info.choices!)
    case 'choices':
      return readChoices(asText(cell), info.choices!)
    case 'org':
      return readOrg(asText(cell), around, info.orgKind)
    case 'person':
      return readPerson(asText(cell), around)
    case 'location':
      return readLocation(asText(cell))
    case 'rows':
      return readRows(asText(cell), info, around)
    case 'reference':
    case 'attachment':
      return { value: asText(cell).trim() }
  }
}

function asText(cell: Cell): string {
  if (typeof cell === 'string') return unguarded(cell)
  if (typeof cell === 'number') return decimalText(cell)
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  if (cell && 'percent' in cell) return `${decimalText(cell.percent * 100)}%`
  if (cell && 'serial' in cell) return dateTimeText(cell.serial)
  return ''
}

/** Excel keeps 15 digits of a number: an identity card or account number typed as one has lost its end. */
const EXACT_DIGITS = 1e15

function readText(cell: Cell): Read {
  if (typeof cell === 'number' && Math.abs(cell) >= EXACT_DIGITS)
    return refuse(
      'number-too-long',
      '号码超过15位又按数值存放，末尾几位已经丢失，请先把这一列设为文本再填写',
      'has more than 15 digits but is stored as a number, so its end is lost; format the column as text and type it again',
    )
  return { value: asText(cell) }
}

const plain = (text: string) => text.normalize('NFKC').trim()

function readNumber(cell: Cell, info: FieldInfo, unit: Unit | undefined): Read {
  if (typeof cell === 'object' && cell !== null && 'percent' in cell) return { value: inPercent(cell.percent, unit) }
  if (typeof cell === 'number') return { value: scaledBy(decimalText(cell), info, unit) }
  const text = plain(asText(cell))
  if (/^[+-]?\d{1,15}(\.\d+)?$/.test(text)) return { value: scaledBy(text.replace('+', ''), info, unit) }
  const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)
  if (grouped) return { value: scaledBy(text.replace('+', '').replaceAll(',', ''), info, unit) }
  const percent = /^([+-]?\d{1,15}(?:\.\d+)?)\s*%$/.exec(text)
  if (percent && info.unit !== undefined && ['ratio', 'percent', 'permille'].includes(info.unit))
    return { value: inPercent(Number(percent[1]) / 100, unit) }
  if (unit) return withSuffix(text, unitOf(info.unit!), unit)
  return refuse('number', `“${shown(text)}”不是数字`, `${JSON.stringify(shown(text))} is not a number`)
}

/** A ratio as a field in percent (or permille) holds it; one of another unit takes the number as it is shown: 85. */
const inPercent = (ratio: number, unit: Unit | undefined) =>
  Number(
    (unit?.measure === 'ratio' && unit.id === 'ratio'
      ? ratio
      : ratio * (unit?.id === 'permille' ? 1000 : 100)
    ).toPrecision(15),
  )

/** A plain number in the column's unit, in the unit of the field: 1.2 under 人次(万人次) is 12000. */
function scaledBy(text: string, info: FieldInfo, unit: Unit | undefined): number {
  const own = info.unit === undefined ? undefined : unitOf(info.unit)
  if (!unit || !own || unit === own) return Number(text)
  return toNumber(over(times(fromText(text), unit.factor), own.factor))
}

/** `12人次`, `1.5万人次`, `90分钟`: in the unit the field is declared in, which may be none of its measure's base. */
function withSuffix(text: string, own: Unit, assumed: Unit): Read {
  const read = fromQuantity(text, own, assumed)
  if (!('value' in read) || own.base === own.id) return read
  const converted = convert(Number(read.value), own.base, own.id)
  return converted.ok ? { value: converted.value } : read
}

function readQuantity(cell: Cell, unit: Unit): Read {
  if (typeof cell === 'number') return fromQuantity(asPlain(cell), unit, unit)
  return fromQuantity(asText(cell), unit, unit)
}

/** Without an exponent, which quantities do not have. */
const asPlain = (value: number) => {
  const text = decimalText(value)
  return text.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') : text
}

function fromQuantity(text: string, unit: Unit, assumed: Unit): Read {
  const parsed = parseQuantity(text.replaceAll('，', ','), unit, assumed)
  if (parsed.ok) return { value: parsed.value }
  const { code, zh, en } = parsed.problems[0]!
  return { code: code.replace('quantity/', 'quantity-'), zh, en }
}

const DAY = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/
const noDay = (text: string) =>
  refuse(
    'day',
    `“${shown(text)}”不是日期，应写作 2024-05-18`,
    `${JSON.stringify(shown(text))} is not a day; write 2024-05-18`,
  )

function readDay(cell: Cell): Read {
  if (typeof cell === 'object' && cell !== null && 'serial' in cell)
    return { value: fromSerial(Math.floor(cell.serial)) }
  const text = plain(asText(cell))
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const parts = compact ?? DAY.exec(text)
  if (!parts) return noDay(text)
  const day = existing(parts)
  return day ? { value: day } : refuse('no-such-day', `没有“${shown(text)}”这一天`, `there is no day ${shown(text)}`)
}

function existing(parts: RegExpExecArray): Day | undefined {
  const [year, month, date] = parts.slice(1, 4).map(Number) as [number, number, number]
  const exists =
    year >= 1900 && year < 2200 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
  return exists ? dayOf(year, month, date) : undefined
}

/** The clock on the wall in Shanghai, eight hours before UTC; it has had no summer time since 1991. */
const SHANGHAI_MS = 8 * 3600 * 1000

function readInstant(cell: Cell): Read {
  if (typeof cell === 'object' && cell !== null && 'serial' in cell)
    return { value: new Date(Math.round(cell.serial * 86_400) * 1000 - SHANGHAI_MS).toISOString() }
  const text = plain(asText(cell))
  if (/[Zz]|[+-]\d{2}:?\d{2}$/.test(text.slice(10))) return { value: text }
  const parts = DAY.exec(text)
  const day = parts && existing(parts)
  if (!parts || !day)
    return refuse(
      'instant',
      `“${shown(text)}”不是时刻，应写作 2024-05-18 09:30`,
      `${JSON.stringify(shown(text))} is not an instant; write 2024-05-18 09:30`,
    )
  const [hour = '0', minute = '0', second = '0'] = parts.slice(4)
  const time = [hour, minute, second].map(part => part.padStart(2, '0')).join(':')
  const instant = new Date(`${day}T${time}+08:00`)
  return Number.isNaN(instant.getTime()) ? noDay(text) : { value: instant.toISOString() }
}

/** '2024-05-18', with the time of day where there is one. */
export function dateTimeText(serial: number): string {
  const seconds = Math.round(serial * 86_400)
  const day = fromSerial(Math.floor(seconds / 86_400))
  const time = new Date((((seconds % 86_400) + 86_400) % 86_400) * 1000).toISOString().slice(11, 19)
  return time === '00:00:00' ? day : `${day} ${time}`
}

const YES = new Set(['是', '对', '有', '√', '✓', '✔', 'true', 'yes', 'y', '1'])
const NO = new Set(['否', '不是', '无', '×', '✗', '✘', 'false', 'no', 'n', '0'])

function readBoolean(cell: Cell): Read {
  if (typeof cell === 'boolean') return { value: cell }
  const text = folded(asText(cell))
  if (YES.has(text)) return { value: true }
  if (NO.has(text)) return { value: false }
  return refuse('boolean', `“${shown(text)}”应填“是”或“否”`, `${JSON.stringify(shown(text))} should be yes or no`)
}

const choiceNames = new WeakMap<Choices, Map<string, string>>()

function namesOf(choices: Choices): Map<string, string> {
  const known = choiceNames.get(choices)
  if (known) return known
  const names = new Map<string, string>()
  for (const [key, choice] of Object.entries(choices))
    for (const name of [key, choice.zh, choice.en]) if (!names.has(folded(name))) names.set(folded(name), key)
  choiceNames.set(choices, names)
  return names
}

/** What is no choice goes through as it is: the declaration names it together with what there is to choose from. */
const readChoice = (text: string, choices: Choices): Read => ({
  value: Object.hasOwn(choices, text) ? text : (namesOf(choices).get(folded(text)) ?? text.trim()),
})

function readChoices(text: string, choices: Choices): Read {
  const whole = readChoice(text, choices)
  if ('value' in whole && Object.hasOwn(choices, String(whole.value))) return { value: [whole.value] }
  const parts = text.split(/[、，,;；|｜/\n]/).filter(part => part.trim() !== '')
  return { value: parts.map(part => (readChoice(part, choices) as { value: unknown }).value) }
}

function readOrg(text: string, around: Reading, kind?: string): Read {
  const found = orgNamed(text, around, kind)
  return 'unit' in found ? { value: found.unit.code } : found
}

/** A unit of the file's tree by its code or by its name, where only one has it; what is beneath the file's own unit comes first. */
export function orgNamed(
  text: string,
  { orgs, org }: Pick<Reading, 'orgs' | 'org'>,
  kind?: string,
): { unit: OrgUnit } | { code: string; zh: string; en: string } {
  const wanted = plain(text)
  const unit = orgs.byCode(wanted) ?? unitLabelled(wanted, orgs)
  if (unit) return { unit }
  const named = namedUnits(orgs, org.root).get(folded(wanted)) ?? []
  const fitting = kind ? named.filter(unit => unit.kind === kind) : named
  const near = fitting.filter(unit => unit.path.startsWith(org.path))
  const candidates = near.length > 0 ? near : fitting
  if (candidates.length === 1) return { unit: candidates[0]! }
  return candidates.length > 1
    ? {
        code: 'org-ambiguous',
        zh: `有${candidates.length}个单位叫“${shown(wanted)}”，请填代码（${candidates
          .slice(0, 3)
          .map(unit => unit.code)
          .join('、')}）`,
        en: `${candidates.length} org units are called ${shown(wanted)}; give the code (${candidates
          .slice(0, 3)
          .map(unit => unit.code)
          .join(', ')})`,
      }
    : { code: 'unknown-org', zh: `没有单位“${shown(wanted)}”`, en: `there is no org unit ${shown(wanted)}` }
}

/** 上村(440112004): how a template offers units whose name several have. */
function unitLabelled(text: string, orgs: OrgDirectory): OrgUnit | undefined {
  const [, name, code] = /^(.+)\(([^()]+)\)$/.exec(text) ?? []
  const unit = code === undefined ? undefined : orgs.byCode(code)
  return unit && plain(unit.name) === name ? unit : undefined
}

const unitsByName = new WeakMap<readonly OrgUnit[], Map<string, OrgUnit[]>>()

function namedUnits(orgs: OrgDirectory, root: number): Map<string, OrgUnit[]> {
  const all = orgs.all()
  const known = unitsByName.get(all)
  if (known) return known
  const names = new Map<string, OrgUnit[]>()
  for (const unit of all) {
    if (unit.root !== root) continue
    for (const name of new Set([unit.name, unit.nameEn ?? unit.name].map(folded)))
      names.set(name, [...(names.get(name) ?? []), unit])
  }
  unitsByName.set(all, names)
  return names
}

function readPerson(text: string, { people }: Reading): Read {
  const id = people.get(plain(text))
  if (id) return { value: id }
  return id === null
    ? refuse(
        'person-ambiguous',
        `有几个人叫“${shown(text)}”，请填登录名`,
        `several people are called ${shown(text)}; give the login`,
      )
    : refuse('unknown-person', `没有用户“${shown(text)}”`, `there is no user ${shown(text)}`)
}

function readLocation(text: string): Read {
  const parts = plain(text)
    .split(/[,\s]+/)
    .map(Number)
  if (parts.length !== 2 || !parts.every(Number.isFinite))
    return refuse(
      'location',
      '位置应写作“经度,纬度”，如 113.26,23.13',
      'write a place as longitude,latitude: 113.26,23.13',
    )
  return { value: { lon: parts[0], lat: parts[1] } }
}

/** Sub-rows: one a line, their values in the order of the declaration with a bar between them. */
function readRows(text: string, info: FieldInfo, around: Reading): Read {
  const fields = Object.entries(info.rows ?? {})
  const rows: Record<string, unknown>[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const parts = splitLine(line)
    if (parts.length > fields.length)
      return refuse(
        'rows',
        `第${index + 1}行有${parts.length}项，应为${fields.length}项，用“${BAR}”隔开`,
        `line ${index + 1} has ${parts.length} values, there should be ${fields.length}, with ${BAR} between them`,
      )
    const row: Record<string, unknown> = {}
    for (const [at, [name, field]] of fields.entries()) {
      const read = readCell({ info: field, unit: everydayUnit(field) }, parts[at], around)
      if ('code' in read)
        return refuse(
          read.code,
          `第${index + 1}行${field.title.zh}：${read.zh}`,
          `line ${index + 1}, ${field.title.en}: ${read.en}`,
        )
      if (read.value !== undefined) row[name] = read.value
    }
    rows.push(row)
  }
  return { value: rows }
}

/** A bar or line break within a value is written after a backslash. */
function splitLine(line: string): string[] {
  const parts = ['']
  for (const [piece = ''] of line.matchAll(/\\.|[｜|]|[^\\｜|]+|\\/gu)) {
    if (piece === BAR || piece === '|') parts.push('')
    else parts[parts.length - 1] += unescaped(piece)
  }
  return parts
}

const unescaped = (piece: string) =>
  piece === '\\n' ? '\n' : piece.length === 2 && piece.startsWith('\\') ? piece.slice(1) : piece

/** The inverse of what splitting undoes. */
export const escapedValue = (text: string): string => text.replace(/[\\｜|]/gu, '\\$&').replaceAll('\n', '\\n')
