import { fail, type Problem } from '../result.ts'
import { encodingOf, textOf } from './encoding.ts'
import { MAX_ROW_CHARACTERS, ROWS_AT_ONCE, type Source, type SourceRow, Unreadable } from './source.ts'

/** A file of one JSON object a line, in UTF-8. Source: jsonlines.org */
export function jsonlSource(path: string, size: number, signal?: AbortSignal): Source {
  let read = 0
  return {
    progress: () => Math.min(1, read / size),
    async *batches() {
      if ((await encodingOf(path, signal)) !== 'utf-8')
        throw new Unreadable('import/encoding', {
          zh: 'jsonl 文件必须是 UTF-8 编码',
          en: 'A jsonl file must be in UTF-8',
        })
      const count = (bytes: number) => {
        read += bytes
      }
      let rows: SourceRow[] = []
      let rest = ''
      let row = 0
      for await (const piece of textOf(path, 'utf-8', count, signal)) {
        const text = rest + piece
        let start = 0
        for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
          row++
          const line = text.slice(start, end)
          start = end + 1
          if (line.trim() !== '') rows.push(parsed(line, row))
          if (rows.length < ROWS_AT_ONCE) continue
          yield { sheet: '', rows }
          rows = []
        }
        rest = text.slice(start)
        if (rest.length > MAX_ROW_CHARACTERS) throw tooLong(row + 1)
      }
      if (rest.trim() !== '') rows.push(parsed(rest, row + 1))
      if (rows.length > 0) yield { sheet: '', rows }
    },
  }
}

function parsed(line: string, row: number): SourceRow {
  if (line.length > MAX_ROW_CHARACTERS) throw tooLong(row)
  try {
    const object: unknown = JSON.parse(line)
    if (typeof object !== 'object' || object === null || Array.isArray(object))
      return { row, cells: [], line, problem: notAnObject }
    if (isDeeper(object, DEEPEST)) return { row, cells: [], line, problem: tooDeep }
    return { row, cells: [], line, object: object as Record<string, unknown> }
  } catch {
    return { row, cells: [], line, problem: notJson }
  }
}

const problemOf = (code: string, zh: string, en: string): Problem => fail(code, { zh, en }).problems[0]!
const notJson = problemOf('import/json', '这一行不是合法的 JSON', 'This line is no valid JSON')
const notAnObject = problemOf('import/json-object', '这一行应是一个 JSON 对象', 'This line should be a JSON object')

const tooDeep = problemOf('import/too-deep', '这一行的内容嵌套太深', 'This line is nested too deeply')

/** Levels of lists and objects; sub-rows with places have four. What is far deeper would exhaust whoever walks it. */
const DEEPEST = 20

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some(inner => isDeeper(inner, levels - 1)))

const tooLong = (row: number) =>
  new Unreadable('import/row-too-long', {
    row,
    zh: `第${row}行太长（超过${MAX_ROW_CHARACTERS / 1024 / 1024}MB）`,
    en: `Row ${row} is too long (over ${MAX_ROW_CHARACTERS / 1024 / 1024} MB)`,
  })
