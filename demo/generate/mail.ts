import { mailCity, mailUnitOf } from '../mail.ts'
import type { DemoRecord, Generator } from './record.ts'

/** The mail network as it is drawn up: offices, routes, sorting plans, the tariff. */
export const mail: Generator = () => [
  ...mailCity.offices.map(
    (fields): DemoRecord => ({ type: 'mail.office', org: mailUnitOf(fields.code), fields: { ...fields } }),
  ),
  ...mailCity.routes.map((fields): DemoRecord => ({ type: 'mail.route', org: 'YZ-QY', fields: { ...fields } })),
  ...mailCity.plans.map(
    (fields): DemoRecord => ({ type: 'mail.plan', org: mailUnitOf(fields.office), fields: { ...fields } }),
  ),
  { type: 'mail.tariff', org: 'YZ', fields: { ...mailCity.tariff } },
]
