import { type FigureBinding, figuresOf, type ReportDocument } from './document.ts'

/** The document with its bindings where they stand, and once more as a list, each address once. */
export function writeJson(document: ReportDocument): string {
  const figures = new Map<string, FigureBinding>(figuresOf(document).map(figure => [figure.address, figure]))
  return `${JSON.stringify({ ...document, figures: [...figures.values()] }, null, 2)}\n`
}
