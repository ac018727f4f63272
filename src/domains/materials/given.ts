import type { Fields } from '../../kernel/records/type.ts'

/** Types whose rows `handouts` take copies from stock. */
export const GIVERS = ['outreach.event', 'training.session'] as const

interface Holding {
  readonly id: string
  readonly fields: Fields
}

const rowsOf = <T>(value: unknown) => (value ?? []) as readonly T[]
const total = (list: readonly { readonly copies: number }[]) => list.reduce((sum, { copies }) => sum + copies, 0)

export const printed = ({ fields }: Pick<Holding, 'fields'>): number =>
  total(rowsOf<{ copies: number }>(fields.printings))

/** Copies of one material that events and sessions handed out. */
export const given = (material: string, givers: readonly Pick<Holding, 'fields'>[]): number =>
  total(
    givers
      .flatMap(({ fields }) => rowsOf<{ material: string; copies: number }>(fields.handouts))
      .filter(one => one.material === material),
  )

/** The materials of which more was given than printed, and by how many copies. */
export const overdrawn = (materials: readonly Holding[], givers: readonly Pick<Holding, 'fields'>[]) =>
  materials.flatMap(({ id, fields }) => {
    const missing = given(id, givers) - printed({ fields })
    return missing > 0 ? [{ name: String(fields.name), missing }] : []
  })
