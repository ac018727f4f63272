import fc from 'fast-check'
import { must } from '../../../kernel/result.ts'
import { parseImpc } from '../codes/impc.ts'
import { makeDespatch, makeReceptacle } from '../codes/s9.ts'
import { LAST_SERIAL, makeS10, type S10 } from '../codes/s10.ts'
import type { Interchange, Message } from './content.ts'
import type { ItemEvent } from './events.ts'
import { type LocalTime, localTime } from './time.ts'

const items: fc.Arbitrary<S10> = fc
  .tuple(fc.constantFrom('RR', 'EE', 'CP'), fc.integer({ min: 0, max: LAST_SERIAL }), fc.constantFrom('CN', 'DE', 'US'))
  .map(([service, serial, country]) => must(makeS10(service, serial, country)))

export const times: fc.Arbitrary<LocalTime> = fc
  .tuple(fc.integer({ min: 0, max: 800_000_000 }), fc.constantFrom('+08:00', '+00:00', '-05:00', '+05:30', '-03:30'))
  .map(([seconds, zone]) => {
    const clock = new Date(Date.UTC(2020, 0, 1) + seconds * 1000).toISOString().slice(0, 19)
    return localTime(`${clock}${zone}`)!
  })

const offices = fc.constantFrom('CNBJSA', 'DEFRAA', 'ZJ-0101', '510620-07')
const references = fc.stringMatching(/^[A-Z0-9]{1,14}$/)
/** Names with every service character, in any script. */
const names = fc
  .array(fc.constantFrom(..."王小芳李明 '+:?*é—😀Ab1"), { minLength: 1, maxLength: 30 })
  .map(chars => chars.join(''))
  .filter(name => name.trim() !== '' && name.length <= 70)

const events: fc.Arbitrary<ItemEvent> = fc.oneof(
  fc.record({
    item: items,
    code: fc.constantFrom('EMA' as const, 'EMC' as const, 'EDH' as const),
    office: offices,
    at: times,
  }),
  fc.record({
    ...{ item: items, code: fc.constant('EMH' as const), office: offices, at: times },
    reason: fc.constantFrom('absent' as const, 'refused' as const),
    measure: fc.constantFrom('retry' as const, 'return' as const),
  }),
  fc.record({ item: items, code: fc.constant('EMI' as const), office: offices, at: times, signedBy: names }),
)

const origin = must(parseImpc('CNBJSA', 'origin'))
const destination = must(parseImpc('DEFRAA', 'destination'))
const parts = fc.record({
  ...{
    origin: fc.constant(origin),
    destination: fc.constant(destination),
    category: fc.constantFrom('A' as const, 'C' as const),
  },
  ...{
    subclass: fc.constantFrom('EN', 'UR', 'CN'),
    year: fc.integer({ min: 0, max: 9 }),
    number: fc.integer({ min: 1, max: 9999 }),
  },
})

const receptacles = fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 6 })

const messages: fc.Arbitrary<Message> = fc.oneof(
  fc.record({
    kind: fc.constant('EMSEVT' as const),
    number: references,
    events: fc.array(events, { minLength: 1, maxLength: 8 }),
  }),
  fc.tuple(references, parts, times, receptacles, fc.array(items, { maxLength: 12 })).map(
    ([number, despatch, closedAt, weights, inside]): Message => ({
      ...{ kind: 'PREDES', number, despatch: must(makeDespatch(despatch)), closedAt },
      receptacles: weights.map((weight, index) => ({
        code: must(
          makeReceptacle({
            ...despatch,
            receptacle: index + 1,
            last: index + 1 === weights.length,
            registered: false,
            weight,
          }),
        ),
        items: inside.slice(index),
      })),
    }),
  ),
  fc
    .tuple(
      references,
      parts,
      times,
      receptacles,
      offices,
      fc.constantFrom('received' as const, 'missing' as const, 'seal' as const),
    )
    .map(
      ([number, despatch, arrivedAt, weights, office, outcome]): Message => ({
        ...{ kind: 'RESDES', number, despatch: must(makeDespatch(despatch)), office, arrivedAt },
        receptacles: weights.map((weight, index) => ({
          code: must(makeReceptacle({ ...despatch, receptacle: index + 1, last: false, registered: true, weight })),
          outcome,
        })),
      }),
    ),
)

/** Any interchange that can be. */
export const interchanges: fc.Arbitrary<Interchange> = fc.record({
  sender: fc.constantFrom('CN01', "CHINA POST:+'?", 'x'),
  recipient: fc.constantFrom('DE01', 'DEUTSCHE POST'),
  preparedAt: times.map(time => time.slice(0, 16)),
  reference: references,
  messages: fc.uniqueArray(messages, { minLength: 1, maxLength: 5, selector: message => message.number }),
})

/** Bytes as a network may deliver them. */
export async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** A line that does not end; `taken` tells how many megabytes were asked for. */
export function endless(megabytes: number): { source: AsyncIterable<Uint8Array>; taken: () => number } {
  let taken = 0
  const chunk = Buffer.alloc(1024 * 1024, 'A')
  async function* source() {
    for (; taken < megabytes; ) {
      taken++
      yield chunk
    }
  }
  return { source: source(), taken: () => taken }
}
