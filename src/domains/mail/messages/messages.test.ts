import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must, type Result } from '../../../kernel/result.ts'
import { type Interchange, messageNumber } from './content.ts'
import { readEdifact, writeEdifact } from './edifact/interchange.ts'
import { type Segment, segments, writeSegments } from './edifact/segments.ts'
import { checkEvent, eventKey } from './events.ts'
import { checkJson, readJson, writeJson } from './json.ts'
import { endless, interchanges, pieces } from './testing.ts'
import { localTime } from './time.ts'

const read = (text: string | Uint8Array, size = 7) => readEdifact(pieces(Buffer.from(text), size))
const why = async (text: string | Uint8Array | Promise<Result<unknown>>) => {
  const result = await (text instanceof Promise ? text : read(text))
  return result.ok ? undefined : result.problems.map(each => each.code)
}

const good = `UNA:+.? '
UNB+UNOC:3+CN01+DE01+241123:0830+REF1'
UNH+1+EMSEVT:3:0:UP'
GIN+IT+RR473124829CN'
STS+1+EMH+absent+retry'
LOC+14+CNBJSA'
DTM+7:20241123083015?+0800:208'
GIN+IT+EE000000014CN'
STS+1+EMI'
LOC+14+CNBJSA'
DTM+7:202411230831?+0800:205'
FTX+SIN+++O?'Neill ?+ Co?: ??'
UNT+11+1'
UNH+2+PREDES:2:1:UP'
BGM+DES+CNBJSADEFRAAAEN40012'
DTM+11:20241123090000?+0800:208'
GIN+RC+CNBJSADEFRAAAEN40012003100153'
GIN+IT+RR473124829CN+EE000000014CN'
CNT+11:1'
CNT+2:2'
UNT+8+2'
UNH+3+RESDES:1:1:UP'
BGM+RES+CNBJSADEFRAAAEN40012'
LOC+8+DEFRAA'
DTM+178:20241124100000?+0100:208'
GIN+RC+CNBJSADEFRAAAEN40012003100153'
STS+1+damaged'
CNT+11:1'
UNT+8+3'
UNZ+3+REF1'
`

const meant = {
  sender: 'CN01',
  recipient: 'DE01',
  preparedAt: '2024-11-23T08:30',
  reference: 'REF1',
  messages: [
    {
      kind: 'EMSEVT',
      number: '1',
      events: [
        {
          item: 'RR473124829CN',
          code: 'EMH',
          office: 'CNBJSA',
          at: '2024-11-23T08:30:15+08:00',
          reason: 'absent',
          measure: 'retry',
        },
        {
          item: 'EE000000014CN',
          code: 'EMI',
          office: 'CNBJSA',
          at: '2024-11-23T08:31:00+08:00',
          signedBy: "O'Neill + Co: ?",
        },
      ],
    },
    {
      kind: 'PREDES',
      number: '2',
      despatch: 'CNBJSADEFRAAAEN40012',
      closedAt: '2024-11-23T09:00:00+08:00',
      receptacles: [{ code: 'CNBJSADEFRAAAEN40012003100153', items: ['RR473124829CN', 'EE000000014CN'] }],
    },
    {
      kind: 'RESDES',
      number: '3',
      despatch: 'CNBJSADEFRAAAEN40012',
      office: 'DEFRAA',
      arrivedAt: '2024-11-24T10:00:00+01:00',
      receptacles: [{ code: 'CNBJSADEFRAAAEN40012003100153', outcome: 'damaged' }],
    },
  ],
}

describe('an interchange', () => {
  test('says the same in EDIFACT and in JSON', async () => {
    const fromEdifact = must(await read(good))
    expect(fromEdifact).toEqual(meant)
    expect(must(checkJson(meant))).toEqual(fromEdifact)
    expect(fromEdifact.messages.map(message => messageNumber(fromEdifact, message))).toEqual([
      'CN01/REF1/1',
      'CN01/REF1/2',
      'CN01/REF1/3',
    ])
  })

  test('is read as it was written, in both forms, however the bytes arrive', () =>
    fc.assert(
      fc.asyncProperty(interchanges, fc.integer({ min: 1, max: 400 }), async (interchange, size) => {
        expect(must(await readEdifact(pieces(writeEdifact(interchange), size)))).toEqual(interchange)
        expect(must(await readJson(pieces(Buffer.from(writeJson(interchange)), size)))).toEqual(interchange)
      }),
    ))

  test('is refused with a reason when any segment is lost', () =>
    fc.assert(
      fc.asyncProperty(interchanges, fc.nat(), async (interchange, seed) => {
        const lines = writeEdifact(interchange).toString('utf8').split("'\n").slice(0, -1)
        const lost = 1 + (seed % (lines.length - 1))
        const codes = await why(`${lines.filter((_, index) => index !== lost).join("'\n")}'\n`)
        expect(codes).toEqual([expect.stringMatching(/^mail\/edifact\/(missing|unexpected|count|first)$/)])
      }),
      { numRuns: 200 },
    ))

  test('is refused with a reason when it is cut off anywhere', async () => {
    const whole = Buffer.from(good)
    for (let length = 0; length < whole.lastIndexOf("'"); length++) {
      const codes = await why(whole.subarray(0, length))
      expect(codes).toEqual([expect.stringMatching(/^mail\/edifact\/(empty|unterminated|escape|missing)$/)])
    }
    expect(await why(whole.subarray(0, whole.lastIndexOf("'") + 1))).toBeUndefined()
  })
})

