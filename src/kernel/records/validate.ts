import type { z } from 'zod'
import { isOpenOn, type OrgDirectory } from '../org/directory.ts'
import { failAll, ok, type Problem, type Result } from '../result.ts'
import type { FieldInfo } from './fields.ts'
import { isCovered } from './mask.ts'
import type { Fields, RecordType } from './type.ts'

export interface Surroundings {
  readonly orgs: OrgDirectory
  /** Today in Asia/Shanghai, 'YYYY-MM-DD'. */
  readonly today: string
  readonly root: number
  /** What the record said before: retired choices that it held may stay. */
  readonly before?: Fields
}

/**
 * Checks what someone entered against the declaration: shape, then what only the ledger knows (org units, days).
 * Computed fields are worked out here. References and attachments are checked against the database when saving.
 * @returns the fields, or all problems found, each with the field's name
 */
export function validate(type: RecordType, entered: unknown, around: Surroundings): Result<Fields> {
  const parsed = type.schema.safeParse(entered)
  if (!parsed.success) return failAll(parsed.error.issues.flatMap(issue => problemsOf(type, issue, entered)))
  const fields = withoutEmpty(parsed.data as Fields)
  const day = fields[type.day]
  const problems = [...surroundingProblems(type.fields, fields, { ...around, ...(typeof day === 'string' && { day }) })]
  for (const problem of type.check?.(fields) ?? []) problems.push({ ...problem, code: `record/${problem.code}` })
  if (problems.length > 0) return failAll(problems)
  const computed = Object.entries(type.computed).map(([name, { of }]) => [name, of(fields)] as const)
  const tooLarge = computed.filter(
    ([, value]) => typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER,
  )
  if (tooLarge.length > 0) return failAll(tooLarge.map(([name]) => outOfRange(name, type.fields[name]!)))
  const known = computed.filter(([, value]) => value !== null && !Number.isNaN(value))
  return ok({ ...fields, ...Object.fromEntries(known) })
}

const outOfRange = (field: string, { title }: FieldInfo): Problem => ({
  code: 'field/too-large',
  field,
  zh: `${title.zh}：算出的数太大`,
  en: `${title.en} comes out too large`,
})

const withoutEmpty = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null))

function* surroundingProblems(
  infos: Readonly<Record<string, FieldInfo>>,
  fields: Fields,
  around: Surroundings & { readonly day?: string },
  at = '',
): Generator<Problem> {
  for (const [name, value] of Object.entries(fields)) {
    const info = infos[name]
    const field = at + name
    if (!info) continue
    if (info.choices) yield* retiredChoices(info, field, value, around.before)
    if (info.kind === 'personal' && isCovered(value))
      yield {
        code: 'field/masked',
        field,
        value,
        zh: `${info.title.zh}：这是遮盖后的内容，请填写原文`,
        en: `${info.title.en}: this is a masked value; enter what it stands for`,
      }
    if (info.kind === 'day' && !info.future && String(value) > around.today)
      yield {
        code: 'field/future-day',
        field,
        value,
        zh: `${info.title.zh}不能晚于今天(${around.today})`,
        en: `${info.title.en} may not lie in the future (today is ${around.today})`,
      }
    if (info.kind === 'org') {
      const unit = around.orgs.byCode(String(value))
      if (!unit || unit.root !== around.root)
        yield {
          code: 'field/unknown-org',
          field,
          value,
          zh: `${info.title.zh}：没有代码为“${value}”的单位`,
          en: `${info.title.en}: there is no org unit ${value}`,
        }
      else if (info.orgKind && unit.kind !== info.orgKind)
        yield {
          code: 'field/org-kind',
          field,
          value,
          zh: `${info.title.zh}：“${unit.name}”不是所要求的单位类别`,
          en: `${info.title.en}: ${unit.code} is a ${unit.kind}, not a ${info.orgKind}`,
        }
      else if (around.day && !isOpenOn(unit, around.day) && around.before?.[name] !== value)
        yield {
          code: 'field/closed-org',
          field,
          value,
          zh: `${info.title.zh}：“${unit.name}”在${around.day}不是有效单位`,
          en: `${info.title.en}: ${unit.code} was not open on ${around.day}`,
        }
    }
    if (info.kind === 'rows' && info.rows && Array.isArray(value))
      for (const [index, row] of value.entries())
        yield* surroundingProblems(info.rows, row as Fields, around, `${field}[${index + 1}].`)
  }
}

/** A Zod issue in words that name the field, the value and the rule. */
function problemsOf(type: RecordType, issue: z.core.$ZodIssue, entered: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => unexpected(type, pathText([...issue.path, shorten(key)]), key))
  const info = infoAt(type, issue.path)
  const title = info?.title ?? { zh: pathText(issue.path) || type.title.zh, en: pathText(issue.path) || type.title.en }
  const value = valueAt(entered, issue.path)
  const rule = ruleOf(issue, info, value)
  return [
    {
      code: `field/${rule.code}`,
      field: pathText(issue.path),
      value: shorten(value),
      zh: `${title.zh}：${rule.zh}`,
      en: `${title.en}: ${rule.en}`,
    },
  ]
}

