import { Drop } from 'liquidjs'
import type { FigureRequest } from '../figures/figure.ts'
import type { Indicator } from '../figures/indicator.ts'
import { type Style, writeNumber } from '../figures/wording.ts'
import type { Language } from '../words.ts'
import { addressOf } from './address.ts'
import type { FigureBinding } from './document.ts'

/** Marks where a bound figure stands in rendered text; private-use characters never occur in a template. */
export const OPEN = '\ue000'
export const CLOSE = '\ue001'

/** Collects the figures that rendered text names. */
export class Bindings {
  readonly list: FigureBinding[] = []

  /** The mark that stands for a binding in rendered text. */
  mark(binding: FigureBinding): string {
    this.list.push(binding)
    return `${OPEN}${this.list.length - 1}${CLOSE}`
  }
}

/** A figure as a template sees it: prints itself bound, compares as its value. Filters give it another way of writing. */
export class FigureDrop extends Drop {
  readonly bindings: Bindings
  readonly request: FigureRequest
  readonly indicator: Indicator
  readonly value: number | null
  readonly style: Style
  readonly language: Language

  constructor(
    bindings: Bindings,
    request: FigureRequest,
    indicator: Indicator,
    value: number | null,
    style: Style,
    language: Language,
  ) {
    super()
    this.bindings = bindings
    this.request = request
    this.indicator = indicator
    this.value = value
    this.style = style
    this.language = language
  }

  styled(style: Partial<Style>): FigureDrop {
    return new FigureDrop(
      this.bindings,
      this.request,
      this.indicator,
      this.value,
      { ...this.style, ...style },
      this.language,
    )
  }

  written(): string {
    return writeNumber(this.value, this.indicator.unit, this.style, this.language)
  }

  override valueOf(): string {
    const { indicator, org, period, where, scope } = this.request
    return this.bindings.mark({
      address: addressOf(this.request),
      name: this.indicator.title[this.language],
      indicator,
      org,
      period,
      ...(where && Object.keys(where).length > 0 ? { where } : {}),
      ...(scope === 'self' ? { scope } : {}),
      value: this.value,
      unit: this.indicator.unit,
      written: this.written(),
      style: this.style,
    })
  }

  equals(other: unknown) {
    return this.value === numberOf(other)
  }
  gt(other: unknown) {
    return (this.value ?? 0) > numberOf(other)
  }
  geq(other: unknown) {
    return (this.value ?? 0) >= numberOf(other)
  }
  lt(other: unknown) {
    return (this.value ?? 0) < numberOf(other)
  }
  leq(other: unknown) {
    return (this.value ?? 0) <= numberOf(other)
  }
}

const numberOf = (other: unknown) => (other instanceof FigureDrop ? (other.value ?? 0) : Number(other))