describe('bad EDIFACT is named', () => {
  const changed = (from: string, to: string) => {
    expect(good).toContain(from)
    return good.replace(from, to)
  }

  test.each([
    ['nothing', '', 'empty'],
    ['only blanks', ' \r\n ', 'empty'],
    ['another beginning', changed("UNB+UNOC:3+CN01+DE01+241123:0830+REF1'\n", ''), 'first'],
    ['a file of another kind', 'PK\x03\x04 a zip file, not an interchange', 'unterminated'],
    ['service characters that contradict', good.replace("UNA:+.? '", "UNA++.? '"), 'una'],
    ['an unknown character set', changed('UNOC', 'UNOQ'), 'charset'],
    ['a character outside of its set', changed('UNOC', 'UNOB').replace('Neill', 'Neíll'), 'character'],
    ['a control character', changed('Neill', 'Nei\x07ll'), 'character'],
    ['a line break within a segment', changed('LOC+14', 'LOC\n+14'), 'character'],
    [
      'bytes that are not UTF-8',
      Buffer.concat([
        Buffer.from(changed('UNOC', 'UNOY').slice(0, 300)),
        Buffer.from([0xff]),
        Buffer.from(good.slice(300)),
      ]),
      'character',
    ],
    ['an escape of nothing special', changed("O?'Neill", 'O?Neill'), 'escape'],
    ['an escape at the end', `${good.slice(0, good.lastIndexOf("'"))}?`, 'escape'],
    ['a tag that is none', changed('LOC+14', 'loc+14'), 'tag'],
    ['a missing event status', changed("STS+1+EMH+absent+retry'\n", '').replace('UNT+11', 'UNT+10'), 'missing'],
    ['a missing office', changed("LOC+14+CNBJSA'\n", '').replace('UNT+11', 'UNT+10'), 'missing'],
    ['a missing time', changed("DTM+7:20241123083015?+0800:208'\n", '').replace('UNT+11', 'UNT+10'), 'missing'],
    ['a missing despatch', changed("BGM+DES+CNBJSADEFRAAAEN40012'\n", '').replace('UNT+8+2', 'UNT+7+2'), 'missing'],
    ['a missing total', changed("CNT+2:2'\n", '').replace('UNT+8+2', 'UNT+7+2'), 'missing'],
    ['a missing UNT', changed("UNT+11+1'\n", ''), 'missing'],
    ['a missing UNZ', changed("UNZ+3+REF1'\n", ''), 'missing'],
    ['a missing UNH', changed("UNH+2+PREDES:2:1:UP'\n", ''), 'unexpected'],
    ['a segment that does not belong', changed("UNT+11+1'", "NAD+XX'\nUNT+12+1'"), 'unexpected'],
    ['a wrong count of segments', changed('UNT+11+1', 'UNT+12+1'), 'count'],
    ['a wrong number in UNT', changed('UNT+11+1', 'UNT+11+9'), 'reference'],
    ['a wrong count of messages', changed('UNZ+3', 'UNZ+2'), 'messages'],
    ['a wrong control reference', changed('UNZ+3+REF1', 'UNZ+3+REF2'), 'reference'],
    ['a wrong total', changed('CNT+2:2', 'CNT+2:3'), 'total'],
    ['an unknown type', changed('EMSEVT:3', 'CARDIT:3'), 'type'],
    ['an unknown version', changed('EMSEVT:3', 'EMSEVT:9'), 'version'],
    ['a time of no known format', changed(':208', ':102'), 'time'],
    ['something after the end', `${good}UNH+4+EMSEVT:3:0:UP'`, 'after'],
  ])('%s', async (_, text, rule) => {
    expect(await why(text as string | Buffer)).toEqual([`mail/edifact/${rule}`])
  })

  test('with the segment that lacks, in both languages', async () => {
    const result = await read(changed("LOC+14+CNBJSA'\n", '').replace('UNT+11', 'UNT+10'))
    if (result.ok) throw new Error('accepted')
    expect(result.problems[0]).toMatchObject({ expected: 'LOC+14', message: '1', segment: 5 })
    expect(result.problems[0]!.zh).toContain('缺少LOC+14段')
  })

  test('by what its content breaks, message by message, all at once', async () => {
    const text = changed('RR473124829CN', 'RR473124828CN')
      .replace('damaged', 'eaten')
      .replace('EE000000014CN+', 'EE000000014CN')
    const result = await read(text)
    if (result.ok) throw new Error('accepted')
    expect(result.problems.map(each => [each.code, each.message])).toEqual([
      ['mail/s10/check', '1'],
      ['mail/message/outcome', '3'],
    ])
  })

  test('a line of 1 GB without an end is refused after the first piece, and without holding it', async () => {
    const line = endless(1024)
    expect(await why(readEdifact(line.source))).toEqual(['mail/edifact/segment-too-long'])
    expect(line.taken()).toBe(1)
    const json = endless(1024)
    expect(await why(readJson(json.source, 4 * 1024 * 1024))).toEqual(['mail/message/too-large'])
    expect(json.taken()).toBe(5)
    const many = pieces(Buffer.from(good.slice(10).repeat(100)), 1000)
    expect(await why(readEdifact(many, { segment: 1000, total: 3000 }))).toEqual(['mail/edifact/after'])
    expect(await why(readEdifact(pieces(Buffer.from(good), 100), { segment: 1000, total: 500 }))).toEqual([
      'mail/edifact/too-large',
    ])
  })
})

