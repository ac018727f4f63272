import { z } from 'zod'
import { unitOf, unitWord } from '../figures/units.ts'
import { type Choices, type FieldInfo, isRequired } from '../records/fields.ts'
import type { RecordType } from '../records/type.ts'
import type { Registry } from '../registry.ts'
import type { Language, Words } from '../words.ts'
import { BAR, type Column, subHeadings } from './columns.ts'

// What a column of a sheet takes, said to whoever fills it in.

/** The choices still offered. */
export const offered = (choices: Choices = {}): Words[] => Object.values(choices).filter(choice => !choice.retired)

/** Limits of a field as its JSON Schema has them. */
export interface Limits {
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: unknown
}

export function limitsOf(type: RecordType): Readonly<Record<string, Limits>> {
  const { properties } = z.toJSONSchema(type.schema, { unrepresentable: 'any', io: 'input' })
  return (properties ?? {}) as Record<string, Limits>
}

/** Everything that decides whether a cell is taken, in one or two sentences. */
export function ruleOf(registry: Registry, type: RecordType, column: Column, limits: Limits): Words {
  const said = [main(registry, column, limits), ...extras(type, column, limits)]
  return { zh: said.map(({ zh }) => zh).join('；'), en: said.map(({ en }) => en).join('; ') }
}

function main(registry: Registry, { kind, info, unit }: Column, limits: Limits): Words {
  if (kind === 'org')
    return {
      zh: '单位名称或代码；不填即为本表所属单位',
      en: 'name or code of the org unit; empty for the one the file is imported for',
    }
  if (kind === 'state')
    return { zh: '从下拉列表中选；不填即为初始状态', en: 'choose from the list; empty for the first state' }
  if (!info) return { zh: '', en: '' }
  switch (info.kind) {
    case 'text':
      return { zh: `文字，最多${info.max}字`, en: `text of at most ${info.max} characters` }
    case 'personal':
      return {
        zh: `个人信息，最多${info.max}字，加密保存，页面上遮盖显示`,
        en: `personal data of at most ${info.max} characters; kept encrypted, shown masked`,
      }
    case 'integer':
      return span({ zh: '整数', en: 'a whole number' }, limits)
    case 'decimal':
      return span({ zh: `数字，最多${info.scale}位小数`, en: `a number with at most ${info.scale} decimals` }, limits)
    case 'money':
    case 'mass':
    case 'length':
    case 'area':
      return {
        zh: `数字，以${unit?.zh}计；用别的单位请写明，如 ${EXAMPLES[info.kind]}`,
        en: `a number in ${unit?.many}; another unit has to be said: ${EXAMPLES[info.kind]}`,
      }
    case 'day':
      return { zh: '日期，如 2024-05-18', en: 'a day such as 2024-05-18' }
    case 'instant':
      return { zh: '北京时间，如 2024-05-18 09:30', en: 'Beijing time such as 2024-05-18 09:30' }
    case 'boolean':
      return { zh: '填“是”或“否”', en: 'yes or no' }
    case 'choice':
      return { zh: '从下拉列表中选一项', en: 'one of the list' }
    case 'choices':
      return { zh: '可填多项，用顿号隔开', en: 'one or several, with commas between them' }
    case 'org':
      return { zh: '单位名称；有同名的填代码', en: 'name of the org unit; its code where several have that name' }
    case 'person':
      return { zh: '用户的登录名或姓名', en: 'login or name of a user' }
    case 'reference':
      return referenceRule(registry, info)
    case 'location':
      return { zh: '经度,纬度，如 113.26,23.13', en: 'longitude,latitude such as 113.26,23.13' }
    case 'attachment':
      return { zh: '已上传文件的 SHA-256', en: 'SHA-256 of a file that was uploaded' }
    case 'rows':
      return {
        zh: `一行一条，各项依次为：${subHeadings(info, 'zh').join(BAR)}，用“${BAR}”隔开`,
        en: `one a line, its values in this order with ${BAR} between them: ${subHeadings(info, 'en').join(BAR)}`,
      }
  }
}

const EXAMPLES = { money: '1.2万元', mass: '3.5吨', length: '1.2公里', area: '2公顷' } as const

function referenceRule(registry: Registry, { of }: FieldInfo): Words {
  const target = registry.types.get(of ?? '')
  const [key, ...more] = target?.key ?? []
  const named = key && key !== 'org' && more.length === 0 ? target?.fields[key]?.title : undefined
  return named && target
    ? { zh: `${target.title.zh}的${named.zh}`, en: `${named.en} of a ${target.title.en}` }
    : {
        zh: `${target?.title.zh ?? ''}的记录编号（导出文件的第一列）`,
        en: `record id of a ${target?.title.en ?? ''} (the first column of an export)`,
      }
}

function span({ zh, en }: Words, { minimum = -MOST, maximum = MOST }: Limits): Words {
  const [low, high] = [minimum, maximum].map(number => number.toLocaleString('en').replaceAll(',', ''))
  const hasLow = minimum > -FAR
  const hasHigh = maximum < FAR
  if (hasLow && hasHigh) return { zh: `${zh}，${low} 到 ${high}`, en: `${en} from ${low} to ${high}` }
  if (hasLow) return { zh: `${zh}，不小于 ${low}`, en: `${en}, at least ${low}` }
  return hasHigh ? { zh: `${zh}，不大于 ${high}`, en: `${en}, at most ${high}` } : { zh, en }
}

/** Limits beyond these are those of the machine, not of the matter. */
const FAR = 1e9
const MOST = Number.MAX_SAFE_INTEGER

function extras(type: RecordType, { kind, name, info }: Column, limits: Limits): Words[] {
  const said: Words[] = []
  if (kind !== 'field' || !info) return said
  if (info.kind === 'day' && !info.future) said.push({ zh: '不得晚于今天', en: 'not after today' })
  if (type.key?.includes(name))
    said.push(
      type.key.length === 1
        ? { zh: '不得与已有记录相同', en: 'no other record may have the same' }
        : { zh: `与${keyWords(type, 'zh')}一起不得重复`, en: `unique together with ${keyWords(type, 'en')}` },
    )
  if (limits.default !== undefined && !isRequired(type.schema.shape[name]!)) {
    const usual = usualWords(info, limits.default)
    if (usual) said.push({ zh: `不填即为${usual.zh}`, en: `${usual.en} when empty` })
  }
  return said
}

const keyWords = (type: RecordType, language: Language) =>
  (type.key ?? [])
    .map(key => (key === 'org' ? { zh: '单位', en: 'org unit' } : type.fields[key]!.title)[language])
    .join(language === 'zh' ? '、' : ', ')

function usualWords(info: FieldInfo, value: unknown): Words | undefined {
  if (info.kind === 'choice') return info.choices?.[String(value)]
  if (info.kind === 'boolean') return value ? { zh: '“是”', en: 'yes' } : { zh: '“否”', en: 'no' }
  if (info.kind !== 'integer' && info.kind !== 'decimal') return undefined
  const unit = info.unit === undefined ? undefined : unitOf(info.unit)
  return {
    zh: `${value}${unit?.zh ?? ''}`,
    en: unit ? `${value} ${unitWord(unit, 'en', value === 1)}` : String(value),
  }
}
