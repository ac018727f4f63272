import { z } from 'zod'
import type { Words } from '../words.ts'

/**
 * The fields a record type can have. Each builder gives a Zod schema whose `.meta()` carries a FieldInfo: titles, units
 * and hints, which JSON Schema takes on to forms, import templates and the web.
 */
export type FieldKind =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'mass'
  | 'length'
  | 'area'
  | 'day'
  | 'instant'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'org'
  | 'person'
  | 'reference'
  | 'location'
  | 'attachment'
  | 'rows'
  | 'personal'

export interface Choice extends Words {
  /** A retired choice is no longer offered; records that hold it stay readable and counted. */
  readonly retired?: boolean
}

export type Choices = Readonly<Record<string, Choice>>

/** What a computed field says that only tells whether. */
export const yesOrNo = { yes: { zh: '是', en: 'Yes' }, no: { zh: '否', en: 'No' } } as const

export interface FieldInfo {
  readonly kind: FieldKind
  readonly title: Words
  readonly help?: Words
  readonly section?: Words
  /** Unit id of the stored value: money fen, mass g, length mm, area m2, else a count unit. */
  readonly unit?: string
  /** Digits after the point of a decimal. */
  readonly scale?: number
  readonly max?: number
  readonly multiline?: boolean
  readonly choices?: Choices
  readonly orgKind?: string
  /** Record type a reference points to. */
  readonly of?: string
  /** It may point to a record of a unit above those that one may read: a campaign, a round that was ordered. */
  readonly above?: boolean
  readonly rows?: Readonly<Record<string, FieldInfo>>
  readonly personal?: 'name' | 'phone' | 'id' | 'text'
  /** Records are found by the whole of this personal value, through a keyed hash of it. */
  readonly found?: boolean
  /** May lie in the future (a plan's day); by default a day may not. */
  readonly future?: boolean
  readonly searched?: boolean
  /** Rules and gaps relate records by this text: a number written in several registers. */
  readonly linked?: boolean
}

interface Options extends Words {
  readonly help?: Words
  readonly section?: Words
}

const FIELD = 'yilu'
const MAX_TEXT = 2000
/** PostgreSQL sums bigint tallies exactly; one value keeps within what JSON numbers hold exactly. */
const MAX_WHOLE = Number.MAX_SAFE_INTEGER

function described<T extends z.ZodType>(
  schema: T,
  kind: FieldKind,
  options: Options,
  more: Partial<FieldInfo> = {},
): T {
  const { zh, en, help, section } = options
  const info: FieldInfo = { kind, title: { zh, en }, ...(help && { help }), ...(section && { section }), ...more }
  return schema.meta({ title: zh, [FIELD]: info })
}

const wellFormed = (text: string) =>
  !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(
    text,
  )

const characters = (max: number) =>
  z
    .string()
    .max(max)
    .transform(text => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .refine(wellFormed, { params: { rule: 'characters' } }),
    )

export const text = (options: Options & { max?: number; multiline?: boolean; searched?: boolean; linked?: boolean }) =>
  described(characters(options.max ?? MAX_TEXT), 'text', options, {
    ...(options.linked && { linked: true }),
    max: options.max ?? MAX_TEXT,
    multiline: options.multiline ?? (options.max ?? 0) > 200,
    searched: options.searched ?? true,
  })

export const integer = (options: Options & { min?: number; max?: number; unit?: string }) =>
  described(
    z
      .int()
      .min(options.min ?? -MAX_WHOLE)
      .max(options.max ?? MAX_WHOLE),
    'integer',
    options,
    { unit: options.unit },
  )

/** A whole number of things or people, never negative. */
export const count = (options: Options & { max?: number; unit?: string }) =>
  integer({ min: 0, max: 1_000_000_000, ...options })

export const decimal = (options: Options & { min?: number; max?: number; scale?: number; unit?: string }) => {
  const scale = options.scale ?? 2
  // Tallies add whole units of the last digit.
  const most = Math.floor(MAX_WHOLE / 10 ** scale)
  return described(
    z
      .number()
      .min(Math.max(options.min ?? -1e12, -most))
      .max(Math.min(options.max ?? 1e12, most))
      .refine(value => Number(value.toFixed(scale)) === value, { params: { rule: 'scale', scale } }),
    'decimal',
    options,
    { unit: options.unit, scale },
  )
}

