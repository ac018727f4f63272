import type { Fields } from '../../../kernel/records/type.ts'

/** A line of a configuration or a contract. */
export interface Item {
  readonly kind: string
  readonly model: string
  readonly quantity: number
  /** Fen each. */
  readonly price: number
}

export const itemsOf = ({ fields }: { readonly fields: Fields }): readonly Item[] =>
  Array.isArray(fields.items) ? (fields.items as readonly Item[]) : []

export const itemKey = ({ kind, model }: Pick<Item, 'kind' | 'model'>) => `${kind} ${model}`

/** How many of each kind and model. */
export function quantities(items: readonly Item[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const item of items) found.set(itemKey(item), (found.get(itemKey(item)) ?? 0) + item.quantity)
  return found
}

export interface Difference {
  readonly kind: string
  readonly model: string
  /** Null where a version does not list it. */
  readonly before: { readonly quantity: number; readonly price: number } | null
  readonly after: { readonly quantity: number; readonly price: number } | null
}

/** What one version lists otherwise than another: added, left out, of another number or price. Unchanged lines are not told. */
export function differences(before: readonly Item[], after: readonly Item[]): Difference[] {
  const [was, is] = [byKey(before), byKey(after)]
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap(key => {
    const [one, other] = [was.get(key), is.get(key)]
    if (one && other && one.quantity === other.quantity && one.price === other.price) return []
    const { kind, model } = (other ?? one)!
    return [{ kind, model, before: one ? told(one) : null, after: other ? told(other) : null }]
  })
}

const told = ({ quantity, price }: Item) => ({ quantity, price })

const byKey = (items: readonly Item[]) => new Map(items.map(item => [itemKey(item), item]))
