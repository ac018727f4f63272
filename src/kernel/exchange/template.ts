import ExcelJS from 'exceljs'
import type { Ledger } from '../ledger.ts'
import { isOpenOn, type OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { today } from '../period/period.ts'
import type { RecordType } from '../records/type.ts'
import { typeNamed } from '../registry.ts'
import { ok, type Result } from '../result.ts'
import type { Language, Words } from '../words.ts'
import { limitsOf, offered, ruleOf } from './column-rules.ts'
import { type Column, decimalsOf, fieldColumns, headingOf, letters, sharedColumn } from './columns.ts'
import { sheetName } from './export.ts'
import { uniqueNames } from './write-cell.ts'
import { INSTRUCTIONS } from './xlsx-source.ts'

/** Rows below the headings that are prepared for entry. */
const ROWS = 2000
const HEAD = 'FFE8EEF4'
const HEAD_REQUIRED = 'FFFBE9D9'

/** A column with what the template says about it. */
interface Prepared {
  readonly column: Column
  readonly heading: string
  readonly rule: Words
  /** What the drop-down offers. */
  readonly list?: readonly string[]
  /** Whether other texts than those of the list are taken. */
  readonly open: boolean
}

/**
 * An xlsx file to fill in and import: a heading for every field, drop-downs, dates as dates, help on each heading, and a
 * second sheet that explains all columns.
 * @returns the file, or `type/unknown`, `org/unknown`, `permission/denied`
 */
export async function importTemplate(
  ledger: Ledger,
  actor: Actor,
  typeId: string,
  orgCode: string,
  language: Language = 'zh',
): Promise<Result<Buffer>> {
  const type = typeNamed(ledger.registry, typeId)
  if (!type.ok) return type
  const org = ledger.orgs.find(orgCode)
  if (!org.ok) return org
  const permitted = permit(actor, 'enter', org.value)
  if (!permitted.ok) return permitted
  const columns = prepare(ledger, type.value, org.value, language)
  const workbook = new ExcelJS.Workbook()
  addEntrySheet(workbook, type.value, columns, language)
  addInstructions(workbook, type.value, org.value, columns, language)
  return ok(Buffer.from(await workbook.xlsx.writeBuffer()))
}

function prepare(ledger: Ledger, type: RecordType, org: OrgUnit, language: Language): Prepared[] {
  const limits = limitsOf(type)
  const isUnique = uniqueNames(ledger.orgs)
  const label = (unit: OrgUnit) => (isUnique(unit) ? unit.name : `${unit.name}(${unit.code})`)
  const now = today(ledger.clock)
  const open = (unit: OrgUnit) => isOpenOn(unit, now)
  const beneath = ledger.orgs.under(org.path).filter(open)
  const within = beneath.length > 1 ? [sharedColumn('org')] : []
  const states = Object.keys(type.states).length > 1 ? [sharedColumn('state')] : []
  const columns = [...within, ...fieldColumns(type), ...states]
  return columns.map(column => ({
    column,
    heading: headingOf(column, language) + (column.required ? '*' : ''),
    rule: ruleOf(ledger.registry, type, column, limits[column.name] ?? {}),
    ...listOf(column),
  }))

  function listOf({ kind, info }: Column): Pick<Prepared, 'list' | 'open'> {
    if (kind === 'org') return { list: beneath.map(label), open: true }
    if (kind === 'state')
      return { list: Object.keys(type.states).map(state => type.stateTitles[state]?.[language] ?? state), open: false }
    if (info?.kind === 'choice') return { list: offered(info.choices).map(words => words[language]), open: false }
    if (info?.kind === 'boolean') return { list: language === 'zh' ? ['是', '否'] : ['yes', 'no'], open: false }
    if (info?.kind === 'org') {
      const units = fitting(info.orgKind)
      if (units.length > 0) return { list: units.map(label), open: true }
    }
    return { open: true }
  }

  /** Units of a kind beneath the template's own; those of the whole tree where it has none. */
  function fitting(kind: string | undefined): readonly OrgUnit[] {
    const fits = (unit: OrgUnit) => kind === undefined || unit.kind === kind
    const near = beneath.filter(fits)
    return near.length > 0 ? near : ledger.orgs.all().filter(unit => unit.root === org.root && open(unit) && fits(unit))
  }
}

function addEntrySheet(
  workbook: ExcelJS.Workbook,
  type: RecordType,
  columns: readonly Prepared[],
  language: Language,
): void {
  const sheet = workbook.addWorksheet(sheetName(type.title[language]), { views: [{ state: 'frozen', ySplit: 1 }] })
  // ExcelJS validates whole ranges but declares it for single cells only.
  const { dataValidations } = sheet as unknown as { dataValidations: Validations }
  const lists = listSheet(workbook, language)
  for (const [at, { column, heading, rule, list, open }] of columns.entries()) {
    const letter = letters(at)
    const { width, numFmt } = looks(column)
    const below = sheet.getColumn(at + 1)
    below.width = Math.max(width, wide(heading) + 2)
    if (numFmt) below.numFmt = numFmt
    const head = sheet.getCell(`${letter}1`)
    head.value = heading
    head.style = {
      font: { bold: true },
      alignment: { vertical: 'middle', wrapText: true },
      fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: column.required ? HEAD_REQUIRED : HEAD } },
      border: { bottom: { style: 'thin' } },
    }
    const help = helpOf(column, rule, language)
    head.note = { texts: [{ text: help }], margins: { insetmode: 'auto' } }
    dataValidations.add(`${letter}2:${letter}${ROWS + 1}`, {
      ...(list ? listed(lists(list), open, language) : { type: 'any' as const, formulae: [] }),
      allowBlank: true,
      showInputMessage: true,
      promptTitle: cut(heading, 32),
      prompt: cut(help, 255),
    })
  }
  sheet.getRow(1).height = 22
}

