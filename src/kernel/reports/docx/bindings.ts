import { sha256Hex } from '../../journal/canonical.ts'
import { type FigureBinding, figuresOf, type ReportDocument } from '../document.ts'
import { escaped } from '../escape.ts'
import { run } from './xml.ts'

/** Word refuses tags and titles of content controls that are longer. Source: [MS-OI29500], notes on 17.5.2.1 and 17.5.2.42 */
const LONGEST = 64

/** The tag of a figure's content control: its address, or where that is too long a digest that the bindings part resolves. */
export const tagOf = (address: string): string =>
  address.length <= LONGEST ? address : `yilu:${sha256Hex(address).slice(0, 32)}`

const shortened = (name: string): string => (name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 1)}…`)

/** Numbers content controls; every document counts anew. */
export type NextId = () => number

const control = (address: string, name: string, id: number, kind: string, content: string): string =>
  `<w:sdt><w:sdtPr><w:alias w:val="${escaped(shortened(name))}"/><w:tag w:val="${escaped(tagOf(address))}"/><w:id w:val="${id}"/>${kind}</w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`

/**
 * A figure in a sentence, in its content control; one that was written over shows a wavy red line, in a control of rich text,
 * for plain ones have no look of their own.
 */
export function figureControl(figure: FigureBinding, id: number): string {
  const { address, name, written, detached } = figure
  if (!detached) return control(address, name, id, '<w:text/>', run(written))
  const marked = run(written, '<w:color w:val="C00000"/><w:u w:val="wave" w:color="C00000"/>')
  return control(address, `已改写，脱离台账：${name}`, id, '<w:richText/>', marked)
}

/** A picture of figures in a content control that names the whole breakdown. */
export const chartControl = (address: string, name: string, id: number, drawing: string): string =>
  control(address, name, id, '<w:richText/>', `<w:r>${drawing}</w:r>`)

/** All bindings as a custom XML part: complete, with value and unit, and readable without knowing Word. */
export function bindingsXml(document: ReportDocument): string {
  const figures = new Map(figuresOf(document).map(figure => [figure.address + figure.written, figure]))
  const items = [...figures.values()].map(({ address, name, value, unit, written, detached }) => {
    const attributes = {
      tag: tagOf(address),
      address,
      name,
      value: value ?? '',
      unit,
      written,
      ...(detached && { detached }),
    }
    return `<figure ${Object.entries(attributes)
      .map(([key, one]) => `${key}="${escaped(String(one))}"`)
      .join(' ')}/>`
  })
  return `<report xmlns="urn:yilu:report" period="${escaped(document.period)}">${items.join('')}</report>`
}
