export interface Milestone {
  readonly title: string
  readonly plannedOn: string
  readonly doneOn: string | null
  readonly overdue: boolean
}

/** A project of the chart, as `contracts.gantt` answers. */
export interface Bar {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly from: string
  readonly until: string
  readonly closed: string | null
  readonly place: { readonly lon: number; readonly lat: number } | null
  readonly milestones: readonly Milestone[]
}