interface Validations {
  add(range: string, validation: Omit<ExcelJS.DataValidation, 'type'> & { type: 'list' | 'any' }): void
}

/** A drop-down; what is not in it is refused, or asked about where it may be right all the same. */
const listed = (range: string, open: boolean, language: Language) => ({
  type: 'list' as const,
  formulae: [range],
  showErrorMessage: true,
  errorStyle: open ? 'warning' : 'stop',
  errorTitle: language === 'zh' ? '不在列表中' : 'Not in the list',
  error:
    language === 'zh'
      ? open
        ? '列表里没有这一项。确实要用吗？'
        : '请从下拉列表中选择。'
      : open
        ? 'The list does not have it. Use it all the same?'
        : 'Please choose from the list.',
})

/** A hidden sheet of the lists that drop-downs offer; equal ones stand there once. Gives the range of a list. */
function listSheet(workbook: ExcelJS.Workbook, language: Language): (list: readonly string[]) => string {
  const name = language === 'zh' ? '选项' : 'Choices'
  const sheet = workbook.addWorksheet(name, { state: 'veryHidden' })
  const known = new Map<string, string>()
  return list => {
    const key = list.join('\n')
    const range = known.get(key)
    if (range) return range
    const at = known.size
    sheet.getColumn(at + 1).values = [...list]
    const made = `${name}!$${letters(at)}$1:$${letters(at)}$${list.length}`
    known.set(key, made)
    return made
  }
}

/** Formats of a column's cells: numbers of many digits, such as telephones, stay as typed only in cells of text. */
function looks({ kind, info }: Column): { width: number; numFmt?: string } {
  if (kind !== 'field') return { width: 14 }
  switch (info?.kind) {
    case 'day':
      return { width: 12, numFmt: 'yyyy-mm-dd' }
    case 'instant':
      return { width: 18, numFmt: 'yyyy-mm-dd hh:mm' }
    case 'money':
    case 'mass':
    case 'length':
    case 'area':
      return { width: 12, numFmt: `#,##0.${'#'.repeat(decimalsOf(info))}` }
    case 'integer':
    case 'decimal':
    case 'choice':
    case 'boolean':
      return { width: 12 }
    case 'text':
      return { width: (info.max ?? 0) > 60 ? 36 : 18, numFmt: '@' }
    default:
      return { width: 18, numFmt: '@' }
  }
}

const helpOf = ({ required, info }: Column, rule: Words, language: Language): string =>
  [
    `${language === 'zh' ? (required ? '必填。' : '选填。') : required ? 'Required: ' : 'Optional: '}${rule[language]}`,
    ...(info?.help ? [info.help[language]] : []),
  ].join('\n')

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** Width of a text in columns of Latin characters. */
const wide = (text: string) => [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0)

function addInstructions(
  workbook: ExcelJS.Workbook,
  type: RecordType,
  org: OrgUnit,
  columns: readonly Prepared[],
  language: Language,
): void {
  const zh = language === 'zh'
  const sheet = workbook.addWorksheet(INSTRUCTIONS[language], {
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToHeight: 0, paperSize: 9 },
  })
  sheet.columns = [22, 8, 56, 10, 44, 40].map(width => ({ width }))
  sheet.addRow([zh ? `${type.title.zh}：填写说明` : `${type.title.en}: how to fill it in`]).font = {
    bold: true,
    size: 14,
  }
  const name = zh ? org.name : (org.nameEn ?? org.name)
  if (type.help) sheet.addRow([type.help[language]])
  for (const line of zh ? generalZh(name) : generalEn(name)) sheet.addRow([line])
  sheet.addRow([])
  const head = sheet.addRow(
    zh
      ? ['列', '必填', '怎样填', '单位', '可选项', '说明']
      : ['Column', 'Required', 'What to enter', 'Unit', 'Choices', 'Help'],
  )
  head.font = { bold: true }
  head.eachCell(cell => {
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEAD } }
  })
  for (const { column, rule } of columns) {
    const row = sheet.addRow([
      headingOf(column, language),
      column.required ? (zh ? '是' : 'yes') : '',
      rule[language],
      column.unit ? (zh ? column.unit.zh : column.unit.many) : '',
      choicesOf(column, type, language),
      column.info?.help?.[language] ?? '',
    ])
    row.alignment = { vertical: 'top', wrapText: true }
  }
}

/** Choices are told in full; org units would be too many, their drop-down has them. */
function choicesOf({ kind, info }: Column, type: RecordType, language: Language): string {
  const between = language === 'zh' ? '、' : ', '
  if (kind === 'state')
    return Object.keys(type.states)
      .map(state => type.stateTitles[state]?.[language] ?? state)
      .join(between)
  return offered(info?.choices)
    .map(words => words[language])
    .join(between)
}

const generalZh = (org: string): string[] => [
  `一行一条记录，填在第一张工作表里，登记到“${org}”${'（或“单位”列写明的下属单位）'}。带 * 的列必须填。`,
  '列的顺序可以变，不用的列可以删去，但不要改表头的文字。不要合并单元格，不要用公式（请粘贴为数值）。',
  '默认有一行不合格就一行都不导入，每处错误都会指明行、列和原因；同一个文件重复导入不会重复记录。',
]

const generalEn = (org: string): string[] => [
  `One record a row on the first sheet, for ${org} or the unit beneath it that the row names. Columns with * must be filled in.`,
  'Columns may change places and unused ones may be deleted, but keep the headings. No merged cells, no formulas: paste values.',
  'With one bad row nothing is imported unless you ask for the good ones; every error names row, column and rule. Importing a file again adds nothing.',
]