const unexpected = (type: RecordType, field: string, key: string): Problem =>
  Object.hasOwn(type.computed, field)
    ? {
        code: 'field/computed',
        field,
        zh: `${type.fields[field]!.title.zh}由系统计算，不用填写`,
        en: `${type.fields[field]!.title.en} is worked out and cannot be entered`,
      }
    : { code: 'field/unknown', field, zh: `没有“${shorten(key)}”这个字段`, en: `There is no field ${shorten(key)}` }

/** Choices no longer offered may stay where they were, and are not entered anew. */
function* retiredChoices(
  info: FieldInfo,
  field: string,
  value: unknown,
  before: Fields | undefined,
): Generator<Problem> {
  const held = before?.[field]
  for (const one of Array.isArray(value) ? value : [value]) {
    const choice = info.choices?.[String(one)]
    if (!choice?.retired || one === held || (Array.isArray(held) && held.includes(one))) continue
    yield {
      code: 'field/retired-choice',
      field,
      value: one,
      zh: `${info.title.zh}：“${choice.zh}”已停用`,
      en: `${info.title.en}: ${choice.en} is no longer used`,
    }
  }
}

interface Rule {
  code: string
  zh: string
  en: string
}

function ruleOf(issue: z.core.$ZodIssue, info: FieldInfo | undefined, value: unknown): Rule {
  if (value === undefined || value === null || value === '')
    return { code: 'required', zh: '不能为空', en: 'may not be empty' }
  switch (issue.code) {
    case 'too_big':
      return typeof value === 'string' || Array.isArray(value)
        ? { code: 'too-long', zh: `最多${issue.maximum}个字`, en: `at most ${issue.maximum} characters` }
        : { code: 'too-large', zh: `不能大于${issue.maximum}`, en: `at most ${issue.maximum}` }
    case 'too_small':
      return typeof value === 'string'
        ? { code: 'required', zh: '不能为空', en: 'may not be empty' }
        : issue.minimum === 0
          ? { code: 'negative', zh: '不能是负数', en: 'may not be negative' }
          : { code: 'too-small', zh: `不能小于${issue.minimum}`, en: `at least ${issue.minimum}` }
    case 'invalid_value':
      return {
        code: 'choice',
        zh: `“${shorten(value)}”不在可选项中${info?.choices ? `（${listed(info, 'zh')}）` : ''}`,
        en: `${shorten(value)} is not one of the choices${info?.choices ? ` (${listed(info, 'en')})` : ''}`,
      }
    case 'custom': {
      const rule = (issue as { params?: { rule?: string; scale?: number } }).params?.rule
      if (rule === 'characters')
        return { code: 'characters', zh: '含有不能保存的字符', en: 'holds characters that cannot be stored' }
      if (rule === 'scale')
        return {
          code: 'scale',
          zh: `小数最多${info?.scale}位`,
          en: `at most ${info?.scale} digits after the point`,
        }
      if (rule === 'day') return noSuchDay(value)
      return { code: 'repeated', zh: '有重复的选项', en: 'holds a choice twice' }
    }
    case 'invalid_format':
      return info?.kind === 'day'
        ? noSuchDay(value)
        : { code: 'format', zh: `“${shorten(value)}”格式不对`, en: `${shorten(value)} is not in the expected form` }
    default: {
      const wanted = KIND_WORDS[info?.kind ?? 'text'] ?? { zh: '其他类型的值', en: 'another kind of value' }
      return { code: 'kind', zh: `应为${wanted.zh}`, en: `should be ${wanted.en}` }
    }
  }
}

const noSuchDay = (value: unknown): Rule => ({
  code: 'no-such-day',
  zh: `没有“${shorten(value)}”这一天（应写作 2024-05-18）`,
  en: `there is no day ${shorten(value)} (write 2024-05-18)`,
})

const KIND_WORDS: Readonly<Record<string, { zh: string; en: string }>> = {
  text: { zh: '文字', en: 'text' },
  personal: { zh: '文字', en: 'text' },
  integer: { zh: '整数', en: 'a whole number' },
  decimal: { zh: '数字', en: 'a number' },
  money: { zh: '以分为单位的整数金额', en: 'an amount in whole fen' },
  mass: { zh: '以克为单位的整数', en: 'whole grams' },
  length: { zh: '以毫米为单位的整数', en: 'whole millimetres' },
  area: { zh: '以平方米为单位的整数', en: 'whole square metres' },
  day: { zh: '日期', en: 'a day' },
  instant: { zh: '时刻', en: 'an instant' },
  boolean: { zh: '是或否', en: 'true or false' },
  rows: { zh: '明细行', en: 'rows' },
}

const listed = (info: FieldInfo, language: 'zh' | 'en') =>
  Object.entries(info.choices ?? {})
    .filter(([, choice]) => !choice.retired)
    .slice(0, 12)
    .map(([key, choice]) => (language === 'zh' ? choice.zh : key))
    .join(language === 'zh' ? '、' : ', ')

const pathText = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part + 1}]` : text ? `${text}.${String(part)}` : String(part),
    '',
  )

function infoAt(type: RecordType, path: readonly PropertyKey[]): FieldInfo | undefined {
  const info = type.fields[String(path[0])]
  return path.length >= 3 ? (info?.rows?.[String(path[2])] ?? info) : info
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part], value)

const shorten = (value: unknown) => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
