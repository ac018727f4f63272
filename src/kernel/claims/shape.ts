import { z } from 'zod'

// The shape of an audit as it is published: `yilu audit --json`, the API, docs/audit.schema.json.

const offset = z.int().min(0).describe('UTF-16 units into `text`')
const bound = z.number().nullable()

export const claimShape = z.strictObject({
  start: offset,
  end: offset,
  quote: z.string(),
  value: z.number().describe('In the written unit; the lower end of a range'),
  upper: z.number().nullable().describe('Upper end of a range'),
  unit: z.string().describe('As written, magnitude included: 万人次'),
  normalized: z.number().describe('In `base`'),
  normalizedUpper: z.number().nullable(),
  base: z.string().describe('元, 人, m², g …, or the classifier itself'),
  covers: z.strictObject({ from: bound, to: bound }).describe('What the writing allows, in `base`'),
  qualifier: z.string().nullable(),
  noun: z.string(),
  kind: z.enum([
    'count',
    'money',
    'percent',
    'area',
    'length',
    'mass',
    'volume',
    'energy',
    'duration',
    'rank',
    'ratio',
    'measure',
  ]),
  period: z.string().nullable(),
  threshold: z.boolean(),
  target: z.boolean(),
  prior: z.boolean(),
  cumulative: z.boolean(),
  actor: z.string().nullable(),
  polarity: z.enum(['increase', 'decrease', 'level']),
  section: z.array(z.string()),
  confidence: z.number().min(0).max(1),
})

export const identityShape = z.strictObject({
  type: z.enum(['sum', 'share', 'growth', 'difference', 'average', 'repeat', 'rank', 'target', 'structure', 'part']),
  holds: z.boolean(),
  claims: z.array(z.int().min(0)).describe('Indices into `claims`'),
  arithmetic: z.string(),
})

export const blankShape = z.strictObject({ start: offset, end: offset, quote: z.string(), unit: z.string() })

export const linkShape = z.strictObject({
  claim: z.int().min(0).describe('Index into `claims`'),
  verdict: z.enum(['agrees', 'agrees-rounded', 'disagrees', 'no-indicator', 'no-records']),
  words: z.string().describe('The words around the number, # in its place'),
  indicator: z.string().nullable(),
  org: z.string().nullable(),
  period: z.string().nullable(),
  where: z.record(z.string(), z.string()),
  as: z.enum(['target', 'difference', 'growth']).nullable(),
  address: z.string().nullable().describe('Where the figure is explained'),
  name: z.string().nullable(),
  value: z.number().nullable().describe('The ledger’s figure in the base unit of `unit`: fen, ratios, m² …'),
  unit: z.string().nullable(),
  written: z.string().nullable(),
  difference: z.number().nullable().describe('What the claim states more than the ledger'),
  confirmed: z.boolean(),
})

export const findingsShape = z.strictObject({
  omitted: z.array(
    z.strictObject({
      address: z.string(),
      indicator: z.string(),
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      written: z.string(),
    }),
  ),
  copied: z.array(z.strictObject({ claim: z.int().min(0), report: z.string(), title: z.string(), quote: z.string() })),
  roundness: z
    .strictObject({ counted: z.int(), round: z.int(), probability: z.number() })
    .nullable()
    .describe('Counts that end in 0, against a binomial with p = 1/10; null where nothing is remarkable'),
})

export const auditShape = z.strictObject({
  text: z.string(),
  claims: z.array(claimShape),
  identities: z.array(identityShape),
  blanks: z.array(blankShape),
  links: z.array(linkShape).describe('One for each claim, where an org unit and a period were given; else none'),
  findings: findingsShape.optional().describe('Where an org unit and a period were given'),
})
