import { z } from 'zod'
import { auditShape } from '../kernel/claims/shape.ts'
import { ROLES } from '../kernel/people/people.ts'

// Shapes of what the API takes and gives, for reading requests and for OpenAPI. A named one stands there once.

export const named = z.registry<{ id: string }>()

const name = <T extends z.ZodType>(id: string, schema: T): T => {
  named.add(schema, { id })
  return schema
}

export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
export const orgCode = z.string().min(1).max(64)
export const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const periodText = z.string().min(1).max(40)
export const instantText = z.string().min(10).max(40)
export const language = z.enum(['zh', 'en'])
export const limit = z.coerce.number().int().min(1).max(500)
export const cursor = z.string().min(1).max(1000)
export const yes = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform(text => text === 'true' || text === '1'),
])

/** One or several values of a query parameter given once or more. */
export const several = (one: z.ZodType<string>) =>
  z.union([one.transform(value => [value]), z.array(one)]) as z.ZodType<string[], string | string[]>

export const words = name('Words', z.strictObject({ zh: z.string(), en: z.string() }))
export const roleAt = name('RoleAt', z.strictObject({ org: orgCode, role: z.enum(ROLES as [string, ...string[]]) }))
export const where = z.record(z.string().max(60), z.string().max(200))

export const problem = name(
  'Problem',
  z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    instance: z.string(),
    errors: z.array(z.looseObject({ code: z.string(), zh: z.string(), en: z.string(), field: z.string().optional() })),
  }),
)

export const session = name(
  'Session',
  z.strictObject({ csrf: z.string(), expiresAt: z.string(), login: z.string(), name: z.string(), language }),
)

export const me = name(
  'Me',
  z.strictObject({
    person: z.string(),
    login: z.string(),
    name: z.string(),
    language,
    csrf: z.string().nullable(),
    grants: z.array(z.strictObject({ org: z.string(), name: z.string(), role: z.string() })),
  }),
)

export const person = name(
  'Person',
  z.strictObject({
    id: uuid,
    login: z.string(),
    name: z.string(),
    language,
    disabled: z.boolean(),
    createdAt: z.string(),
    grants: z.array(roleAt),
  }),
)

const tokenShape = { id: uuid, name: z.string(), createdAt: z.string(), expiresAt: z.string().nullable() }
export const token = name('Token', z.strictObject(tokenShape))
export const newToken = name('NewToken', z.strictObject({ ...tokenShape, token: z.string() }))

export const org = name(
  'Org',
  z.strictObject({
    code: z.string(),
    kind: z.string(),
    name: z.string(),
    nameEn: z.string().nullable(),
    parent: z.string().nullable(),
    root: z.string(),
    opened: z.string(),
    closed: z.string(),
    successor: z.string().nullable(),
    version: z.int(),
  }),
)

export const type = name(
  'RecordType',
  z.strictObject({
    type: z.string(),
    domain: z.string(),
    title: words,
    schema: z.record(z.string(), z.unknown()),
  }),
)

export const indicator = name(
  'Indicator',
  z.strictObject({
    indicator: z.string(),
    domain: z.string(),
    title: words,
    unit: z.string(),
    kind: z.string(),
    dimensions: z.array(z.string()),
    formula: z.string(),
    /** The record type it counts; null for a formula and for events. */
    type: z.string().nullable(),
    /** What the dimensions of events are; those of records stand in the record type. */
    fields: z.record(z.string(), z.looseObject({ kind: z.string(), title: words })).optional(),
  }),
)

export const template = name(
  'Template',
  z.strictObject({ template: z.string(), title: words, kinds: z.array(z.string()).nullable() }),
)

export const status = z.enum(['draft', 'entered', 'returned', 'confirmed', 'void'])

const recordShape = {
  id: uuid,
  type: z.string(),
  org: z.string(),
  day: z.string(),
  status,
  state: z.string(),
  version: z.int(),
  fields: z.record(z.string(), z.unknown()),
  updatedAt: z.string(),
  updatedBy: z.string().nullable(),
  createdAt: z.string(),
}
export const record = name('Record', z.strictObject(recordShape))

const evidenceShape = {
  record: uuid,
  sha256: z.string(),
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
  addedAt: z.string(),
  addedBy: z.string().nullable(),
}
export const evidence = name('Evidence', z.strictObject(evidenceShape))