describe('the syntax', () => {
  const all = async (bytes: Uint8Array, size: number) => {
    const found: Segment[] = []
    for await (const segment of segments(pieces(bytes, size))) {
      const { tag, elements } = must(segment)
      found.push({ tag, elements })
    }
    return found
  }

  test('carries any text through, in pieces of any size', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            tag: fc.stringMatching(/^[A-Z]{3}$/).filter(tag => tag !== 'UNA'),
            elements: fc.array(
              fc.array(
                fc.string({ unit: fc.constantFrom(..."Ab1 ?+:'*é中😀") }).map(text => `${text}.`),
                { minLength: 1, maxLength: 4 },
              ),
              { maxLength: 5 },
            ),
          }),
          { maxLength: 8 },
        ),
        fc.integer({ min: 1, max: 60 }),
        async (list, size) => {
          const whole = [{ tag: 'UNB', elements: [['UNOY', '4']] }, ...list]
          expect(await all(must(writeSegments(whole, 'utf8')), size)).toEqual(whole)
        },
      ),
    ))

  test('leaves trailing empty parts out and keeps empty ones between', async () => {
    const bytes = must(
      writeSegments(
        [
          { tag: 'UNB', elements: [['UNOC', '3']] },
          { tag: 'FTX', elements: [['A'], [''], ['', 'b', ''], ['']] },
        ],
        'latin1',
      ),
    )
    expect(bytes.toString()).toContain("FTX+A++:b'")
    expect((await all(bytes, 5))[1]!.elements).toEqual([['A'], [''], ['', 'b']])
  })

  test('follows the service characters of UNA, with or without a release character', async () => {
    const bytes = Buffer.from('UNA|*.\\ ~UNB*UNOC|3*A\\*B~FTX*x\\~y~')
    expect(await all(bytes, 3)).toEqual([
      { tag: 'UNB', elements: [['UNOC', '3'], ['A*B']] },
      { tag: 'FTX', elements: [['x~y']] },
    ])
    expect((await all(Buffer.from("UNA:+.  'UNB+UNOC:3+why?'"), 4))[0]!.elements[1]).toEqual(['why?'])
  })

  test('refuses to write what the character set lacks', () => {
    const list = [{ tag: 'FTX', elements: [['中']] }]
    expect(writeSegments(list, 'ascii').ok).toBe(false)
    expect(writeSegments(list, 'latin1').ok).toBe(false)
    expect(writeSegments([{ tag: 'FTX', elements: [['a\nb']] }], 'utf8').ok).toBe(false)
    expect(writeSegments([{ tag: 'FTX', elements: [['\ud800']] }], 'utf8').ok).toBe(false)
  })
})

