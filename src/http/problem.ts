import { fail, type Problem } from '../kernel/result.ts'
import type { Language, Words } from '../kernel/words.ts'
import { errorCode, explainDatabaseError, StoreError } from '../store/problem.ts'

/** An error as an answer. Source: RFC 9457 */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  /** Of the request, for whoever looks into the log. */
  readonly instance: string
  readonly errors: readonly Problem[]
}

const TITLES: Readonly<Record<number, Words>> = {
  400: { zh: '请求有误', en: 'The request is wrong' },
  401: { zh: '请先登录', en: 'Sign in first' },
  403: { zh: '没有权限', en: 'Not permitted' },
  404: { zh: '没有找到', en: 'Not found' },
  405: { zh: '不能这样操作', en: 'Not possible here' },
  406: { zh: '没有这种格式', en: 'No such format' },
  409: { zh: '与现有内容冲突', en: 'In conflict with what is there' },
  412: { zh: '已被别人改过', en: 'Changed by someone else' },
  413: { zh: '内容太大', en: 'Too large' },
  415: { zh: '不接受这种内容', en: 'Not that kind of content' },
  422: { zh: '内容不符合要求', en: 'Some of it breaks a rule' },
  428: { zh: '要说明依据哪个版本', en: 'Say which version it is based on' },
  429: { zh: '太频繁', en: 'Too often' },
  500: { zh: '系统出错', en: 'Something broke' },
  503: { zh: '暂时不可用', en: 'Away for the moment' },
  507: { zh: '磁盘已满', en: 'The disk is full' },
}

export const titleOf = (status: number): Words => TITLES[status] ?? TITLES[status < 500 ? 400 : 500]!

/** A `type` that names the problem without promising a page. Source: RFC 9457, 4.1 */
const typeOf = (code: string) => `urn:yilu:problem:${code}`

export function problemDocument(
  problems: readonly Problem[],
  status: number,
  language: Language,
  requestId: string,
): ProblemDocument {
  const first = problems[0]!
  const more = problems.length - 1
  const others = more === 0 ? '' : language === 'zh' ? `（另有${more}处）` : ` (and ${more} more)`
  return {
    type: typeOf(first.code),
    title: titleOf(status)[language],
    status,
    detail: first[language] + others,
    code: first.code,
    instance: `urn:yilu:request:${requestId}`,
    errors: problems,
  }
}

const STATUS: readonly (readonly [RegExp, number])[] = [
  [/^session\/none$|^sign-in\/refused$/, 401],
  [/^permission\/|^csrf\//, 403],
  [/^request\/no-such-route$/, 404],
  [/^request\/too-large$|^evidence\/too-large$/, 413],
  [/^request\/media-type$/, 415],
  [/^request\/no-version$/, 428],
  [/^request\/(?!(invalid|missing|unknown-field|no-content)$)/, 400],
  [/^(sign-in|live|job|public)\/too-(often|many)$/, 429],
  [/^internal\//, 500],
  [/^store\/unavailable$/, 503],
  [/^store\/disk-full$/, 507],
  [
    /\/(duplicate-.*|similar|racing|in-progress|imported-before|issued|busy|later-change|closed|cycle)$|^record\/(not-|void$|merged)/,
    409,
  ],
]

/** The status that fits a problem. What the path itself names and is not there is 404; what only the body names, 422. */
export function statusOf(
  problem: Problem,
  asked: { method: string; params: Readonly<Record<string, unknown>>; conditional: boolean },
): number {
  const { code } = problem
  if (code.endsWith('/stale')) return asked.conditional ? 412 : 409
  const known = STATUS.find(([pattern]) => pattern.test(code))
  if (known) return known[1]
  if (/\/unknown(-file|-checkpoint)?$/.test(code) || code === 'record/not-yet') {
    const said = Object.values(problem).map(String)
    const named = Object.values(asked.params).some(value => said.includes(String(value)))
    return named || code.split('/')[0]! in asked.params ? 404 : asked.method === 'GET' ? 400 : 422
  }
  return asked.method === 'GET' ? 400 : 422
}

export const signInFirst = fail('session/none', { zh: '请先登录', en: 'Sign in first' })

/** Seconds after which a caller may try again what the database was away for. */
export const RETRY_AFTER = 2

/** What an error thrown on the way means to the caller, when it is no bug. */
export function expected(error: unknown): Problem | undefined {
  if (error instanceof StoreError) return error.problem
  return ofFramework(error) ?? explainDatabaseError(error)
}

const FRAMEWORK: Readonly<Record<string, Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'request/too-large', zh: '提交的内容太大', en: 'What was sent is too large' },
  FST_REQ_FILE_TOO_LARGE: { code: 'request/too-large', zh: '文件太大', en: 'The file is too large' },
  FST_FILES_LIMIT: { code: 'request/files', zh: '一次只能上传一个文件', en: 'One file at a time' },
  FST_PARTS_LIMIT: { code: 'request/files', zh: '一次只能上传一个文件', en: 'One file at a time' },
  FST_FIELDS_LIMIT: { code: 'request/fields', zh: '字段太多', en: 'Too many fields' },
  FST_INVALID_MULTIPART_CONTENT_TYPE: {
    code: 'request/media-type',
    zh: '文件应以 multipart/form-data 上传',
    en: 'Send files as multipart/form-data',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'request/media-type',
    zh: '不接受这种内容类型',
    en: 'That content type is not accepted',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    code: 'request/json',
    zh: '请求不是合规的 JSON',
    en: 'The request is not proper JSON',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'request/json', zh: '请求没有内容', en: 'The request has no content' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'request/length', zh: '内容长度不符', en: 'The length does not fit' },
  FST_ERR_BAD_URL: { code: 'request/address', zh: '地址有误', en: 'The address is wrong' },
}

function ofFramework(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined
  const { code = '', statusCode } = error as Error & { code?: string; statusCode?: number }
  const known = FRAMEWORK[code]
  if (known) return known
  if (error instanceof SyntaxError && statusCode === 400)
    return {
      code: 'request/json',
      zh: '请求不是合规的 JSON',
      en: 'The request is not proper JSON',
      reason: error.message,
    }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { code: 'request/bad', zh: '请求无法识别', en: 'The request cannot be understood' }
  return undefined
}

/** What the log says of a bug: not what a database adds, which may quote the row with what people entered. */
export function inside(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: String(error) }
  const { name, message, stack } = error
  return { error: { name, message, stack, code: errorCode(error) } }
}
