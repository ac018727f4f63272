import type { OrgUnit } from '../org/directory.ts'
import type { Period } from '../period/period.ts'
import type { Indicator } from './indicator.ts'

/** One value to be found: an indicator of an org unit over some days. */
export interface Question {
  readonly id: string
  readonly indicator: Indicator
  readonly org: OrgUnit
  readonly own: boolean
  readonly now: boolean
  readonly period: Period
  readonly where: Readonly<Record<string, string>>
  readonly asOf?: string
}