const measured = (kind: 'money' | 'mass' | 'length' | 'area', unit: string) => (options: Options & { max?: number }) =>
  described(
    z
      .int()
      .min(0)
      .max(options.max ?? MAX_WHOLE),
    kind,
    options,
    { unit },
  )

/** Integer fen. */
export const money = measured('money', 'fen')
/** Integer grams. */
export const mass = measured('mass', 'g')
/** Integer millimetres. */
export const length = measured('length', 'mm')
/** Integer square metres; shown in 亩 (1 亩 = 2000/3 m²). */
export const area = measured('area', 'm2')

const isDay = (value: string) => {
  const [y, m, d] = value.split('-').map(Number) as [number, number, number]
  const date = new Date(Date.UTC(y, m - 1, d))
  return y >= 1900 && y < 2200 && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
}

/** A calendar day 'YYYY-MM-DD'; not in the future unless `future` says so. */
export const day = (options: Options & { future?: boolean }) =>
  described(
    z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'day' })
      .refine(isDay, { params: { rule: 'day' } }),
    'day',
    options,
    { future: options.future ?? false },
  )

/** An instant, ISO 8601 with its offset; stored in UTC. */
export const instant = (options: Options) =>
  described(
    z.iso.datetime({ offset: true }).transform(text => new Date(text).toISOString()),
    'instant',
    options,
  )

export const yesNo = (options: Options) => described(z.boolean(), 'boolean', options)

export function choice<const C extends Choices>(choices: C, options: Options) {
  const keys = Object.keys(choices) as [keyof C & string, ...(keyof C & string)[]]
  return described(z.enum(keys), 'choice', options, { choices })
}

export function choices<const C extends Choices>(all: C, options: Options) {
  const keys = Object.keys(all) as [keyof C & string, ...(keyof C & string)[]]
  return described(
    z.array(z.enum(keys)).refine(list => new Set(list).size === list.length, { params: { rule: 'repeated' } }),
    'choices',
    options,
    { choices: all },
  )
}

/** The code of an org unit. */
export const orgUnit = (options: Options & { kind?: string }) =>
  described(z.string().min(1).max(64), 'org', options, { orgKind: options.kind })

/** The id of a person who uses the ledger. */
export const person = (options: Options) => described(z.uuid(), 'person', options)

/** The id of a record of another type. */
export const reference = (type: string, options: Options & { above?: boolean }) =>
  described(z.uuid(), 'reference', options, { of: type, ...(options.above && { above: true }) })

export const location = (options: Options) =>
  described(
    z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }),
    'location',
    options,
  )

/** The SHA-256 of a piece of evidence. */
export const attachment = (options: Options) => described(z.string().regex(/^[0-9a-f]{64}$/), 'attachment', options)

export function rows<S extends z.ZodRawShape>(shape: S, options: Options & { max?: number }) {
  return described(z.array(z.strictObject(shape)).max(options.max ?? 1000), 'rows', options, {
    rows: fieldsOfShape(shape),
  })
}

const personal = (sort: NonNullable<FieldInfo['personal']>, max: number) => (options: Options & { found?: boolean }) =>
  described(characters(max), 'personal', options, { personal: sort, max, ...(options.found && { found: true }) })

/** Personal data: encrypted at rest, masked on screen, erasable. `found`: a caller's earlier calls are found by it. */
export const personalName = personal('name', 60)
export const phone = personal('phone', 30)
export const idNumber = personal('id', 30)
export const personalText = personal('text', 500)

/** The FieldInfo of a schema, looking through `.optional()`, `.default()` and `.nullable()`. */
export function fieldInfo(schema: z.core.$ZodType): FieldInfo | undefined {
  const info = z.globalRegistry.get(schema)?.[FIELD] as FieldInfo | undefined
  if (info) return info
  const inner = (schema._zod.def as { innerType?: z.core.$ZodType }).innerType
  return inner && fieldInfo(inner)
}

export function fieldsOfShape(shape: z.ZodRawShape): Record<string, FieldInfo> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => {
      const info = fieldInfo(schema)
      if (!info) throw new Error(`field ${name} is not declared with one of the kernel's field builders`)
      return [name, info]
    }),
  )
}

/** Whether a value must be given. */
export const isRequired = (schema: z.core.$ZodType) => !z.safeParse(schema, undefined).success