describe('an event', () => {
  const stated = {
    item: 'RR473124829CN',
    code: 'EMI',
    office: 'CNBJSA',
    at: '2024-11-23T08:30:15+08:00',
    signedBy: '王小芳',
  }
  const reason = (change: Record<string, string | undefined>) => {
    const checked = checkEvent({ ...stated, ...change })
    return checked.ok ? undefined : checked.problems[0]!.code
  }

  test('is the same when item, code, office and instant are, whatever the offset', () => {
    const key = (change: Record<string, string>) => eventKey(must(checkEvent({ ...stated, ...change })))
    expect(key({ at: '2024-11-23T00:30:15Z' })).toBe(key({}))
    expect(key({ signedBy: '李明' })).toBe(key({}))
    expect(key({ at: '2024-11-23T08:30:16+08:00' })).not.toBe(key({}))
    expect(key({ office: 'CNSHAA' })).not.toBe(key({}))
  })

  test('has the fields of its code and no others', () => {
    expect(reason({})).toBeUndefined()
    expect(reason({ signedBy: undefined })).toBe('mail/event/missing')
    expect(reason({ signedBy: ' ' })).toBe('mail/event/missing')
    expect(reason({ reason: 'absent' })).toBe('mail/event/field')
    expect(reason({ code: 'EMA' })).toBe('mail/event/field')
    expect(reason({ code: 'EMH', signedBy: undefined, reason: 'absent' })).toBe('mail/event/missing')
    expect(reason({ code: 'EMH', signedBy: undefined, reason: 'bored', measure: 'retry' })).toBe('mail/event/reason')
    expect(reason({ code: 'EMH', signedBy: undefined, reason: 'absent', measure: 'wait' })).toBe('mail/event/measure')
    expect(reason({ code: 'EMX' })).toBe('mail/event/code')
    expect(reason({ code: 'toString' })).toBe('mail/event/code')
    expect(reason({ office: '北京' })).toBe('mail/event/office')
    expect(reason({ signedBy: 'a\nb' })).toBe('mail/event/signed-by')
    expect(reason({ item: 'RR473124828CN' })).toBe('mail/s10/check')
  })

  test.each([
    '2024-11-23 08:30',
    '2024-02-30T08:30+08:00',
    '2024-13-01T00:00Z',
    '2024-11-23T24:00Z',
    '2024-11-23T08:30',
    '2024-11-23T08:30+15:00',
  ])('cannot be at %s', at => expect(reason({ at })).toBe('mail/event/time'))

  test('has seconds and an offset once it is read', () => {
    expect(localTime('2024-11-23T08:30Z')).toBe('2024-11-23T08:30:00+00:00')
  })
})

describe('bad JSON is named', () => {
  const broken = (change: (value: typeof meant) => void) => {
    const value = structuredClone(meant)
    change(value)
    const result = checkJson(value)
    return result.ok ? [] : result.problems.map(each => [each.code, each.field])
  }

  test('by path, field and message', async () => {
    expect(broken(() => {})).toEqual([])
    expect(broken(value => Reflect.deleteProperty(value.messages[0]!, 'events'))).toEqual([
      ['mail/message/shape', 'messages.0.events'],
    ])
    expect(broken(value => Object.assign(value.messages[1]!, { despatch: 12 }))).toEqual([
      ['mail/message/shape', 'messages.1.despatch'],
    ])
    expect(broken(value => Object.assign(value.messages[2]!, { number: '2' }))).toEqual([
      ['mail/message/twice', 'number'],
    ])
    expect(broken(value => Object.assign(value.messages[0]!, { events: [] }))).toEqual([
      ['mail/message/none', 'events'],
    ])
    expect(broken(value => Object.assign(value.messages[1]!, { despatch: 'CNBJSADEFRAAAEN40013' }))).toEqual([
      ['mail/message/despatch', 'receptacle'],
    ])
    expect(broken(value => Object.assign(value, { preparedAt: '2024-11-23T08:30:00Z' }))).toEqual([
      ['mail/message/time', 'preparedAt'],
    ])
    expect(broken(value => Object.assign(value, { reference: 'REF 1' }))).toEqual([
      ['mail/message/reference', 'reference'],
    ])
    expect(broken(value => Object.assign(value, { sender: '邮政' }))).toEqual([['mail/message/party', 'sender']])
    expect(broken(value => Object.assign(value, { messages: [] }))).toEqual([['mail/message/none', 'messages']])
    expect(await why(readJson(pieces(Buffer.from('{"sender":'), 3)))).toEqual(['mail/message/json'])
    expect(await why(readJson(pieces(Buffer.from([0x22, 0xff, 0x22]), 3)))).toEqual(['mail/message/encoding'])
  })
})

test('an interchange in plain ASCII is written so, one with other characters in UTF-8', () => {
  const plain = must(checkJson(meant))
  expect(writeEdifact(plain).toString()).toContain('UNB+UNOB:3+CN01')
  const chinese: Interchange = must(checkJson(JSON.parse(writeJson(plain).replace("O'Neill + Co: ?", '王小芳'))))
  expect(writeEdifact(chinese).toString()).toContain('UNB+UNOY:4+CN01')
})
