import ExcelJS from 'exceljs'
import type { Ledger } from '../ledger.ts'
import { isOpenOn, type OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { today } from '../period/period.ts'
import type { FieldInfo } from '../records/fields.ts'
import type { RecordType } from '../records/type.ts'
import { typeNamed } from '../registry.ts'
import { ok, type Result } from '../result.ts'
import type { Language } from '../words.ts'
import { BAR, type Column, fieldColumns, headingOf, sharedColumn, subHeadings } from './columns.ts'
import { sheetName } from './export.ts'

/** Rows that drop-downs and formats reach down to. */
const ROWS = 2000
const LISTS = '选项'

/**
 * An empty workbook for a record type: headings with units, help as notes, drop-downs for choices and for the units
 * beneath `org`, and a second sheet that explains every column. Filled in, it imports.
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
  const now = today(ledger.clock)
  const units = ledger.orgs.under(org.value.path).filter(unit => isOpenOn(unit, now))
  const columns = [...fieldColumns(type.value), ...(units.length > 1 ? [sharedColumn('org')] : [])]
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet(sheetName(type.value.title[language]), {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  const help = workbook.addWorksheet(language === 'zh' ? '填写说明' : 'Help')
  const lists = workbook.addWorksheet(LISTS, { state: 'veryHidden' })
  for (const [i, column] of columns.entries()) {
    const head = sheet.getCell(1, i + 1)
    head.value = headingOf(column, language)
    head.font = { bold: true, color: column.required ? { argb: 'FFB42318' } : {} }
    head.note = { texts: [{ text: ruleOf(column, language) }], margins: { insetmode: 'auto' } }
    const letters = sheet.getColumn(i + 1)
    letters.width = Math.min(Math.max(headingOf(column, language).length * 2 + 4, 12), 40)
    if (column.info?.kind === 'day') letters.numFmt = 'yyyy-mm-dd'
    if (keepsText(column)) letters.numFmt = '@'
    const options = optionsOf(column, units, language)
    if (options.length > 0) offer(sheet, lists, i + 1, options, language)
  }
  explain(help, type.value, columns, language)
  return ok(Buffer.from(await workbook.xlsx.writeBuffer()))
}

/** Numbers of many digits (cards, telephones) would lose their end as numbers. */
const keepsText = ({ info }: Column) => info?.kind === 'text' || info?.kind === 'personal'

function optionsOf(column: Column, units: readonly OrgUnit[], language: Language): readonly string[] {
  const { info, kind } = column
  if (kind === 'org') return units.map(nameIn(units))
  if (info?.kind === 'choice')
    return Object.values(info.choices ?? {})
      .filter(choice => !choice.retired)
      .map(choice => choice[language])
  if (info?.kind === 'org') return units.filter(unit => !info.orgKind || unit.kind === info.orgKind).map(nameIn(units))
  if (info?.kind === 'boolean') return language === 'zh' ? ['是', '否'] : ['yes', 'no']
  return []
}

/** A unit by its name where no other beneath has it, else by its code. */
function nameIn(units: readonly OrgUnit[]) {
  const times = new Map<string, number>()
  for (const { name } of units) times.set(name, (times.get(name) ?? 0) + 1)
  return (unit: OrgUnit) => (times.get(unit.name) === 1 ? unit.name : unit.code)
}

/** A drop-down that takes nothing else. Long lists do not fit into a rule; they stand on a sheet of their own. */
function offer(
  sheet: ExcelJS.Worksheet,
  lists: ExcelJS.Worksheet,
  column: number,
  options: readonly string[],
  language: Language,
) {
  for (const [i, option] of options.entries()) lists.getCell(i + 1, column).value = option
  const letter = lists.getColumn(column).letter
  const validation: ExcelJS.DataValidation = {
    type: 'list',
    allowBlank: true,
    formulae: [`${LISTS}!$${letter}$1:$${letter}$${options.length}`],
    showErrorMessage: true,
    errorTitle: language === 'zh' ? '请从下拉选项中选择' : 'Choose from the list',
    error: language === 'zh' ? '这里只能填选项中的内容' : 'Only what the list offers can stand here',
  }
  // exceljs keeps rules by address; one for the whole range instead of one for each cell.
  ;(sheet as unknown as { dataValidations: { model: Record<string, ExcelJS.DataValidation> } }).dataValidations.model[
    `${letter}2:${letter}${ROWS}`
  ] = validation
}

function explain(sheet: ExcelJS.Worksheet, type: RecordType, columns: readonly Column[], language: Language) {
  const zh = language === 'zh'
  sheet.columns = [{ width: 24 }, { width: 8 }, { width: 90 }]
  sheet.addRow([type.title[language], '', type.help?.[language] ?? '']).font = { bold: true }
  sheet.addRow([zh ? '列' : 'Column', zh ? '必填' : 'Required', zh ? '怎样填' : 'How to fill it in']).font = {
    bold: true,
  }
  for (const column of columns) {
    const row = sheet.addRow([headingOf(column, language), column.required ? '✓' : '', ruleOf(column, language)])
    row.alignment = { wrapText: true, vertical: 'top' }
  }
}

/** How a column is filled in, in a sentence or two. */
function ruleOf(column: Column, language: Language): string {
  const zh = language === 'zh'
  if (column.kind === 'org')
    return zh
      ? '这条记录属于哪个单位，不填就是导入时所选的单位'
      : 'Which unit the record belongs to; empty: the one chosen on import'
  const info = column.info!
  const parts = [column.required ? (zh ? '必填' : 'Required') : zh ? '可不填' : 'Optional', kindRule(info, language)]
  if (info.help) parts.push(info.help[language])
  return parts.filter(Boolean).join(zh ? '。' : '. ')
}

function kindRule(info: FieldInfo, language: Language): string {
  const zh = language === 'zh'
  switch (info.kind) {
    case 'day':
      return (
        (zh ? '日期，如 2024-05-18' : 'A day such as 2024-05-18') +
        (info.future ? '' : zh ? '，不能晚于今天' : ', not after today')
      )
    case 'instant':
      return zh ? '时刻，如 2024-05-18 09:30（北京时间）' : 'An instant such as 2024-05-18 09:30, Beijing time'
    case 'integer':
      return zh ? '整数' : 'A whole number'
    case 'decimal':
      return zh ? `数字，小数最多${info.scale ?? 2}位` : `A number with at most ${info.scale ?? 2} decimals`
    case 'money':
      return zh ? '金额，单位元；也可写 27万元' : 'An amount in yuan'
    case 'mass':
    case 'length':
    case 'area':
      return zh ? '数量，单位见表头；也可带单位填写' : 'A quantity in the unit of the heading'
    case 'choice':
      return zh ? '从下拉选项中选一个' : 'One of the list'
    case 'choices':
      return `${zh ? '可选几个，用顿号隔开：' : 'Several, with 、 between: '}${titles(info, language)}`
    case 'boolean':
      return zh ? '是或否' : 'Yes or no'
    case 'org':
      return zh ? '单位名称或代码' : 'Name or code of an org unit'
    case 'person':
      return zh ? '用户的姓名或登录名' : 'Name or login of a user'
    case 'reference':
      return zh ? '所引用记录的编号' : 'The number of the record referred to'
    case 'location':
      return zh ? '经度,纬度，如 113.26,23.13' : 'longitude,latitude: 113.26,23.13'
    case 'rows':
      return zh
        ? `每行一条，各项用“${BAR}”隔开：${subHeadings(info, language).join(BAR)}`
        : `One a line, with ${BAR} between: ${subHeadings(info, language).join(BAR)}`
    case 'personal':
      return zh ? '个人信息，加密保存' : 'Personal, kept encrypted'
    case 'attachment':
      return zh ? '佐证文件的 SHA-256' : 'The SHA-256 of a file'
    default:
      return info.max
        ? zh
          ? `文字，最多${info.max}个字`
          : `Text, at most ${info.max} characters`
        : zh
          ? '文字'
          : 'Text'
  }
}

const titles = (info: FieldInfo, language: Language) =>
  Object.values(info.choices ?? {})
    .filter(choice => !choice.retired)
    .map(choice => choice[language])
    .join('、')
