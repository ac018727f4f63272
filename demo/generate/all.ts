import { assessment } from './assessment.ts'
import { awards } from './awards.ts'
import { cutover } from './cutover.ts'
import { enterprises } from './enterprises.ts'
import { envoys } from './envoys.ts'
import { equipment } from './equipment.ts'
import { exchangeBoard } from './exchange-board.ts'
import { hotline } from './hotline.ts'
import { households } from './households.ts'
import { information } from './information.ts'
import { intellectual } from './intellectual.ts'
import { knowledge } from './knowledge.ts'
import { mail } from './mail.ts'
import { metrology } from './metrology.ts'
import { office } from './office.ts'
import { outreach } from './outreach.ts'
import { projects } from './projects.ts'
import { publications } from './publications.ts'
import type { DemoRecord, Generator } from './record.ts'
import { reviews } from './reviews.ts'
import { samples } from './samples.ts'
import { sessions } from './sessions.ts'
import { talent } from './talent.ts'
import { townships } from './townships.ts'
import { training } from './training.ts'
import { trials } from './trials.ts'
import { worksites } from './worksites.ts'

const GENERATORS: Readonly<Record<string, Generator>> = {
  projects,
  enterprises,
  talent,
  reviews,
  intellectual,
  office,
  cutover,
  equipment,
  metrology,
  mail,
  hotline,
  knowledge,
  exchangeBoard,
  information,
  training,
  outreach,
  envoys,
  trials,
  samples,
  households,
  worksites,
  townships,
  sessions,
  publications,
  awards,
  assessment,
}

/** A record with the name it is known by on a second loading: the same on every day and machine. */
export interface OriginalRecord extends DemoRecord {
  readonly origin: string
}

/** The demonstration tells of nothing after this day. */
const LAST_DAY = '2025-12-31'

/** Everything that happened until today (or the end of the demonstration), as clerks would have entered it. */
export function recordsUntil(today: string, dayField: (type: string) => string): OriginalRecord[] {
  const until = today < LAST_DAY ? today : LAST_DAY
  const all = Object.entries(GENERATORS).flatMap(([name, generate]) =>
    generate(until).map((record, i) => ({ ...record, origin: `demo ${name} ${i}` })),
  )
  return all.filter(record => String(record.fields[dayField(record.type)]) <= until)
}
