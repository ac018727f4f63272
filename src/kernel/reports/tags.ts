import {
  type Context,
  type Liquid,
  type Template as LiquidTemplate,
  Tag,
  type TagToken,
  type TopLevelToken,
} from 'liquidjs'
import type { StoredRecord } from '../records/record.ts'
import { fail } from '../result.ts'
import { type Arguments, argumentsOf } from './arguments.ts'
import { renderingOf } from './filters.ts'
import { notableRecords } from './notable.ts'
import { recordScope } from './record-scope.ts'
import { Refusal } from './rendering.ts'

export function registerTags(engine: Liquid): void {
  engine.registerTag('section', SectionTag)
  engine.registerTag('records', RecordsTag)
  engine.registerTag('paragraph', ParagraphTag)
}

/** A block tag: its body up to `end…`. */
abstract class BlockTag extends Tag {
  readonly body: LiquidTemplate[] = []
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid)
    const stream = liquid.parser
      .parseStream(remaining)
      .on(`tag:end${token.name}`, () => stream.stop())
      .on('template', (template: LiquidTemplate) => this.body.push(template))
      .on('end', () => {
        throw new Error(`tag ${token.name} not closed`)
      })
    stream.start()
  }
}

/** Vanishes when every figure in it is zero or missing. */
class SectionTag extends BlockTag {
  *render(context: Context): Generator<unknown, string, string> {
    const text = yield this.liquid.renderer.renderTemplates(this.body, context)
    const { bindings } = renderingOf(context)
    return bindings.within(text).some(({ value }) => value) ? text : ''
  }
}

class ParagraphTag extends Tag {
  readonly paragraph: string
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid)
    this.paragraph = argumentsOf(token).first
  }
  *render(context: Context): Generator<unknown, string, string> {
    const { ledger, within } = renderingOf(context)
    const { paragraph } = this
    const text = ledger.registry.paragraphs.get(paragraph)
    if (text === undefined)
      throw new Refusal(
        fail('report/unknown-paragraph', {
          field: 'template',
          paragraph,
          zh: `没有段落“${paragraph}”`,
          en: `There is no paragraph ${paragraph}`,
        }),
      )
    if (within.includes(paragraph))
      throw new Refusal(
        fail('report/paragraph-circle', {
          field: 'template',
          paragraph,
          zh: `段落“${paragraph}”引用了自己`,
          en: `Paragraph ${paragraph} names itself`,
        }),
      )
    within.push(paragraph)
    const told = yield this.liquid.renderer.renderTemplates(parsed(this.liquid, text), context)
    within.pop()
    return told
  }
}

const paragraphs = new WeakMap<Liquid, Map<string, LiquidTemplate[]>>()

function parsed(liquid: Liquid, text: string): LiquidTemplate[] {
  const known = paragraphs.get(liquid) ?? new Map<string, LiquidTemplate[]>()
  paragraphs.set(liquid, known)
  const before = known.get(text)
  if (before) return before
  const now = liquid.parse(text)
  known.set(text, now)
  return now
}

/** `{% records 'awards.award', limit: 5, sort: '-bonus' %}…{{ record.fields.title }}…{% endrecords %}` */
class RecordsTag extends BlockTag {
  readonly arguments: Arguments
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid)
    this.arguments = argumentsOf(token)
  }
  *render(context: Context): Generator<unknown, string, never> {
    const rendering = renderingOf(context)
    const list: readonly StoredRecord[] = yield notableRecords(rendering, this.arguments)
    let text = ''
    for (const [i, record] of list.entries()) {
      context.push({ record: recordScope(rendering, record), index: i + 1, last: i === list.length - 1 })
      try {
        text += yield this.liquid.renderer.renderTemplates(this.body, context) as never
      } finally {
        context.pop()
      }
    }
    return text
  }
}