export const shownRecord = name(
  'ShownRecord',
  z.strictObject({
    ...recordShape,
    orgName: z.string(),
    updatedByName: z.string().nullable(),
    evidence: z.array(evidence),
    mergedInto: z.string().nullable(),
    merged: z.array(z.string()),
    versions: z.int(),
    may: z.strictObject({
      change: z.boolean(),
      submit: z.boolean(),
      confirm: z.boolean(),
      return: z.boolean(),
      void: z.boolean(),
      undo: z.boolean(),
      reveal: z.boolean(),
      erase: z.boolean(),
      states: z.array(z.string()),
    }),
  }),
)

export const version = name(
  'RecordVersion',
  z.strictObject({
    version: z.int(),
    action: z.string(),
    at: z.string(),
    by: z.string().nullable(),
    byName: z.string().nullable(),
    from: z.string(),
    note: z.unknown(),
    status,
    state: z.string(),
    org: z.string(),
    day: z.string(),
    differences: z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() })),
    seq: z.int().nullable(),
  }),
)

export const recordPage = name(
  'RecordPage',
  z.strictObject({
    records: z.array(record),
    next: z.string().optional(),
    count: z.int().optional(),
    totals: z.record(z.string(), z.number()).optional(),
  }),
)

export const committed = name(
  'Committed',
  z.strictObject({ id: uuid, version: z.int(), seq: z.int(), hash: z.string() }),
)

export const entered = name(
  'Entered',
  z.strictObject({
    org: orgCode,
    fields: z.record(z.string(), z.unknown()),
    state: z.string().max(60).optional(),
    draft: z.boolean().optional(),
  }),
)

const figureShape = {
  indicator: z.string(),
  org: z.string(),
  period: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
}
export const figure = name(
  'Figure',
  z.strictObject({
    ...figureShape,
    rows: z.array(z.strictObject({ key: z.string(), value: z.number().nullable() })).optional(),
  }),
)

const proof = z.strictObject({ size: z.int(), index: z.int(), path: z.array(z.string()) })

export const explanation = name(
  'Explanation',
  z.strictObject({
    ...figureShape,
    formula: z.string(),
    components: z.array(
      z.strictObject({ indicator: z.string(), period: z.string(), where, value: z.number().nullable() }),
    ),
    orgs: z.array(z.strictObject({ code: z.string(), value: z.number().nullable() })),
    records: z.array(
      z.strictObject({
        id: uuid,
        org: z.string(),
        day: z.string(),
        label: z.string().optional(),
        value: z.number(),
        entry: z.strictObject({ seq: z.int(), hash: z.string() }).nullable(),
        proof: proof.nullable(),
      }),
    ),
    next: z.string().optional(),
  }),
)

export const figureRequest = name(
  'FigureRequest',
  z.strictObject({
    indicator: z.string().max(100),
    org: orgCode,
    period: periodText,
    where: where.optional(),
    scope: z.enum(['tree', 'self']).optional(),
    tree: z.enum(['then', 'now']).optional(),
    by: z.string().max(60).optional(),
    asOf: instantText.optional(),
  }),
)

export const target = name(
  'Target',
  z.strictObject({
    indicator: z.string().max(100),
    org: orgCode,
    period: periodText,
    value: z.number(),
    where: where.optional(),
    prorated: z.boolean().optional(),
  }),
)

export const attainment = name(
  'Attainment',
  z.strictObject({ target: z.number(), value: z.number().nullable(), ratio: z.number().nullable(), of: z.string() }),
)

/** In an edit only the address and the words of a figure are looked at; what it is bound to is known. */
const bound = z.looseObject({ address: z.string().max(500), written: z.string().max(500) })
const inline = name(
  'Inline',
  z.union([z.strictObject({ figure: bound }), z.strictObject({ text: z.string().max(20_000) })]),
)
const inlines = z.array(inline).max(5_000)

export const block = name(
  'Block',
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('heading'), level: z.union([1, 2, 3, 4].map(n => z.literal(n))), inlines }),
    z.strictObject({ kind: z.literal('paragraph'), inlines }),
    z.strictObject({ kind: z.literal('list'), items: z.array(inlines).max(1_000) }),
    z.strictObject({
      kind: z.literal('table'),
      columns: z.array(z.strictObject({ title: z.string().max(200), align: z.enum(['left', 'right']) })).max(50),
      rows: z.array(z.array(inlines).max(50)).max(2_000),
    }),
    z.strictObject({
      kind: z.literal('chart'),
      caption: z.string().max(200),
      type: z.enum(['bar', 'line']),
      unit: z.string().max(40),
      drawnIn: z.string().max(40),
      address: z.string().max(500),
      points: z.array(z.strictObject({ label: z.string().max(200), figure: bound })).max(500),
    }),
  ]),
)

