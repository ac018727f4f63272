import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { encodingOf, textOf } from './encoding.ts'
import { MAX_ROW_CHARACTERS, ROWS_AT_ONCE, type Source, type SourceRow, Unreadable } from './source.ts'

/** A csv file: UTF-8 or GB18030 (UTF-16 with a mark), with commas, semicolons or tabs. Source: RFC 4180 */
export function csvSource(path: string, size: number, signal?: AbortSignal): Source {
  let read = 0
  return {
    progress: () => Math.min(1, read / size),
    async *batches() {
      const encoding = await encodingOf(path, signal)
      const text = textOf(
        path,
        encoding,
        bytes => {
          read += bytes
        },
        signal,
      )
      const { delimiter, whole } = await delimited(text)
      const parser = parse({
        delimiter,
        relax_column_count: true,
        skip_empty_lines: false,
        max_record_size: MAX_ROW_CHARACTERS,
      })
      const source = Readable.from(whole)
      source.on('error', error => parser.destroy(error))
      source.pipe(parser)
      let rows: SourceRow[] = []
      let row = 0
      // What the parser has read is ahead of what it has handed on.
      const next = (error: CsvError) => (typeof error.records === 'number' ? error.records : row) + 1
      try {
        for await (const cells of parser as AsyncIterable<string[]>) {
          row++
          rows.push({ row, cells })
          if (rows.length < ROWS_AT_ONCE) continue
          yield { sheet: '', rows }
          rows = []
        }
      } catch (error) {
        throw error instanceof CsvError ? unreadable(error, next(error)) : error
      } finally {
        source.destroy()
        parser.destroy()
      }
      if (rows.length > 0) yield { sheet: '', rows }
    },
  }
}

/** What divides the cells, by the first line: tabs or semicolons where it has no comma. */
async function delimited(text: AsyncGenerator<string>): Promise<{ delimiter: string; whole: AsyncGenerator<string> }> {
  let head = ''
  while (head.trim() === '' || (!head.trimStart().includes('\n') && head.length < 65_536)) {
    const next = await text.next()
    if (next.done) break
    head += next.value
  }
  const line = head.trimStart().split('\n', 1)[0]!
  const delimiter = [',', '\t', ';'].find(character => line.includes(character)) ?? ','
  return { delimiter, whole: continued(head, text) }
}

async function* continued(head: string, rest: AsyncGenerator<string>) {
  if (head !== '') yield head
  yield* rest
}

function unreadable(error: CsvError, row: number): Unreadable {
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new Unreadable('import/row-too-long', {
      row,
      zh: `第${row}行太长（超过${MAX_ROW_CHARACTERS / 1024 / 1024}MB），可能少了一个引号`,
      en: `Row ${row} is too long (over ${MAX_ROW_CHARACTERS / 1024 / 1024} MB); a quote may be missing`,
    })
  return new Unreadable('import/csv-quote', {
    row,
    zh: `第${row}行的引号不成对：含引号、逗号或换行的单元格要用双引号括起，其中的双引号写两次`,
    en: `Row ${row} has a stray quote: put cells with quotes, commas or line breaks in double quotes, and double the quotes within`,
  })
}
