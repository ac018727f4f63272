import { Drop } from 'liquidjs'
import type { Style } from '../figures/wording.ts'
import type { FigureAddress } from './address.ts'
import { bindingOf } from './binding.ts'
import type { FigureBinding } from './document.ts'
import type { Rendering } from './rendering.ts'

/** A figure as a template sees it: prints itself bound, compares as its value. Filters give it another way of writing. */
export class FigureDrop extends Drop {
  readonly rendering: Rendering
  readonly address: FigureAddress
  readonly style: Style

  constructor(rendering: Rendering, address: FigureAddress, style: Style = {}) {
    super()
    this.rendering = rendering
    this.address = address
    this.style = style
  }

  get value(): number | null {
    return this.rendering.facts.value(this.address)
  }

  styled(style: Style): FigureDrop {
    return new FigureDrop(this.rendering, this.address, { ...this.style, ...style })
  }

  at(address: Partial<FigureAddress>): FigureDrop {
    return new FigureDrop(this.rendering, { ...this.address, ...address }, this.style)
  }

  binding(): FigureBinding {
    const { ledger, facts, language } = this.rendering
    return bindingOf(ledger, this.address, one => facts.value(one), this.style, language)
  }

  override valueOf(): string {
    return this.rendering.bindings.mark(this.binding())
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

/** A number of one record as a template sees it: prints itself bound to the record. */
export class NumberDrop extends Drop {
  readonly rendering: Rendering
  readonly binding: FigureBinding

  constructor(rendering: Rendering, binding: FigureBinding) {
    super()
    this.rendering = rendering
    this.binding = binding
  }

  override valueOf(): string {
    return this.rendering.bindings.mark(this.binding)
  }

  equals(other: unknown) {
    return this.binding.value === Number(other)
  }
  gt(other: unknown) {
    return this.binding.value! > Number(other)
  }
  geq(other: unknown) {
    return this.binding.value! >= Number(other)
  }
  lt(other: unknown) {
    return this.binding.value! < Number(other)
  }
  leq(other: unknown) {
    return this.binding.value! <= Number(other)
  }
}
