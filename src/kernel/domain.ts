import type { Awaited } from './awaiting/awaited.ts'
import type { Gap } from './awaiting/gap.ts'
import type { DomainCommand, DomainScreen, Operation, Service } from './declared.ts'
import type { Board } from './disclosure/board.ts'
import type { EventSource } from './figures/event-source.ts'
import type { Indicator } from './figures/indicator.ts'
import type { Lead, Rule } from './records/rule.ts'
import type { RecordType } from './records/type.ts'
import type { Words } from './words.ts'

/** A piece of a report, in the template language of kernel/reports/template.ts. */
export interface Paragraph {
  readonly template: string
}

/** A report template: which document, for whom, made of which text. */
export interface Template {
  readonly id: string
  readonly title: Words
  /** Which kinds of root org unit use it; all when not given. */
  readonly kinds?: readonly string[]
  readonly template: string
}

/** What a domain records, counts and tells. */
export interface Domain {
  readonly id: string
  readonly title: Words
  readonly types: readonly RecordType[]
  /** Append-only tables of its own that feed figures. */
  readonly sources: readonly EventSource[]
  readonly indicators: Readonly<Record<string, Indicator>>
  readonly paragraphs: Readonly<Record<string, string>>
  readonly templates: readonly Template[]
  /** What waits for somebody; shown on the home of every org unit. */
  readonly awaiting: readonly Awaited[]
  /** What should be there and is not. */
  readonly gaps: readonly Gap[]
  /** What must hold between records. */
  readonly rules: readonly Rule[]
  /** What a record may become. */
  readonly leads: readonly Lead[]
  /** What anybody may see of records. */
  readonly boards: readonly Board[]
  /** What is answered or done beyond records. */
  readonly operations: readonly Operation[]
  readonly screens: readonly DomainScreen[]
  readonly services: readonly Service[]
  readonly commands: readonly DomainCommand[]
}

export const domain = (
  id: string,
  declared: Words & {
    types: readonly RecordType[]
    sources?: readonly EventSource[]
    indicators: Readonly<Record<string, Indicator>>
    paragraphs?: Readonly<Record<string, string>>
    templates?: readonly Template[]
    awaiting?: readonly Awaited[]
    gaps?: readonly Gap[]
    rules?: readonly Rule[]
    leads?: readonly Lead[]
    boards?: readonly Board[]
    operations?: readonly Operation[]
    screens?: readonly DomainScreen[]
    services?: readonly Service[]
    commands?: readonly DomainCommand[]
  },
): Domain => ({
  id,
  title: { zh: declared.zh, en: declared.en },
  types: declared.types,
  sources: declared.sources ?? [],
  indicators: declared.indicators,
  paragraphs: declared.paragraphs ?? {},
  templates: declared.templates ?? [],
  awaiting: declared.awaiting ?? [],
  gaps: declared.gaps ?? [],
  rules: declared.rules ?? [],
  leads: declared.leads ?? [],
  boards: declared.boards ?? [],
  operations: declared.operations ?? [],
  screens: declared.screens ?? [],
  services: declared.services ?? [],
  commands: declared.commands ?? [],
})

/** A paragraph of a report, written as a tagged template so that it stands in the domain as text. */
export const paragraph = (text: TemplateStringsArray, ...sentences: readonly string[]): string =>
  text
    .map((part, i) => part + (sentences[i] ?? ''))
    .join('')
    .trim()

/**
 * One sentence of clauses, each of which vanishes when its figures are zero or missing, and with the last of them the
 * sentence: 申报项目6项，争取立项3项。 Sentences of one paragraph stand in one line: one that vanishes would leave a gap.
 */
export const sentence = (opening: string, clauses: readonly string[], between = '，'): string =>
  `{% capture clauses %}${clauses.map(clause => `{% section %}${between}${clause}{% endsection %}`).join('')}{% endcapture %}` +
  `{% if clauses != '' %}${opening}{{ clauses | remove_first: '${between}' }}。{% endif %}`