export const document = name(
  'ReportDocument',
  z.looseObject({
    title: z.string(),
    organ: z.string(),
    date: z.string(),
    period: z.string(),
    language,
    blocks: z.array(block),
  }),
)

const reportShape = {
  id: uuid,
  org: z.string(),
  template: z.string(),
  period: z.string(),
  title: z.string(),
  number: z.string().nullable(),
  status: z.enum(['draft', 'issued', 'withdrawn']),
  version: z.int(),
  createdAt: z.string(),
  issuedAt: z.string().nullable(),
}
export const reportHead = name('ReportHead', z.strictObject(reportShape))
export const report = name('Report', z.strictObject({ ...reportShape, document }))

export const overtaken = name(
  'Overtaken',
  z.strictObject({
    address: z.string(),
    name: z.string(),
    written: z.string(),
    stated: z.number().nullable(),
    now: z.number().nullable(),
    writtenNow: z.string(),
  }),
)

export const reportProof = name(
  'ReportProof',
  z.strictObject({
    hash: z.string(),
    holds: z.boolean(),
    steps: z.array(
      z.strictObject({
        seq: z.int(),
        action: z.string(),
        at: z.string(),
        actor: z.string().nullable(),
        version: z.int(),
        note: z.unknown().optional(),
      }),
    ),
    entry: z.strictObject({ seq: z.int(), text: z.string() }).nullable(),
    proof: z
      .strictObject({ seq: z.int(), hash: z.string(), size: z.int(), index: z.int(), path: z.array(z.string()) })
      .nullable(),
  }),
)

export const job = name(
  'Job',
  z.strictObject({
    id: uuid,
    kind: z.string(),
    state: z.enum(['running', 'done', 'refused', 'failed', 'cancelled']),
    progress: z.strictObject({ done: z.number(), total: z.number().nullable(), label: z.string() }),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
    result: z.unknown(),
    problems: z.array(z.looseObject({ code: z.string(), zh: z.string(), en: z.string() })),
    file: z.string().nullable(),
  }),
)

export const entry = name(
  'Entry',
  z.strictObject({
    seq: z.int(),
    action: z.string(),
    actor: z.string().nullable(),
    actorName: z.string().nullable(),
    at: z.string(),
    from: z.string(),
    subject: z.string(),
    root: z.string(),
    org: z.string().optional(),
    type: z.string().optional(),
    version: z.int().optional(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    note: z.unknown().optional(),
  }),
)

const signed = z.strictObject({ body: z.string(), signature: z.string() })

export const checkpoint = name(
  'Checkpoint',
  z.strictObject({
    number: z.int(),
    size: z.int(),
    root: z.string(),
    previous: z.string().nullable(),
    at: z.string(),
    key: z.string(),
    signature: z.string(),
  }),
)

export const entryProof = name(
  'EntryProof',
  z.strictObject({
    seq: z.int(),
    entry: z.string(),
    index: z.int(),
    size: z.int(),
    path: z.array(z.string()),
    checkpoint: signed,
    publicKey: z.string(),
  }),
)

export const consistencyProof = name(
  'ConsistencyProof',
  z.strictObject({ from: signed, to: signed, path: z.array(z.string()), publicKey: z.string() }),
)

export const system = name(
  'System',
  z.strictObject({
    store: z.enum(['embedded', 'server']),
    postgres: z.string(),
    schema: z.int(),
    orgs: z.int(),
    pendingTallies: z.int(),
    unsealedEntries: z.int(),
    checkpoint: checkpoint.nullable(),
    uptimeSeconds: z.int(),
    memoryBytes: z.int(),
  }),
)

/** A text read back, in the shape that docs/audit.schema.json publishes. */
export const reading = name('Reading', auditShape)

export const found = name(
  'Found',
  z.strictObject({
    records: z.array(record),
    orgs: z.array(z.strictObject({ code: z.string(), name: z.string(), kind: z.string(), above: z.array(z.string()) })),
    reports: z.array(
      z.strictObject({
        id: uuid,
        org: z.string(),
        template: z.string(),
        period: z.string(),
        title: z.string(),
        number: z.string().nullable(),
        status: z.enum(['draft', 'issued', 'withdrawn']),
      }),
    ),
  }),
)
