import { type EventRow, identified, type Named, type Unplaced } from './scan.ts'
import { dayOfInstant } from './shanghai.ts'

// Events that the program makes itself: of a closing, an opening, a handover. They bear the same identities as scans.

type Essential = Pick<Unplaced, 'code' | 'time'> & {
  readonly org: number
  readonly of: Pick<Named, 'kind' | 'subject'>
}

/** An event with what is said; everything else is not said. */
export function eventRow({ of, org, time, ...said }: Essential & Partial<Unplaced>): EventRow {
  const event = identified({
    day: dayOfInstant(time),
    time,
    subject: of.subject,
    kind: of.kind,
    office: null,
    run: null,
    bag: null,
    giver: null,
    receiver: null,
    product: null,
    origin: null,
    destination: null,
    weight: null,
    amount: null,
    items: null,
    registered: null,
    wave: null,
    late: null,
    handover: null,
    remark: null,
    ...said,
  })
  return { ...event, org }
}
